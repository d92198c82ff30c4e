import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { instantPlus } from "#engine/time/instant.ts";
import { newId } from "../ids.ts";
import { fault } from "../ports/fault.ts";
import type { Message } from "../ports/notifier.ts";
import type { Database } from "../store/database/database.ts";
import { testDatabase } from "../store/database/testing.ts";
import { insertDue } from "../store/due.ts";
import { insertKept } from "../store/kept.ts";
import { type DeskUnderTest, deskUnderTest, MONDAY } from "./testing.ts";

let database: Database<unknown>;
let under: DeskUnderTest;

beforeAll(async () => {
	database = await testDatabase();
});
beforeEach(async () => {
	under = await deskUnderTest(database);
});
afterAll(() => database.close());

describe("who is told, and how", () => {
	test("the complainant by text message, with number, date and a link of their own; the courier in the product", async () => {
		const { case: id, number } = await under.file();
		await under.run({ kinds: ["effect"] });
		expect(await under.notices()).toEqual([
			{
				wording: "complaint-received",
				recipient: "party:p1",
				channel: "sms",
				pretend: true,
				state: "sent",
				receipt: expect.stringMatching(/^pretend-/),
				text: `【快捷】您的投诉已收到，编号${number}，最晚3月9日24:00前答复。进度：https://redress.test/p1/${id.slice(-4)}`,
			},
			{
				wording: "complaint-filed-against-you",
				recipient: "person:courier-1",
				channel: "in-app",
				pretend: false,
				state: "sent",
				receipt: null,
				text: expect.stringMatching(
					/^运单YD1234567890有客户反映.+，编号.+请看案卷并在3月\d+日.*前说明经过。/,
				),
			},
		]);
		expect(under.sent).toHaveLength(1);
		expect(under.sent[0]).toMatchObject({
			to: { kind: "sms", address: "13800001234" },
			language: "zh-CN",
			blanks: { number },
		});
		expect(JSON.stringify(await under.notices("complaint-filed-against-you"))).not.toMatch(
			/13800001234|李小明/,
		);
	});

	test("in English where the case is English", async () => {
		const { number } = await under.file({ language: "en" });
		await under.run({ kinds: ["effect"] });
		const [received] = await under.notices("complaint-received");
		expect(received?.text).toContain(
			`Your complaint is received, number ${number}, answer by the end of 9 March.`,
		);
	});

	test("a party who can't be reached is noted, and nothing fails", async () => {
		await under.file({ parties: [{ seat: "recipient" }], allegations: [{ category: "damage" }] });
		await under.run({ kinds: ["effect"] });
		expect(await under.notices("complaint-received")).toMatchObject([
			{ channel: "none", state: "failed", receipt: null },
		]);
		expect(under.reported).toEqual([]);
	});

	test("a capability: everybody who has it and may see the case, and nobody else", async () => {
		const elsewhere = { trades: ["roadside-rescue"], organisations: null };
		await under.write(
			{
				sql: "insert into person (company, id, kind, alias) values ($1, 'far', 'staff', 'far'), ($1, 'gone', 'staff', 'gone')",
				parameters: [under.company],
			},
			{
				sql: "update person set active = false where company = $1 and id = 'gone'",
				parameters: [under.company],
			},
			{
				sql: "insert into membership (company, person, role, trades) values ($1, 'far', 'finance', $2)",
				parameters: [under.company, elsewhere.trades],
			},
			{
				sql: "insert into membership (company, person, role) values ($1, 'gone', 'finance')",
				parameters: [under.company],
			},
		);
		const { case: id } = await under.file();
		await under.effect(id, { do: "notify", to: { capability: "pay" }, notice: "item-failed" });
		await under.run({ kinds: ["effect"] });
		expect((await under.notices("item-failed")).map((one) => one.recipient)).toEqual(["person:finance"]);
	});

	test("of a restricted case only those hear who may see it", async () => {
		const { case: id } = await under.file();
		await under.act(under.actor("safety", "safety"), id, "RestrictCase", { why: "涉及未成年人" });
		await under.effect(id, { do: "notify", to: { capability: "triage" }, notice: "clock-warning" });
		await under.run({ kinds: ["effect"] });
		expect((await under.notices("clock-warning")).map((one) => one.recipient)).toEqual(["person:safety"]);
	});

	test("a party who has no phone in the case is reached at that of their own account", async () => {
		const phone = { ref: newId(), keep: "phone" as const, content: "13700001111", salt: Buffer.alloc(16) };
		await under.write(...insertKept(under.company, "person-customer-9", [phone], under.desk.keys));
		await under.file({
			parties: [{ seat: "recipient", person: "customer-9" }],
			allegations: [{ category: "damage" }],
		});
		await under.run({ kinds: ["effect"] });
		expect(under.sent.map((one) => one.to.address)).toEqual(["13700001111"]);
	});
});

