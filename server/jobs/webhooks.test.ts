import { createHmac } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { instantPlus } from "#engine/time/instant.ts";
import { type Reply, type Seen, type StandIn, standIn } from "../adapters/stand-ins/listen.ts";
import type { Database } from "../store/database/database.ts";
import { testDatabase } from "../store/database/testing.ts";
import type { Attempt } from "../store/deliveries.ts";
import { type DeskUnderTest, deskUnderTest, MONDAY } from "./testing.ts";

let database: Database<unknown>;
let under: DeskUnderTest;
let receiver: StandIn;
const seen: Seen[] = [];
let answer: (seen: Seen) => Reply;

beforeAll(async () => {
	database = await testDatabase();
	receiver = await standIn((one) => {
		seen.push(one);
		return answer(one);
	});
});
beforeEach(async () => {
	under = await deskUnderTest(database);
	seen.length = 0;
	answer = () => ({ status: 204, body: "" });
});
afterEach(() => under.write({ sql: "delete from webhook", parameters: [] }));
afterAll(async () => {
	await receiver.close();
	await database.close();
});

const secret = Buffer.from("a secret of the integrator's own");

async function webhook(url: string, events = ["ComplaintFiled"], id = "w1"): Promise<void> {
	await under.write({
		sql: "insert into webhook (company, id, url, secret, events, made_at) values ($1, $2, $3, $4, $5, $6)",
		parameters: [under.company, id, url, secret, events, MONDAY],
	});
}

interface Row {
	attempts: Attempt[];
	delivered: string | null;
	givenUp: string | null;
}

const deliveries = () =>
	under.read<Row>(
		'select attempts, delivered_at as delivered, given_up_at as "givenUp" from delivery where company = $1 order by made_at, id',
		under.company,
	);
const due = () => under.read<{ at: string }>("select at from due where kind = 'delivery' order by at");

/** What an integrator's server does with the header. */
function verified({ headers, body }: Seen): boolean {
	const header = String(headers["redress-signature"]);
	const { t, v1 } = Object.fromEntries(header.split(",").map((part) => part.split("="))) as Record<
		string,
		string
	>;
	return (
		v1 === createHmac("sha256", secret).update(`${t}.${body}`).digest("hex") &&
		Number(t) === Math.floor(Date.parse(under.now) / 1000)
	);
}

