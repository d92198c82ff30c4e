import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { placeholdersOf } from "#engine/filling.ts";

const HERE = import.meta.dirname;
const files = readdirSync(HERE, { recursive: true, encoding: "utf8" }).filter((one) =>
	one.endsWith("words.yaml"),
);
const HAN = /\p{Script=Han}/u;

describe.each(files.map((one) => one.replaceAll("\\", "/")))("%s", (file) => {
	const words = parse(readFileSync(join(HERE, file), "utf8")) as Record<string, Record<string, unknown>>;

	// an unquoted comma would begin another key, and cut the text off
	test("every text stands in both languages, and nothing else beside them", () => {
		const wrong = Object.entries(words).filter(
			([, text]) =>
				Object.keys(text).sort().join() !== "en,zh" ||
				!Object.values(text).every((one) => typeof one === "string" && one.trim() !== ""),
		);
		expect(wrong.map(([key]) => key)).toEqual([]);
	});

	test("both languages take the same values, each in its own script", () => {
		const shown = (text: unknown) => [...new Set(placeholdersOf(String(text)))].sort().join();
		expect(
			Object.entries(words)
				.filter(([, { zh, en }]) => shown(zh) !== shown(en))
				.map(([key]) => key),
		).toEqual([]);
		expect(
			Object.entries(words)
				.filter(([, { en }]) => HAN.test(String(en)))
				.map(([key]) => key),
		).toEqual([]);
	});
});
