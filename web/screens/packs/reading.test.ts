import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { fill, wordsFor } from "#engine/filling.ts";
import { loadPack, type RawPack } from "#engine/packs/load.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import { PackFiles } from "#engine/packs/schema.ts";
import { tryPack } from "#engine/packs/try.ts";
import type { Section as WordSection, Words } from "#engine/words.ts";
import type { RoomWords, Say } from "../../words.ts";
import { type Book, calendarText } from "./book.ts";
import { conditionText } from "./condition.ts";
import { readPackSearch } from "./pack-search.ts";
import { allSections } from "./parts.ts";
import { found, placesIn, textOf } from "./sections.ts";
import { outcomesOf } from "./try/trial-lines.ts";

const packs = join(import.meta.dirname, "..", "..", "..", "packs");
const yaml = (...path: string[]): unknown => parse(readFileSync(join(packs, ...path), "utf8"));
const own = parse(readFileSync(join(import.meta.dirname, "words.yaml"), "utf8")) as RoomWords;
const NO_DAYS = { version: "none", from: "2026-01-01", to: "2026-12-31", off: [], work: [] };

const known = new Map<string, LoadedPack>();

function loaded(name: string): LoadedPack {
	const before = known.get(name);
	if (before) return before;
	const files = [...Object.keys(PackFiles), "wording/zh-CN", "wording/en"];
	const raw: RawPack = Object.fromEntries(files.map((file) => [file, yaml(name, `${file}.yaml`)]));
	const loading = loadPack(raw, yaml("common", "facts.yaml"));
	if (!loading.ok) throw new Error(JSON.stringify(loading.problems));
	known.set(name, loading.pack);
	return loading.pack;
}

function bookOf(pack: LoadedPack, language: "zh" | "en"): Book {
	const words = yaml("common", "wording", language === "zh" ? "zh-CN.yaml" : "en.yaml") as Words;
	const { head } = pack.data;
	const say = {
		...{ language, written: language, words },
		of: (section: WordSection, key: string) => wordsFor(words, section, key),
		bi: (text: { zh: string; en: string } | undefined) => text?.[language] ?? "",
	} as unknown as Say;
	return {
		pack: {
			...pack.data,
			...{ name: pack.name, version: pack.version, from: pack.from, title: head.name },
			...{ currency: head.currency, zone: head.zone, facts: pack.sheet },
		},
		say,
		t: (key, fillings = {}) => {
			const text = own[key];
			if (!text) throw new Error(`no words for ${key}`);
			return fill(text[language], fillings);
		},
		has: (key) => Object.hasOwn(own, key),
	};
}

const rescue = loaded("roadside-rescue");
const zh = bookOf(rescue, "zh");
const en = bookOf(rescue, "en");

describe("a condition in words", () => {
	test.each([
		["injury || minor", "人身伤害 或 涉及未成年人"],
		["late_minutes >= 60 && fee > 0", "迟到分钟数 ≥ 60，且 费用 > ¥0.00"],
		['category == "late-arrival" && !late_excused', "投诉类别为救援迟到，且 并非“迟到另有正当原因且有凭据”"],
		['category in ["late-arrival", "no-show"]', "投诉类别是其中之一：救援迟到、无人到场、擅自取消"],
		["(injury || minor) && total <= yuan(5000)", "（人身伤害 或 涉及未成年人），且 方案金额合计 ≤ ¥5,000.00"],
		["worker_share >= 50", "被投诉人责任比例 ≥ 50%"],
	])("%s", (when, said) => {
		expect(conditionText(zh, when)).toBe(said);
	});

	test("a factor is a number, whatever it multiplies", () => {
		const amount = allSections(bookOf(loaded("express"), "zh"))
			.flatMap((one) => one.rows.flatMap((row) => row.cells.map(textOf)))
			.find((text) => text.includes("× 3"));
		expect(amount).toContain("取小（");
	});

	test("in English as well", () => {
		expect(conditionText(en, "late_minutes >= 60 && !injury")).toBe("minutes late ≥ 60 and not “injury”");
	});

	test("what can't be read is not made up", () => {
		expect(conditionText(zh, "nonsense == 3")).toBeNull();
	});
});

describe("every pack", () => {
	const names = ["express", "freight-hailing", "logistics-enterprise", "ride-hailing", "roadside-rescue"];
	test.each(names.flatMap((name) => [[name, "zh"] as const, [name, "en"] as const]))(
		"%s reads in %s from end to end",
		(name, language) => {
			const sections = allSections(bookOf(loaded(name), language));
			const keys = sections.flatMap((one) => one.rows.map((row) => `${one.id} ${row.key}`));
			expect(new Set(keys).size).toBe(keys.length);
			for (const { rows, head } of sections)
				for (const row of rows) {
					expect(row.cells).toHaveLength(head.length);
					for (const cell of row.cells)
						expect(textOf(cell)).not.toMatch(/undefined|\[object|\{\{(?!\w+\}\})/);
				}
		},
	);
});

describe("looking something up", () => {
	const all = allSections(zh);

	test("keeps the rows that have every word, in names, values, sources and as written", () => {
		expect(found(all, "late_minutes 60").flatMap((one) => one.rows).length).toBeGreaterThan(1);
		expect(found(all, "民法典 577").every((one) => one.rows.length > 0)).toBe(true);
		expect(found(all, "没有这个词")).toEqual([]);
	});

	test("tells where the words stand", () => {
		expect(placesIn("迟到60分钟，迟到", "迟到")).toEqual([
			[0, 2],
			[7, 9],
		]);
	});
});

test("a calendar is told by its days and hours", () => {
	expect(calendarText(zh, "office")).toBe("周一至周五 09:00–12:00、13:30–18:00；节假日与调休按国家安排");
	expect(calendarText(en, "always")).toBe("every day, around the clock");
});

test("a trial is told with its reasons, in the pack's zone, and leads to the rules", () => {
	const trial = tryPack(
		rescue,
		{
			category: "late-arrival",
			received: "2026-03-05T10:00:00.000Z",
			facts: { "late-minutes": 80, fee: "480.00", "late-excused": false, "consequential-loss": false },
			flags: ["injury"],
		},
		NO_DAYS,
	);
	const outcomes = Object.fromEntries(outcomesOf(zh, trial).map((one) => [one.key, one.lines]));
	expect(outcomes.grade?.[0]).toMatchObject({ text: "特急", why: expect.stringContaining("人身伤害：是") });
	const contact = outcomes.due?.find((one) => one.text.startsWith("首次联系车主"));
	expect(contact?.text).toMatch(/2026年3月5日周四 18:\d\d$/);
	expect(contact?.rule).toMatchObject({ part: "clocks" });
	expect(outcomes.remedies?.map((one) => one.text)).toContain("退款 ¥480.00 · 赔偿");
});

test("an address gives back the situation it was made of, and nothing of another shape", () => {
	const a = {
		category: "delay",
		received: "2026-03-05T10:00:00.000Z",
		facts: { lost: true },
		flags: ["injury"],
	};
	expect(readPackSearch({ part: "try", version: 2026, a, b: { received: "never" }, x: 1 })).toEqual({
		...{ part: "try", version: "2026", a },
	});
});

test("folded keywords are found too", () => {
	const sections = found(allSections(bookOf(loaded("express"), "zh")), "压扁");
	const cells = sections.flatMap((one) => one.rows).flatMap((row) => row.cells);
	const folded = cells.flatMap((cell) => (typeof cell === "object" && "pairs" in cell && cell.folded) || []);
	expect(folded.some((one) => one.words.includes("压扁"))).toBe(true);
});