describe("once, whatever happens", () => {
	test("done twice, a notice is written and sent once", async () => {
		const { case: id } = await under.file();
		const effects = await under.read<{ key: string; payload: object }>(
			"select key, payload from due where kind = 'effect'",
		);
		await under.run({ kinds: ["effect"] });
		const again = effects.map(({ key, payload }) => ({
			company: under.company,
			id: newId(),
			stream: id,
			kind: "effect" as const,
			key,
			at: under.now,
			payload,
		}));
		await under.write(...insertDue(again));
		expect(await under.run({ kinds: ["effect"] })).toBe(2);
		expect(await under.notices()).toHaveLength(2);
		expect(under.sent).toHaveLength(1);
	});

	test("a process that dies after sending, before it noted so: one message, one notice, the text that went out", async () => {
		await under.file();
		const { notifier } = under.outside;
		under.outside.notifier = {
			send: async (message) => {
				await notifier.send(message);
				throw new Error("the process is gone");
			},
		};
		await under.run({ kinds: ["effect"] });
		const [first] = await under.notices("complaint-received");
		under.outside.notifier = notifier;
		under.now = instantPlus(MONDAY, { minutes: 1 });
		await under.run({ kinds: ["effect"] });
		expect(await under.notices("complaint-received")).toEqual([first]);
		expect(first).toMatchObject({ state: "sent", pretend: true });
		const keys = under.sent.map((one) => one.idempotencyKey);
		expect(new Set(keys).size).toBe(1);
		expect(await under.read("select 1 from due where kind = 'effect'")).toEqual([]);
	});

	test("tried again, it says what it said the first time", async () => {
		await under.file();
		const texts: string[] = [];
		under.outside.notifier = {
			send: async (message: Message) => {
				texts.push(message.text);
				return texts.length < 3 ? fault("unreachable", "no way through") : { ok: true, receipt: "r-3" };
			},
		};
		let links = 0;
		under.outside.linkFor = async () => {
			links += 1;
			return `https://redress.test/${links}`;
		};
		for (let minutes = 0; minutes < 3; minutes += 1) {
			under.now = instantPlus(MONDAY, { minutes });
			await under.run({ kinds: ["effect"] });
		}
		expect(texts).toHaveLength(3);
		expect(new Set(texts).size).toBe(1);
		expect(await under.notices("complaint-received")).toMatchObject([
			{ state: "sent", receipt: "r-3", pretend: false, text: texts[0] },
		]);
	});

	test("a number that the other side refuses is no work for anybody; a missing template is", async () => {
		under.outside.notifier = { send: async () => fault("refused", "not a number") };
		await under.file();
		await under.run({ kinds: ["effect"] });
		under.outside.notifier = { send: async () => fault("misconfigured", "no template") };
		await under.file();
		await under.run({ kinds: ["effect"] });
		expect((await under.notices("complaint-received")).map((one) => [one.state, one.receipt])).toEqual([
			["failed", "refused"],
			["failed", "misconfigured"],
		]);
		const left = await under.read(
			"select last_error, failed_at is not null as failed from due where kind = 'effect'",
		);
		expect(left).toEqual([{ last_error: "misconfigured", failed: true }]);
	});
});

describe("at night", () => {
	const NIGHT = "2026-03-02T15:30:00.000Z"; // half past eleven in Shanghai
	const MORNING = "2026-03-03T00:00:00.000Z";

	test("text messages wait for the morning; what is read in the product does not", async () => {
		under.now = NIGHT;
		await under.file();
		await under.run({ kinds: ["effect"] });
		expect((await under.notices()).map((one) => [one.channel, one.state])).toEqual([
			["sms", "waiting"],
			["in-app", "sent"],
		]);
		expect(await under.read("select until from notice where state = 'waiting'")).toEqual([
			{ until: MORNING },
		]);
		expect(await under.read("select at, attempts from due where kind = 'effect'")).toEqual([
			{ at: MORNING, attempts: 0 },
		]);
		const [waiting] = await under.notices("complaint-received");
		under.now = MORNING;
		await under.run({ kinds: ["effect"] });
		expect(under.sent).toHaveLength(1);
		expect(under.sent[0]?.text).toBe(waiting?.text);
		expect(await under.notices("complaint-received")).toMatchObject([{ state: "sent", channel: "sms" }]);
	});

	test("what a statutory clock would run out on before the morning doesn't wait", async () => {
		const { case: id } = await under.file();
		await under.settle();
		const statutory = (await under.stateOf(id)).clocks.find((one) => one.kind === "statutory");
		expect(statutory).toBeDefined();
		// the night in which it ends
		under.now = instantPlus(statutory!.due, { minutes: -30 });
		const before = under.sent.length;
		await under.effect(id, { do: "notify", to: { party: "p1" }, notice: "promise-extended" });
		await under.run({ kinds: ["effect"] });
		expect(under.sent).toHaveLength(before + 1);
	});

	test("critical cases don't wait", async () => {
		under.now = NIGHT;
		const { case: id } = await under.file();
		await under.act(under.actor("duty", "duty-manager"), id, "GradeCase", {
			urgency: "critical",
			severity: "A",
			why: "危险品泄漏",
		});
		await under.run({ kinds: ["effect"] });
		expect(under.sent).toHaveLength(1);
	});
});
