import { describe, expect, test } from "vitest";
import { type Picked, pickFacts, type Reading } from "./picked-facts.ts";
import { numberOf } from "./picked-numerals.ts";

/** A Monday, two in the afternoon in Shanghai. */
const NOW = "2026-11-23T06:00:00.000Z";
const READING: Reading = {
	now: NOW,
	zone: "Asia/Shanghai",
	plateWord: "车牌",
	categories: new Map([
		["damage", { id: "damage", keywords: ["碎", "压坏", "broken"] }],
		["delay", { id: "delay", keywords: ["迟到", "晚到", "late"] }],
	]),
};
const pick = (words: string, reading: Partial<Reading> = {}) => pickFacts(words, { ...READING, ...reading });
const of = (kind: Picked["kind"], words: string, reading: Partial<Reading> = {}) =>
	pick(words, reading)
		.filter((one) => one.kind === kind)
		.map((one) => one.value);

describe("numerals", () => {
	test.each<[string, number | null]>([
		["三百五", 350],
		["三百零五", 305],
		["三百五十", 350],
		["两千", 2_000],
		["一万二", 12_000],
		["十五", 15],
		["二十", 20],
		["一千二百三十四", 1_234],
		["三万五千", 35_000],
		["一百零八万", 1_080_000],
		["1.5万", 15_000],
		["3万5", 35_000],
		["2千", 2_000],
		["贰仟叁佰", 2_300],
		["五", 5],
		["二零二六", 2_026],
		["很多", null],
	])("%s is %s", (said, number) => expect(numberOf(said)).toBe(number));
});

describe("when", () => {
	test.each<[string, string]>([
		["昨天下午三点还没到", "2026-11-22T15:00"],
		["前天晚上八点二十送来的", "2026-11-21T20:20"],
		["今早九点打过电话", "2026-11-23T09:00"],
		["上周五上午10点装的货", "2026-11-20T10:00"],
		["星期三晚上八点", "2026-11-18T20:00"],
		["上周三下午两点半", "2026-11-18T14:30"],
		["11月20号晚上八点半", "2026-11-20T20:30"],
		["5月2日14:10下的单", "2026-05-02T14:10"],
		["12月30日下午三点", "2025-12-30T15:00"],
		["20号中午十二点", "2026-11-20T12:00"],
		["25号上午九点的事", "2026-10-25T09:00"],
		["2026/11/20 18:05 签收", "2026-11-20T18:05"],
		["2026年11月20日18:05", "2026-11-20T18:05"],
		["两个小时前", "2026-11-23T12:00"],
		["半小时前", "2026-11-23T13:30"],
		["昨晚十一点多", "2026-11-22T23:00"],
		["十一月二十号下午三点", "2026-11-20T15:00"],
		["yesterday at 3pm nobody came", "2026-11-22T15:00"],
		["two hours ago", "2026-11-23T12:00"],
		["on 20 Nov at 18:05", "2026-11-20T18:05"],
	])("%s", (words, value) => expect(of("time", words)).toEqual([value]));

	test("a day without an hour, or only a part of one, is rough", () => {
		expect(pick("前天送来就碎了")[0]).toMatchObject({ value: "2026-11-21T12:00", rough: true });
		expect(pick("昨晚的事")[0]).toMatchObject({ rough: true });
		expect(pick("昨天下午三点")[0]).not.toHaveProperty("rough");
	});

	test("the company's zone decides, not the reader's", () => {
		// one in the morning of the 24th in Shanghai
		expect(of("time", "昨天下午三点", { now: "2026-11-23T17:00:00.000Z" })).toEqual(["2026-11-23T15:00"]);
		expect(of("time", "昨天下午三点", { zone: "America/New_York" })).toEqual(["2026-11-22T15:00"]);
	});

	test.each(["等了3个小时", "坐10号线去的", "住5号楼", "给他打了三次电话", "赔我三百", "I waited 3 hours"])(
		"%s names no time",
		(words) => expect(of("time", words)).toEqual([]),
	);

	test("nothing lies ahead", () => {
		for (const words of ["今天晚上八点", "下午五点", "周日", "31号", "12月31日"])
			for (const value of of("time", words)) expect(value <= "2026-11-23T14:00").toBe(true);
	});
});

