import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Item } from "#engine/case.ts";
import { instantPlus } from "#engine/time/instant.ts";
import { memoryLedger, pretendPayer } from "../adapters/pretend/payer.ts";
import type { Payment, PaymentResult } from "../ports/payer.ts";
import type { Database } from "../store/database/database.ts";
import { testDatabase } from "../store/database/testing.ts";
import { tableLedger } from "../store/payments.ts";
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

/** A case with one item of 80 yuan owed, not yet begun. */
async function owed(phone = "13800001234", kind = "compensation"): Promise<string> {
	const { case: id } = await under.file({
		parties: [
			{ seat: "recipient", name: "李小明", phone },
			{ seat: "courier", person: "courier-1", organisation: "outlet-1" },
		],
	});
	await under.act(under.actor("manager", "manager"), id, "GradeCase");
	await under.act(under.actor("handler", "handler"), id, "TakeFinalPosition", {
		lines: [{ item: kind, amount: 8_000, legal: "owed" }],
		reasons: "按实际损失赔付",
	});
	await under.settle();
	return id;
}

async function start(id: string): Promise<void> {
	const [item] = (await under.stateOf(id)).items;
	await under.act(under.actor("finance", "finance"), id, "StartItem", { item: item!.id, method: "wechat" });
}

async function itemOf(id: string): Promise<Item> {
	return (await under.stateOf(id)).items[0]!;
}

/** Payers that count what moved, over the given one. */
function counted(answer: (payment: Payment, calls: number) => PaymentResult | Promise<PaymentResult>) {
	const payer = pretendPayer(memoryLedger());
	const paid: Payment[] = [];
	return {
		paid,
		payer: {
			pay: async (payment: Payment) => {
				paid.push(payment);
				return await answer(payment, paid.length);
			},
			query: payer.query,
		},
	};
}

const effects = () =>
	under.read<{ at: string; attempts: number; last_error: string | null }>(
		"select at, attempts, last_error from due where kind = 'effect' and payload->>'do' = 'pay'",
	);
const payments = () =>
	under.read<{ state: string; tries: number; amount: number; receipt: string | null; reason: string | null }>(
		"select state, tries, amount, receipt, reason from payment where company = $1",
		under.company,
	);

describe("paying an item", () => {
	test("the money moves once, the case hears it, and the payee is told", async () => {
		const id = await owed();
		await start(id);
		await under.settle();
		const item = await itemOf(id);
		expect(item).toMatchObject({
			pending: null,
			done: { by: "system", receipt: expect.stringMatching(/^pretend-/) },
		});
		expect(await payments()).toEqual([
			{ state: "done", tries: 1, amount: 8_000, receipt: item.done?.receipt, reason: null },
		]);
		expect(under.sent.map((one) => one.wording)).toContain("payment-sent");
		expect(under.sent.find((one) => one.wording === "payment-sent")?.text).toContain("80.00元");
		expect(await under.read("select 1 from due where kind = 'effect'")).toEqual([]);
	});

	test("the payer is told what and to whom: the payee's own account, or the order for what goes back", async () => {
		const { paid, payer } = counted(() => ({ state: "done", receipt: "r", retry: false }));
		under.outside.payer = payer;
		const [one, other] = [await owed(), await owed("13800001234", "refund")];
		await start(one);
		await under.settle();
		await start(other);
		await under.settle();
		const { number } = await under.stateOf(one);
		expect(paid).toMatchObject([
			{
				company: under.company,
				amount: 8_000,
				currency: "CNY",
				payee: { kind: "wechat", account: "13800001234" },
				reference: number,
				idempotencyKey: `${one}:x1:1`,
			},
			{ payee: { kind: "original-order", account: "YD1234567890" } },
		]);
	});

	test("a bank that fails once is asked again under the same key, and pays once", async () => {
		const id = await owed("fail-once 13800001234");
		await start(id);
		await under.run({ kinds: ["effect"] });
		expect((await itemOf(id)).pending).not.toBeNull();
		const [waiting] = await effects();
		expect(waiting).toMatchObject({ attempts: 0, last_error: "out-of-funds" });
		under.now = waiting!.at;
		await under.settle();
		expect((await itemOf(id)).attempts).toMatchObject([{ ok: true }]);
		expect(await payments()).toMatchObject([{ state: "done", tries: 2 }]);
	});

	test("a bank that says no is told to finance with its reason; tried anew by them, there is a new key", async () => {
		const id = await owed("fail-always");
		await start(id);
		await under.settle();
		const item = await itemOf(id);
		expect(item).toMatchObject({ pending: null, done: null, attempts: [{ ok: false }] });
		const [told] = await under.read<{ content: string }>(
			"select w.content from notice n join words w on w.company = n.company and w.ref = n.text_ref where n.company = $1 and n.wording = 'item-failed' and n.recipient = 'person:finance'",
			under.company,
		);
		expect(told?.content).toContain("payee-unavailable");
		const { paid, payer } = counted(() => ({ state: "done", receipt: "r-2", retry: false }));
		under.outside.payer = payer;
		await under.act(under.actor("finance", "finance"), id, "RetryItem", { item: item.id });
		await under.settle();
		expect(paid.map((one) => one.idempotencyKey)).toEqual([`${id}:x1:2`]);
		expect((await itemOf(id)).done?.receipt).toBe("r-2");
	});

	test("one that fails and fails is told after some tries", async () => {
		const { paid, payer } = counted(() => ({
			state: "failed",
			reason: "throttled",
			detail: "later",
			retry: true,
		}));
		under.outside.payer = payer;
		const id = await owed();
		await start(id);
		for (let rounds = 0; (await effects()).length > 0; rounds += 1) {
			expect(rounds).toBeLessThan(10);
			under.now = (await effects())[0]!.at;
			await under.run({ kinds: ["effect"] });
		}
		expect(paid).toHaveLength(5);
		expect((await itemOf(id)).attempts).toMatchObject([{ ok: false }]);
	});

	test("one under way is asked after, not paid again, until the answer is final", async () => {
		const id = await owed("slow 13800001234");
		await start(id);
		await under.run({ kinds: ["effect"] });
		expect((await itemOf(id)).pending).not.toBeNull();
		expect(await payments()).toMatchObject([{ state: "pending", tries: 1 }]);
		under.now = (await effects())[0]!.at;
		const { pay } = under.outside.payer;
		under.outside.payer = { ...under.outside.payer, pay: () => Promise.reject(new Error("paid again")) };
		await under.settle();
		under.outside.payer = { ...under.outside.payer, pay };
		expect((await itemOf(id)).done).not.toBeNull();
		expect(await payments()).toMatchObject([{ state: "done", tries: 2 }]);
	});

	test("nothing is paid that the case doesn't wait for under this very key", async () => {
		const { paid, payer } = counted(() => ({ state: "done", receipt: "r", retry: false }));
		under.outside.payer = payer;
		const id = await owed();
		await start(id);
		await under.write({
			sql: `update due set payload = jsonb_set(payload, '{key}', '"another"') where kind = 'effect' and payload->>'do' = 'pay'`,
			parameters: [],
		});
		await under.settle();
		expect(paid).toEqual([]);
		expect(await effects()).toEqual([]);
	});

	test("without anything to pay to, nobody is asked and finance hears why", async () => {
		const { paid, payer } = counted(() => ({ state: "done", receipt: "r", retry: false }));
		under.outside.payer = payer;
		const { case: id } = await under.file({
			parties: [{ seat: "recipient" }],
			allegations: [{ category: "damage" }],
		});
		await under.act(under.actor("manager", "manager"), id, "GradeCase");
		await under.act(under.actor("handler", "handler"), id, "TakeFinalPosition", {
			lines: [{ item: "compensation", amount: 8_000 }],
			reasons: "按实际损失赔付",
		});
		await start(id);
		await under.settle();
		expect(paid).toEqual([]);
		expect((await itemOf(id)).attempts).toMatchObject([{ ok: false }]);
	});
});