describe("a delivery", () => {
	test("is posted as JSON, signed, with names and numbers alone", async () => {
		await webhook(`${receiver.url}/hooks`);
		const { case: id, number } = await under.file();
		await under.run({ kinds: ["delivery"] });
		expect(seen).toHaveLength(1);
		expect(seen[0]).toMatchObject({
			method: "POST",
			headers: {
				"content-type": "application/json",
				"redress-event": "ComplaintFiled",
				"redress-delivery": `w1:${id}:1`,
			},
		});
		expect(verified(seen[0]!)).toBe(true);
		expect(JSON.parse(seen[0]!.body)).toEqual({
			case: id,
			number,
			seq: 1,
			event: "ComplaintFiled",
			at: MONDAY,
		});
		expect(await deliveries()).toMatchObject([
			{ delivered: MONDAY, attempts: [{ at: MONDAY, status: 204, error: null }] },
		]);
		expect(await due()).toEqual([]);
	});

	test("is tried again, later each time, until it is taken; every try is logged", async () => {
		await webhook(receiver.url);
		const genuine: boolean[] = [];
		answer = (one) => {
			genuine.push(verified(one));
			return { status: genuine.length < 3 ? 503 : 200, body: "" };
		};
		await under.file();
		const waits: number[] = [];
		for (let tries = 0; tries < 3; tries += 1) {
			await under.run({ kinds: ["delivery"] });
			const [row] = await due();
			if (!row) break;
			waits.push(Date.parse(row.at) - Date.parse(under.now));
			under.now = row.at;
		}
		expect(genuine).toEqual([true, true, true]);
		expect(new Set(seen.map((one) => one.body)).size).toBe(1);
		expect(waits[1]).toBeGreaterThan(waits[0]!);
		expect((await deliveries())[0]?.attempts.map((one) => one.status)).toEqual([503, 503, 200]);
		expect((await deliveries())[0]?.delivered).toBe(under.now);
	});

	test("is given up after three days", async () => {
		await webhook(receiver.url);
		answer = () => ({ status: 500, body: "" });
		await under.file();
		for (let tries = 0; (await due()).length > 0; tries += 1) {
			expect(tries).toBeLessThan(40);
			under.now = (await due())[0]!.at;
			await under.run({ kinds: ["delivery"] });
		}
		const [given] = await deliveries();
		expect(given).toMatchObject({ delivered: null, givenUp: under.now });
		expect(given!.attempts.length).toBeGreaterThan(15);
		expect(Date.parse(under.now) - Date.parse(MONDAY)).toBeGreaterThan(2.5 * 86_400_000);
		expect(Date.parse(under.now) - Date.parse(MONDAY)).toBeLessThan(3 * 86_400_000);
	});

	test("follows no redirect", async () => {
		await webhook(`${receiver.url}/old`);
		answer = () => ({ status: 307, body: "", headers: { location: `${receiver.url}/new` } });
		await under.file();
		await under.run({ kinds: ["delivery"] });
		expect(seen.map((one) => one.url.pathname)).toEqual(["/old"]);
		expect((await deliveries())[0]).toMatchObject({ delivered: null, attempts: [{ status: 307 }] });
	});

	test("to where nobody listens is logged with a word, and the others of that webhook are not tried in vain", async () => {
		const gone = await standIn(() => ({ status: 200, body: "" }));
		await gone.close();
		await webhook(gone.url);
		await webhook(receiver.url, ["ComplaintFiled"], "w2");
		for (let n = 0; n < 4; n += 1) await under.file();
		await under.run({ kinds: ["delivery"] });
		const tried = (await deliveries()).flatMap((one) => one.attempts);
		expect(tried.filter((one) => one.error === "ECONNREFUSED")).toHaveLength(1);
		expect(tried.filter((one) => one.status === 204)).toHaveLength(4);
		expect(await due()).toHaveLength(4);
	});

	test("of a webhook switched off meanwhile is given up", async () => {
		await webhook(receiver.url);
		await under.file();
		await under.write({
			sql: "update webhook set active = false where company = $1",
			parameters: [under.company],
		});
		await under.run({ kinds: ["delivery"] });
		expect(seen).toEqual([]);
		expect(await deliveries()).toMatchObject([{ givenUp: MONDAY, attempts: [{ error: "switched-off" }] }]);
		expect(await due()).toEqual([]);
	});

	test("never goes to a private address where that is not allowed, by number or by name", async () => {
		under.outside.privateWebhooks = false;
		const { port } = new URL(receiver.url);
		for (const [n, host] of [
			"127.0.0.1",
			"[::ffff:127.0.0.1]",
			"localhost",
			"2130706433",
			"10.1.2.3",
		].entries())
			await webhook(`http://${host}:${port}/`, ["ComplaintFiled"], `w${n}`);
		await under.file();
		await under.run({ kinds: ["delivery"] });
		expect(seen).toEqual([]);
		const errors = (await deliveries()).map((one) => one.attempts[0]?.error);
		expect(errors).toEqual(Array.from({ length: 5 }, () => "private-address"));
	});

	test("already taken, is not posted again by a row that came back", async () => {
		await webhook(receiver.url);
		await under.file();
		const [row] = await under.read<Record<string, unknown>>("select * from due where kind = 'delivery'");
		await under.run({ kinds: ["delivery"] });
		under.now = instantPlus(MONDAY, { minutes: 10 });
		const { company, id, stream, key, at, payload } = row!;
		await under.write({
			sql: "insert into due (company, id, stream, kind, key, at, payload) values ($1, $2, $3, 'delivery', $4, $5, $6::jsonb)",
			parameters: [company, id, stream, key, at, JSON.stringify(payload)],
		});
		expect(await under.run({ kinds: ["delivery"] })).toBe(1);
		expect(seen).toHaveLength(1);
	});
});