describe("numbers", () => {
	test.each<[string, string]>([
		["我电话13800001234", "13800001234"],
		["打138-0000-1234找我", "13800001234"],
		["+86 138 0000 1234", "13800001234"],
		["号码是幺三八零零零零幺二三四", "13800001234"],
		["座机0755-12345678", "075512345678"],
	])("phone: %s", (words, value) => {
		expect(of("phone", words)).toEqual([value]);
		expect(of("order", words)).toEqual([]);
	});

	test.each<[string, string]>([
		["司机车牌粤B12345", "粤B12345"],
		["粤B·D12345绿牌", "粤BD12345"],
		["沪 a88888 那辆", "沪A88888"],
	])("plate: %s", (words, value) => expect(of("plate", words)).toEqual([value]));

	test("whose car it is, by the words before", () => {
		expect(pick("我的车粤B12345抛锚了")[0]).toMatchObject({ whose: "own" });
		expect(pick("司机开的粤B12345")[0]).toMatchObject({ whose: "other" });
		expect(pick("粤B12345")[0]).not.toHaveProperty("whose");
	});

	test("a badge, where the trade's plates are badges", () => {
		expect(of("plate", "快递员工号 8012", { plateWord: "工号" })).toEqual(["8012"]);
		expect(of("plate", "快递员工号 8012")).toEqual([]);
	});

	test.each<[string, string]>([
		["单号SF1234567890123", "SF1234567890123"],
		["运单号是 773012345678901", "773012345678901"],
		["订单：LO2026000123", "LO2026000123"],
		["EX2026000037 这件", "EX2026000037"],
		["工单RO-88123", "RO-88123"],
		["my order number is FR2026000111", "FR2026000111"],
		["tracking: YT8812345678901", "YT8812345678901"],
		["单号ＳＦ１２３４５６７８９０", "SF1234567890"],
	])("order: %s", (words, value) => expect(of("order", words)).toEqual([value]));

	test("identity and bank cards are nobody's business", () => {
		for (const words of ["身份证440301199001011234", "卡号6222021234567890123", "4403 0119 9001 0112 34"])
			expect(pick(words)).toEqual([]);
	});
});

describe("how much", () => {
	test.each<[string, string]>([
		["赔我三百块", "300"],
		["花瓶值560元", "560"],
		["¥1,250.50", "1250.50"],
		["一共三百五十块钱", "350"],
		["损失1.5万元", "15000"],
		["要三万五千元", "35000"],
		["两千块", "2000"],
		["收了二十五块八", "25.80"],
		["要求赔两千五", "2500"],
		["refund me 300 yuan", "300"],
		["RMB 88.80", "88.80"],
	])("%s", (words, value) => expect(of("amount", words)).toEqual([value]));

	test("what is demanded goes before what was paid", () => {
		const picked = pick("运费25元，要求赔300元").filter((one) => one.kind === "amount");
		expect(picked.map((one) => one.value)).toEqual(["25", "300"]);
	});

	test.each(["等了三个小时", "一块玻璃", "六楼", "三百公里", "第二次", "收了两个箱子"])(
		"%s is no amount",
		(words) => expect(of("amount", words)).toEqual([]),
	);
});

describe("where", () => {
	test.each<[string, string]>([
		["在深圳市南山区科技园路8号被压坏", "深圳市南山区科技园路8号"],
		["我在机场高速抛锚了", "机场高速"],
		["送到阳光花园3栋2单元", "阳光花园3栋2单元"],
		["司机停在宝安机场T3航站楼", "宝安机场T3航站楼"],
		["near Shenzhen North Station yesterday", "Shenzhen North Station"],
	])("%s", (words, value) => expect(of("place", words)).toContain(value));

	test.each(["师傅态度很差", "一路抱怨", "客服不理我", "我很生气"])("%s names no place", (words) =>
		expect(of("place", words)).toEqual([]),
	);
});

describe("all together", () => {
	const words =
		"昨天下午三点，司机车牌粤B12345，单号EX2026000037，在南山区科技园路8号把花瓶压坏了，我电话13800001234，要求赔三百块";

	test("each once, in reading order, the category last; places in the text are right", () => {
		const picked = pick(words);
		expect(picked.map((one) => one.kind)).toEqual([
			..."time plate order place phone amount category".split(" "),
		]);
		const plate = picked[1];
		expect(words.slice(plate?.from, plate?.to)).toBe("粤B12345");
		expect(pick(`${words}。${words}`)).toHaveLength(picked.length);
	});

	test("nothing in nothing, and a long text doesn't stall", () => {
		expect(pick("")).toEqual([]);
		const started = performance.now();
		pick("我等了很久，一直没有人来，打电话也没人接。".repeat(1_000));
		expect(performance.now() - started).toBeLessThan(500);
	});
});