describe("whatever crashes", () => {
	test("after the money moved, before anything was noted: paid once, told once", async () => {
		const id = await owed();
		const { payer } = under.outside;
		const moved: string[] = [];
		under.outside.payer = {
			query: payer.query,
			pay: async (payment) => {
				const result = await payer.pay(payment);
				moved.push(`${payment.idempotencyKey} ${result.state}`);
				throw new Error("the process is gone");
			},
		};
		await start(id);
		await under.run({ kinds: ["effect"] });
		expect((await itemOf(id)).pending).not.toBeNull();
		under.outside.payer = payer;
		under.now = instantPlus(MONDAY, { minutes: 1 });
		await under.settle();
		expect((await under.eventsOf(id)).filter((one) => one === "ItemDone")).toHaveLength(1);
		expect(moved).toEqual([`${id}:x1:1 done`]);
		expect(await payments()).toMatchObject([{ state: "done", amount: 8_000 }]);
		expect(under.sent.filter((one) => one.wording === "payment-sent")).toHaveLength(1);
	});

	test("after the case heard it, before the row was gone: nothing happens a second time", async () => {
		const id = await owed();
		await start(id);
		const [row] = await under.read("select * from due where kind = 'effect' and payload->>'do' = 'pay'");
		await under.settle();
		const { company, stream, key, at, payload } = row as Record<string, unknown>;
		await under.write({
			sql: "insert into due (company, id, stream, kind, key, at, payload) values ($1, 'again', $2, 'effect', $3, $4, $5::jsonb)",
			parameters: [company, stream, key, at, JSON.stringify(payload)],
		});
		const { paid, payer } = counted(() => ({ state: "done", receipt: "r", retry: false }));
		under.outside.payer = payer;
		await under.settle();
		expect(paid).toEqual([]);
		expect((await under.eventsOf(id)).filter((one) => one === "ItemDone")).toHaveLength(1);
	});
});

describe("the pretend bank's memory", () => {
	test("is sealed, and another process remembers what was paid", async () => {
		const id = await owed();
		await start(id);
		await under.settle();
		const rows = await under.read<{ pretend: Buffer }>(
			"select pretend from payment where company = $1",
			under.company,
		);
		expect(rows[0]?.pretend.toString("latin1")).not.toContain("13800001234");
		const ledger = tableLedger(database, under.desk.keys, under.desk.clock);
		expect(await ledger.find(`${id}:x1:1`)).toMatchObject({
			amount: 8_000,
			payee: { account: "13800001234" },
		});
	});
});
