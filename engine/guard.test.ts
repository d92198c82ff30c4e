import { describe, expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import { guardOutgoing, guardText, maskNumbers, personalIn } from "./guard.ts";

const pack = await readShippedPack("express");
const rules = (text: string) => guardText(text, pack).map((one) => one.rule);

describe("phrases of the pack", () => {
	test.each([
		["as it stands", "您好，加我微信聊", "private-contact"],
		["set apart", "加 我 微 信", "private-contact"],
		["with signs between", "加-我-微·信！", "private-contact"],
		["in full width", "加我ＱＱ", "private-contact"],
		["in another case", "加我qq吧", "private-contact"],
		["forbidden words", "这不是我的问题", "not-my-business"],
		["heat", "你这是无理取闹", "heat"],
		["a promise beyond authority", "保证全赔", "promise-too-much"],
		["a clause sold as law", "没保价最多三倍", "cap-as-law"],
		["payment beside the platform", "我微信转你二十", "private-payment"],
	])("%s", (_, text, rule) => {
		expect(rules(text)).toContain(rule);
	});
	test("every finding says what was found, and how to say it instead", () => {
		const [found] = guardText("保证全赔，我说了算", pack);
		expect(found).toMatchObject({ kind: "beyond-authority", found: "保证全赔", act: "block" });
		expect(found?.instead?.zh).toBeTruthy();
	});
	test("ordinary words go out", () => {
		for (const text of [
			"您好，包裹今天18点前送到，请保持电话畅通。",
			"We will call you back by 5 pm.",
			"赔偿依据：保价300元×30%＝90元",
			"运单YD20260301，订单号 202603020001，快递单 773012345678901",
		])
			expect(rules(text)).toEqual([]);
	});
});

describe("personal data, by its form", () => {
	test.each([
		["a mobile number", "13812345678", "mobile-number"],
		["one with a country code", "+8613812345678", "mobile-number"],
		["one with 0086", "0086 138-1234-5678", "mobile-number"],
		["one in groups", "138 1234 5678", "mobile-number"],
		["one set apart digit by digit", "1-3-8-1-2-3-4-5-6-7-8", "mobile-number"],
		["one in full width", "１３８１２３４５６７８", "mobile-number"],
		["one in Chinese numerals", "一三八幺二三四五六七八", "mobile-number"],
		["an identity number", "11010519491231002X", "identity-number"],
		["an identity number with a small x", "11010519491231002x", "identity-number"],
		["a bank card", "6222 0212 3456 7890 128", "bank-card"],
		["an e-mail address", "li.ming+a@mail.example.com", "e-mail"],
		["a plate", "粤B·12345", "plate"],
		["a plate of an electric car", "粤AD12345", "plate"],
	])("%s", (_, text, rule) => {
		const [found] = personalIn(`请记：${text}。`);
		expect(found?.rule).toBe(rule);
		expect(found?.found).not.toContain(text.normalize("NFKC"));
	});
	test.each([
		["twelve digits", "138123456789"],
		["a number that no mobile has", "12812345678"],
		["an identity number with a wrong check digit", "110105194912310021"],
		["a long number that no card has", "6222021234567890127"],
		["a date and a time", "2026-03-02 13:50"],
		["an amount and a date", "13.5 2026-03-02"],
		["a waybill", "SF1234567890123"],
		["ten Chinese numerals", "一三八幺二三四五六七"],
	])("no: %s", (_, text) => {
		expect(personalIn(`参考 ${text} 。`)).toEqual([]);
	});
	test("numbers are stopped, a plate is asked about: a motorist's own may have to be named", () => {
		expect(personalIn("粤B12345")[0]?.act).toBe("ask-reason");
		expect(personalIn("13812345678")[0]).toMatchObject({ act: "block", found: "138…78" });
	});
	test("masking leaves the rest of a text alone", () => {
		expect(maskNumbers("联系13812345678或6222021234567890128，运单YD1，邮箱a@b.cn")).toBe(
			"联系138…78或622…28，运单YD1，邮箱a@b.cn",
		);
	});
});

describe("words on their way out", () => {
	const kept = { ref: "k1", hash: "0" };
	const ask = (text: string, options: { reason?: boolean; formal?: boolean } = {}) =>
		guardOutgoing(
			{ words: { k1: text }, pack, formal: options.formal ?? false },
			kept,
			options.reason ? kept : undefined,
		)?.reason ?? null;
	test("some are stopped whatever the reason, some need one, formal texts need one for everything", () => {
		expect([ask("您好"), ask("加我微信"), ask("加我微信", { reason: true })]).toEqual([
			null,
			"GuardBlocked",
			"GuardBlocked",
		]);
		expect([ask("请您撤销投诉"), ask("请您撤销投诉", { reason: true })]).toEqual(["GuardAsksReason", null]);
		expect([ask("加我微信", { formal: true }), ask("加我微信", { formal: true, reason: true })]).toEqual([
			"GuardAsksReason",
			null,
		]);
	});
	test("a refusal names rules and what was found, personal data masked", () => {
		expect(guardOutgoing({ words: { k1: "打13812345678" }, pack }, kept, undefined)).toEqual({
			reason: "GuardBlocked",
			detail: { rules: ["mobile-number"], found: ["138…78"] },
		});
	});
	test("words without their text are a broken world", () => {
		expect(() => guardOutgoing({ words: {}, pack }, kept, undefined)).toThrow(/k1/);
	});
});
