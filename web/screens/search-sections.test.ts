import { expect, test } from "vitest";
import { flat, moved, named, withRecent } from "./search-sections.ts";

test("names are found by every word of the search, with their places; those that begin so come first", () => {
	const all = ["Close the case", "Case library", "Claim"];
	expect(named(all, (one) => one, "case", 5)).toEqual([
		{ one: "Case library", at: [[0, 4]] },
		{ one: "Close the case", at: [[10, 14]] },
	]);
	expect(named(all, (one) => one, "case clo", 5)).toEqual([
		{
			one: "Close the case",
			at: [
				[0, 3],
				[10, 14],
			],
		},
	]);
	expect(named(all, (one) => one, "  ", 5)).toEqual([]);
	expect(named(["结案", "案例"], (one) => one, "案", 1)).toEqual([{ one: "案例", at: [[0, 1]] }]);
});

test("empty sections are left out, and arrows go round the ends", () => {
	const option = { key: "a", text: "a", at: [], open: () => {} };
	const { sections, options } = flat([
		{ key: "1", title: "1", options: [] },
		{ key: "2", title: "2", options: [option] },
	]);
	expect(sections.map((one) => one.key)).toEqual(["2"]);
	expect(options).toEqual([option]);
	expect([moved(0, -1, 3), moved(2, 1, 3), moved(0, 1, 0)]).toEqual([2, 0, 0]);
});

test("searches of late: the last in front, each once, no phones", () => {
	expect(withRecent(["b", "a"], " a ")).toEqual(["a", "b"]);
	expect(withRecent(["a"], "138 0000 1234")).toEqual(["a"]);
	expect(withRecent("abcdef".split(""), "g")).toEqual("gabcde".split(""));
});
