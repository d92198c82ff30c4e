import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import type { LoadedPack } from "./loaded.ts";
import { proposeCategory } from "./propose.ts";

const express = await readShippedPack("express");

test.each([
	["快递员把我的包裹送到别人家了", "misdelivery"],
	["花瓶摔坏了，箱子也压扁了", "damage"],
	["快递小哥态度恶劣，还骂人", "attitude"],
	["显示已签收，可我根本没签收", "signed-without-consent"],
	["投诉以后他天天打电话骂，威胁我", "reprisal"],
	["My parcel was thrown and kicked", "rough-handling"],
	["请问我的快递什么时候到", "other"],
])("%s → %s", (text, category) => {
	expect(proposeCategory(text, express)?.category).toBe(category);
});

test("the words that led to it are given back, as the pack has them", () => {
	expect(proposeCategory("态度恶劣", express)).toEqual({
		category: "attitude",
		because: ["态度", "态度恶劣"],
	});
});

test("nothing to go by: no proposal", () => {
	for (const text of ["", "。。。", "？？", "12345", "hello"])
		expect(proposeCategory(text, express)).toBeNull();
});

/** A pack of three categories, as far as proposing looks at it. */
function packOf(...categories: [id: string, ...keywords: string[]][]): LoadedPack {
	const list = categories.map(([id, ...keywords]) => [id, { id, keywords }] as const);
	return { ...express, categories: new Map(list) as unknown as LoadedPack["categories"] };
}
const proposed = (text: string, pack: LoadedPack) => proposeCategory(text, pack)?.category ?? null;

test("longer words weigh more, Chinese characters double; of two the same the first in the pack wins", () => {
	expect(proposed("late and broken", packOf(["a", "late"], ["b", "broken"]))).toBe("b");
	expect(proposed("late 破损", packOf(["a", "late"], ["b", "破损"]))).toBe("a");
	expect(proposed("rude 破损", packOf(["b", "破损"], ["a", "rude"]))).toBe("b");
	expect(proposed("很晚很慢", packOf(["a", "很晚", "很慢"], ["b", "很晚很"]))).toBe("a");
});

test("full width, case and compatibility forms are the same word, in text and pack", () => {
	expect(proposed("ＢＲＯＫＥＮ", packOf(["a", "broken"]))).toBe("a");
	expect(proposed("broken", packOf(["a", "Ｂｒｏｋｅｎ"]))).toBe("a");
});

test("a word in letters is a word, with its endings, and no part of another", () => {
	const rude = packOf(["a", "rude"]);
	expect(["He was rude.", "rude!", "RUDE,very", "他很rude"].map((text) => proposed(text, rude))).toEqual([
		"a",
		"a",
		"a",
		"a",
	]);
	expect(["intruder", "crude oil", "rudeness"].map((text) => proposed(text, rude))).toEqual([
		null,
		null,
		null,
	]);
	expect(["delays", "delayed", "delaying"].map((text) => proposed(text, packOf(["a", "delay"])))).toEqual([
		"a",
		"a",
		"a",
	]);
	expect(proposed("crude but rude", rude)).toBe("a");
});
