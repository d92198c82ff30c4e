import fc from "fast-check";
import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import { guardText } from "./guard.ts";
import { guardPlaces } from "./guard-places.ts";

const express = await readShippedPack("express");
const marked = (text: string) =>
	guardPlaces(text, express).map(({ from, to, finding }) => [text.slice(from, to), finding.rule]);

test.each([
	[
		"您加我微信，私了吧",
		[
			["加我微信", "private-contact"],
			["私了", "private-payment"],
		],
	],
	["加 我-微 信", [["加 我-微 信", "private-contact"]]],
	["电话13800001234。", [["13800001234", "mobile-number"]]],
	["电话１３８００００１２３４", [["１３８００００１２３４", "mobile-number"]]],
	["一三八零零零零一二三四", [["一三八零零零零一二三四", "mobile-number"]]],
	[
		"两次：13800001234、13900005678",
		[
			["13800001234", "mobile-number"],
			["13900005678", "mobile-number"],
		],
	],
	["车牌粤B12345", [["粤B12345", "plate"]]],
	["加我qq", [["加我qq", "private-contact"]]],
	["您的包裹明天送到", []],
])("%s", (text, places) => {
	expect(marked(text)).toEqual(places);
});

test("whatever the guard finds has a place, and what has none is let through", () => {
	const bits = express.data.guard.phrases.flatMap((one) => one.phrases);
	const part = fc.oneof(
		fc.constantFrom(...bits, "13800001234", "粤B12345", "a@b.cn", "！", "，", " ", "𠮷", "您好"),
		fc.string({ unit: "grapheme", maxLength: 5 }),
	);
	fc.assert(
		fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
			const text = parts.join("").normalize("NFC");
			const places = guardPlaces(text, express);
			expect(places.length > 0).toBe(guardText(text, express).length > 0);
			for (const { from, to } of places) expect(to).toBeGreaterThan(from);
		}),
	);
});
