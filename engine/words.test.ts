import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { fill, wordsFor } from "#engine/filling.ts";
import { missingWords, Words } from "#engine/words.ts";

const WORDING = join(import.meta.dirname, "..", "packs/common/wording");
const read = (language: string) =>
	Words.parse(parse(readFileSync(join(WORDING, `${language}.yaml`), "utf8")));
const words = { "zh-CN": read("zh-CN"), en: read("en") };

describe("fill", () => {
	test("puts values in and joins lists as the language does", () => {
		expect(fill("还缺：{{facts}}", { facts: ["损失", "费用"] })).toBe("还缺：损失、费用");
		expect(fill("needed: {{facts}}", { facts: ["loss", "fee"] })).toBe("needed: loss, fee");
		expect(fill("{{sum}}% {{ok}}", { sum: 0, ok: false })).toBe("0% false");
	});

	test("leaves out a part whose value is unknown, and keeps it when all are known", () => {
		const text = "closed[ since {{at}}][ by {{who}}, {{at}}].";
		expect(fill(text, { at: "May 9" })).toBe("closed since May 9.");
		expect(fill(text, { at: "May 9", who: "Wang" })).toBe("closed since May 9 by Wang, May 9.");
		expect(fill(text, { at: "", who: [] })).toBe("closed.");
	});

	test("shows a gap for an unknown value elsewhere, and leaves plain brackets alone", () => {
		expect(fill("Dear {{name}} [encl.]", {})).toBe("Dear … [encl.]");
		expect(fill("{{constructor}}", {})).toBe("…");
	});

	test("never reads a value as a text with placeholders", () => {
		expect(fill("said: {{words}}[, {{name}}]", { words: "{{name}} [{{name}}] $&", name: "x" })).toBe(
			"said: {{name}} [{{name}}] $&, x",
		);
	});
});

describe("wordsFor", () => {
	test("takes the most particular words there are", () => {
		expect(wordsFor(words["zh-CN"], "fields", "AskQuestion.party")).toBe("问哪位当事人");
		expect(wordsFor(words["zh-CN"], "fields", "SomeCommand.party")).toBe("当事人");
		expect(wordsFor(words["zh-CN"], "refusals", "Approve.NotOpen")).toBe("目前没有待审批的申请。");
		expect(wordsFor(words["zh-CN"], "values", "DecideFinding.upheld.yes")).toBe("属实");
		expect(wordsFor(words["zh-CN"], "values", "DecideAppeal.result.upheld")).toBe("成立");
	});

	test("finds outcomes, sanctions and items among the values", () => {
		expect(wordsFor(words["zh-CN"], "values", "CloseCase.outcome.deadlock")).toBe("协商不成");
		expect(wordsFor(words["zh-CN"], "values", "ImposeSanction.kind.block")).toBe("拉黑（互不派单）");
		expect(wordsFor(words["zh-CN"], "values", "MakeOffer.item.explanation")).toBe("解释说明");
		expect(wordsFor(words["zh-CN"], "values", "AskQuestion.about.explanation")).toBe("情况说明");
	});

	test("speaks the trade's words where they are known", () => {
		expect(wordsFor(words["zh-CN"], "ui", "orders", { order: "运单" })).toBe("运单");
		expect(wordsFor(words.en, "ui", "orders", { order: "waybill" })).toBe("Waybills");
		expect(wordsFor(words.en, "values", "source.worker")).toBe("Worker");
	});

	test("leaves other placeholders to fill", () => {
		expect(wordsFor(words.en, "ui", "due-in")).toBe("{{time}} left");
	});

	test("reads a key without words as its own name, and missingWords tells of it", () => {
		expect(wordsFor(words.en, "commands", "RecordNewThing")).toBe("Record new thing");
		expect(wordsFor(words.en, "values", "kind.__proto__")).toBe("__proto__");
		expect(missingWords(words.en, { commands: ["RecordNewThing", "CloseCase"] })).toEqual([
			'commands: no words for "RecordNewThing"',
		]);
	});
});

test("Words refuses a file that lacks a step, or has an empty text", () => {
	const { closure: _, ...steps } = words.en.steps;
	expect(Words.safeParse({ ...words.en, steps }).error?.issues[0]?.path).toEqual(["steps", "closure"]);
	expect(Words.safeParse({ ...words.en, ui: { ...words.en.ui, save: " " } }).success).toBe(false);
});
