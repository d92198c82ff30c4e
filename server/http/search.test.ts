import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { searchRoutes } from "./search.ts";
import { type TestEdge, testEdge } from "./testing.ts";

let edge: TestEdge;
let first: { case: string; number: string };
let second: { case: string; number: string };

beforeAll(async () => {
	edge = await testEdge([searchRoutes]);
	first = await edge.file();
	edge.now.at = "2026-03-02T03:00:00.000Z";
	second = await edge.file({
		verbatim: "快遞員把包裹放在門口，沒有打電話，下雨淋濕了書 The parcel was left at the door",
		parties: [{ seat: "sender", name: "歐陽娜娜", phone: "+86 139-1111-2222" }],
		orders: [{ number: "YT9988776655441", facts: { fee: 900 } }],
	});
	await edge.tell("regulator-liaison", second.case, "OpenProceeding", {
		body: "postal-12305",
		direction: "inbound",
		number: "GD-2026-000123",
		receivedAt: "2026-03-02T02:30:00.000Z",
		words: "转来申诉",
	});
});
afterAll(() => edge.close());

interface Found {
	groups: {
		by: string;
		count: number;
		more: boolean;
		next: string | null;
		hits: { case: { id: string }; matched: { in: string; text: string; at: [number, number][] } }[];
	}[];
}

async function search(q: string, who = "handler", more = ""): Promise<Found["groups"]> {
	const asked = await edge.ask(who, "GET", `/api/search?q=${encodeURIComponent(q)}${more}`);
	expect(asked.status).toBe(200);
	return (asked.body as Found).groups;
}

/** What was found, as `by: in: case`. */
async function found(q: string, who?: string): Promise<string[]> {
	const names: Record<string, string> = { [first.case]: "first", [second.case]: "second" };
	return (await search(q, who)).flatMap(({ by, hits }) =>
		hits.map((one) => `${by} ${one.matched.in} ${names[one.case.id] ?? "?"}`),
	);
}

describe("what people remember of a case leads to it", () => {
	test("its number, in any case and without its hyphen", async () => {
		for (const q of [first.number, first.number.toLowerCase(), first.number.replace("-", " ")])
			expect(await found(q)).toEqual(["number number first"]);
		expect(await found(first.number.slice(7))).toEqual(["words number first"]);
	});

	test("an order number, whole, small, or its last eight figures", async () => {
		expect(await found("SF1234567890")).toEqual(["order order first"]);
		expect(await found("sf1234567890")).toEqual(["order order first"]);
		expect(await found("34567890")).toEqual(["words order first"]);
		expect(await found("YT99887")).toEqual(["words order second"]);
	});

	test("a regulator's number", async () => {
		expect(await found("GD-2026-000123")).toEqual(["outside outside second"]);
	});

	test("a name, a phone in any spelling, a plate: whole, and shown masked", async () => {
		expect(await found("李小明")).toEqual(["person person first"]);
		expect(await found("138 0000 1234")).toEqual(["person person first"]);
		expect(await found("13911112222")).toEqual(["person person second"]);
		expect(await found("粤b12345")).toEqual(["person person first"]);
		expect(await found("欧阳娜娜")).toEqual(["person person second"]);
		const [group] = await search("13800001234");
		expect(group?.hits[0]?.matched.text).toBe("138****1234");
		expect(await found("李小")).toEqual([]);
	});

	test("two Chinese characters, simplified or traditional, and Latin words, with their places", async () => {
		expect(await found("花瓶")).toEqual(["words words first"]);
		expect(await found("花甁")).toEqual([]);
		expect(await found("淋湿")).toEqual(["words words second"]);
		expect(await found("淋濕")).toEqual(["words words second"]);
		expect(await found("PARCEL")).toEqual(["words words second"]);
		expect(await found("包裹")).toEqual(["words words second", "words words first"]);
		expect(await found("包裹 花瓶")).toEqual(["words words first"]);
		expect(await found("包裹 花瓶 淋湿")).toEqual([]);
		const [group] = await search("門口");
		const { text, at } = group?.hits[0]?.matched ?? { text: "", at: [] };
		expect(at.map(([from, to]) => text.slice(from, to))).toEqual(["門口"]);
	});

	test("tokens that are not words side by side don't count", async () => {
		expect(await found("压坏包裹")).toEqual([]);
	});

	test("signs that mean something to the database are only signs", async () => {
		for (const q of ["%", "_", "\\", "'", "' & !", "花瓶'|", "*", ":*", "a:*b", "()", "花_"])
			expect(await found(q)).toEqual([]);
	});
});

