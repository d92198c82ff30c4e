import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import type { Names } from "../../../labels.ts";
import { askedIn, matching, mentionedIn, peopleFor, wordingFor } from "./insertions.ts";

const pack = await readShippedPack("express");
const names = { pack: { data: pack.data }, say: { language: "zh" } } as unknown as Names;
const about = { categories: ["damage"], groups: ["parcel"] };

test("ready words of the open steps come first, filled, and address the reader as 您", () => {
	const all = wordingFor(names, "complainant", about, ["remedy"], { number: "260302-AB", handler: "王敏" });
	expect(all[0]?.key.startsWith("remedy.")).toBe(true);
	expect(all.some((one) => one.key === "letter.offer")).toBe(true);
	expect(all.map((one) => one.text).join("")).not.toMatch(/\{\{|\*\*/);
	const contact = all.find((one) => one.key.startsWith("contact."));
	expect(contact?.text.startsWith("您好")).toBe(true);
});

test("found by their title or their words", () => {
	const all = wordingFor(names, "complainant", about, [], {});
	expect(matching(all, "结案").length).toBeGreaterThan(0);
	expect(matching(all, "没有这样的话")).toEqual([]);
});

test("people named in a note: the longest name wins", () => {
	const person = (alias: string, kind: string) => ({ alias, kind, roles: ["handler"] });
	const people = peopleFor(
		{ a: person("王敏", "staff"), b: person("王敏华", "staff"), c: person("张师傅", "worker") },
		(role) => role,
	);
	expect(people.map((one) => one.key)).toEqual(["a", "b"]);
	expect(mentionedIn("@王敏华 请看", people)).toEqual(["b"]);
	expect(mentionedIn("@王敏 @王敏华 请看", people)).toEqual(["b", "a"]);
	expect(mentionedIn("王敏看过", people)).toEqual([]);
});

test.each([
	["您好 ::方案", { prefix: "wording", typed: "方案" }],
	["您好：：", { prefix: "wording", typed: "" }],
	["::方案 @@王", { prefix: "person", typed: "王" }],
	["？？门牌", { prefix: "study", typed: "门牌" }],
	["一句话: 没有", { prefix: null, typed: "" }],
])("the sign before the caret, with either keyboard: %s", (before, asked) => {
	expect(askedIn(before)).toEqual(asked);
});
