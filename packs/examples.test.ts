import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compare, tryPack } from "#engine/packs/try.ts";
import { readDayTables } from "#server/day-tables.ts";
import { packsOf, readExamples, readPacks, SHIPPED_PACKS } from "#server/packs.ts";

const packs = packsOf(await readPacks());
const days = readDayTables().current;

describe.each(packs.all.map((pack) => pack.name))("%s", async (name) => {
	const pack = packs.newest(name)!;
	const examples = await readExamples(join(SHIPPED_PACKS, name));

	test("has at least a dozen examples", () => expect(examples.length).toBeGreaterThanOrEqual(12));

	test.each(examples.map((one) => [one.example.example, one.example] as const))("%s", (_, example) => {
		expect(compare(example.expect, tryPack(pack, example.given, days))).toEqual([]);
	});
});

test("every folder is a pack, and the five trades that ship are among them", () => {
	const folders = readdirSync(SHIPPED_PACKS, { withFileTypes: true }).filter((one) => one.isDirectory() && one.name !== "common");
	expect(packs.all).toHaveLength(folders.length);
	const names = packs.all.map((pack) => pack.name);
	expect(names).toEqual(expect.arrayContaining(["express", "freight-hailing", "logistics-enterprise", "ride-hailing", "roadside-rescue"]));
});