test("pages go on where they ended, the last changed first, and nothing comes twice", async () => {
	const filed: string[] = [];
	for (let n = 0; n < 5; n++) {
		edge.now.at = `2026-03-02T04:00:0${Math.floor(n / 2)}.000Z`;
		filed.push((await edge.file({ verbatim: `雨伞丢失第${n}次` })).case);
	}
	const seen: string[] = [];
	let [group] = await search("雨伞", "handler", "&limit=2");
	expect(group).toMatchObject({ count: 5, more: false });
	for (let pages = 1; ; pages++) {
		seen.push(...(group?.hits ?? []).map((one) => one.case.id));
		if (!group?.next) {
			expect(pages).toBe(3);
			break;
		}
		[group] = await search("雨伞", "handler", `&limit=2&after=${group.next}`);
	}
	expect([...seen].sort()).toEqual([...filed].sort());
	expect(seen.slice(0, 1)).toEqual(filed.slice(4));
	expect((await edge.ask("handler", "GET", "/api/search?q=a&after=x")).status).toBe(422);
});

describe("nobody finds what they may not see", () => {
	test("outside the office only whole numbers of one's own cases are found", async () => {
		for (const who of ["courier-1", `link:${first.case}:p1`]) {
			expect(await found(first.number, who)).toEqual(["number number first"]);
			expect(await found("SF1234567890", who)).toContain("order order first");
			for (const q of ["李小明", "13800001234", "花瓶", "张大勇", "GD-2026-000123", second.number])
				expect(await found(q, who)).toEqual([]);
		}
		expect(await found(first.number, "courier-2")).toEqual([]);
		expect(await found(first.number, "officer")).toEqual([]);
		expect((await edge.ask("nobody", "GET", "/api/search?q=a")).status).toBe(401);
	});

	test("the people of the company are found by the office alone", async () => {
		const people = async (who: string, q: string) =>
			((await edge.ask(who, "GET", `/api/search?q=${q}`)).body as { people: { id: string; at: unknown }[] })
				.people;
		expect(await people("handler", "courier")).toMatchObject([
			{ id: "courier-1", kind: "worker", at: [[0, 7]] },
			{ id: "courier-2" },
		]);
		expect(await people("officer", "COURIER-2")).toMatchObject([{ id: "courier-2" }]);
		for (const who of ["courier-1", `link:${first.case}:p1`])
			expect(await people(who, "courier")).toEqual([]);
	});

	test("a restricted case is for those who deal with such", async () => {
		const hidden = await edge.file({ verbatim: "蓝色行李箱上的贴纸" });
		await edge.tell("handler", hidden.case, "RestrictCase", { why: "未成年人" });
		expect(await found("贴纸")).toEqual([]);
		expect(await found(hidden.number)).toEqual([]);
		expect(await found("贴纸", "safety")).toHaveLength(1);
	});

	test("an officer finds what their organisation was asked about", async () => {
		await edge.tell("handler", first.case, "AskQuestion", { organisation: "outlet-1", words: "请提供监控" });
		expect(await found(first.number, "officer")).toEqual(["number number first"]);
		expect(await found("花瓶", "officer")).toEqual([]);
		const list = await edge.ask("officer", "GET", "/api/cases");
		expect((list.body as { cases: { id: string }[] }).cases.map((one) => one.id)).toEqual([first.case]);
	});
});
