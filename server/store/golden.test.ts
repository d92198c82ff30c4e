import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Case } from "#engine/case.ts";
import { EVENTS } from "#engine/journey.ts";
import { type Entry, GENESIS, hashOf } from "./history.ts";
import { foldCase } from "./refold.ts";

/** Histories of every release: the fold of today must still tell all that it told then. It may know more by now. */
const FOLDER = join(import.meta.dirname, "..", "..", "engine", "golden");
const releases = readdirSync(FOLDER).filter((one) => one.endsWith(".jsonl.gz"));

interface Golden {
	stream: string;
	company: string;
	state: Case;
	entries: Entry[];
}

describe.each(releases)("%s", (release) => {
	const histories = gunzipSync(readFileSync(join(FOLDER, release)))
		.toString()
		.split("\n")
		.map((line) => JSON.parse(line) as Golden);

	test.each(histories.map((one) => [one.stream, one] as const))("%s folds as it did", (_, golden) => {
		const kase = foldCase(golden.stream, golden.company, golden.entries);
		expect(JSON.parse(JSON.stringify(kase))).toMatchObject(golden.state);
	});

	test("the chains hold, and every event still has its fold", () => {
		for (const { entries } of histories) {
			let previous = GENESIS;
			for (const { hash, ...entry } of entries) {
				expect(hashOf(previous, entry)).toBe(hash);
				expect(EVENTS).toContain(entry.type);
				previous = hash;
			}
		}
	});
});

test("there is one for this release at least", () => expect(releases.length).toBeGreaterThan(0));
