import { randomInt } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DEMO_PASSWORD } from "#server/demo/accounts.ts";
import { COMPANY } from "#server/demo/company.ts";
import { RunningServer } from "./running-server.ts";
import type { Done, Seen } from "./visitor.ts";
import { Visitor } from "./visitor.ts";

/**
 * The server is killed on the spot, again and again, while clerks file, settle and pay. Whatever was acknowledged must
 * be there afterwards; whatever was sent again under its own key must have happened once; every yuan goes out once.
 */

const CLERKS = 4;
const CASES_EACH = 4;
const KILLS = 3;

let server: RunningServer;
let people: Record<string, Visitor>;
/** Every acknowledgement, by the key it was sent under. */
const acknowledged = new Map<string, Done>();

/** Acknowledgements from now until the next kill; which of them it is, nobody knows beforehand. */
let untilKill = randomInt(5, 25);
let killsLeft = KILLS;
/** Settled while the server runs; pending while it is being brought back. */
let running: Promise<void> = Promise.resolve();

beforeAll(async () => {
	server = await RunningServer.prepared();
	await server.start();
	const logins = ["agent", "handler", "finance", "manager"];
	const signedIn = logins.map((login) => new Visitor(server.url).signIn(login, DEMO_PASSWORD));
	people = Object.fromEntries((await Promise.all(signedIn)).map((one, n) => [logins[n], one]));
});
afterAll(() => server.remove());

function noteAcknowledgement(): void {
	untilKill -= 1;
	if (untilKill > 0 || killsLeft === 0) return;
	killsLeft -= 1;
	untilKill = randomInt(5, 25);
	running = server.kill().then(() => server.start());
}

/** Sends a write under its key until it is acknowledged; connections that break are what a crash looks like. */
async function once(who: string, key: string, path: string, body: object): Promise<Done> {
	for (let tries = 0; tries < 50; tries++) {
		await running;
		const answer = await people[who]?.ask("POST", path, body, { "idempotency-key": key }).catch(() => null);
		if (!answer) continue;
		if (answer.status >= 400) throw new Error(`${path} ${JSON.stringify(body)} → ${JSON.stringify(answer)}`);
		acknowledged.set(key, answer.body as Done);
		noteAcknowledgement();
		return answer.body as Done;
	}
	throw new Error(`${key} was never acknowledged`);
}

const filing = (n: string) => ({
	pack: "express",
	channel: "phone",
	verbatim: `包裹${n}送到别人家了，请赔偿。`,
	parties: [
		{ seat: "recipient", name: "尹某", phone: `1990001${n.padStart(4, "0")}` },
		{ seat: "courier", person: "courier" },
	],
	allegations: [{ category: "misdelivery", accused: [1] }],
	orders: [
		{ number: `YD-CRASH-${n}`, facts: { fee: 1500, insured: false, delayDays: 0, serviceArea: "same-city" } },
	],
});

/** From filing to the order to pay; each step is a write of its own with a key of its own. */
const STEPS: readonly [string, string, Record<string, unknown>][] = [
	["agent", "GradeCase", {}],
	["handler", "ClaimCase", {}],
	["handler", "MakeOffer", { lines: [{ item: "compensation", amount: 5000 }], grounds: "先行赔付五十元。" }],
	["handler", "AcceptOffer", { offer: "o1", through: "spoken" }],
	["finance", "StartItem", { item: "x1", method: "wechat" }],
];

async function workThrough(n: string): Promise<void> {
	const filed = await once("agent", `file-${n}`, "/api/complaints", filing(n));
	for (const [who, type, fields] of STEPS)
		await once(who, `${type}-${n}`, `/api/cases/${filed.case}/commands`, { type, ...fields });
}

test("killed three times in the middle of things, nothing that was acknowledged is lost and nothing is done twice", async () => {
	const clerks = Array.from({ length: CLERKS }, async (_, clerk) => {
		for (let n = 0; n < CASES_EACH; n++) await workThrough(`${clerk * CASES_EACH + n}`);
	});
	await Promise.all(clerks);
	await running;
	expect(killsLeft).toBe(0);
	const cases = new Map([...acknowledged.values()].map((one) => [one.case, one.number]));
	expect(cases.size).toBe(CLERKS * CASES_EACH);
	const list = await people.manager?.get<{ cases: { id: string }[] }>("/api/cases?limit=200");
	expect(list?.cases.map((one) => one.id).sort()).toEqual([...cases.keys()].sort());
	for (const id of cases.keys()) await expectHistoryOf(id);
});

/** The history holds every event that was acknowledged, where it was said to be, and none a second time. */
async function expectHistoryOf(id: string): Promise<void> {
	const path = `/api/cases/${id}/history`;
	const history = await people.manager?.get<{ events: { seq: number; type: string }[] }>(path);
	const bySeq = new Map(history?.events.map((one) => [one.seq, one.type]));
	for (const done of acknowledged.values())
		for (const one of done.case === id ? done.events : []) expect(bySeq.get(one.seq)).toBe(one.type);
	const types = [...bySeq.values()];
	for (const type of [
		"ComplaintFiled",
		"CaseGraded",
		"CaseClaimed",
		"OfferMade",
		"OfferAccepted",
		"ItemStarted",
	])
		expect(types.filter((one) => one === type)).toHaveLength(1);
}

test("sent once more, every write answers as it did the first time and changes nothing", async () => {
	for (const [key, first] of acknowledged) {
		const [type = "", n = ""] = key.split("-");
		const step = STEPS.find(([, name]) => name === type);
		const [who, path, body] = step
			? ([step[0], `/api/cases/${first.case}/commands`, { type, ...step[2] }] as const)
			: (["agent", "/api/complaints", filing(n)] as const);
		const { repeated: _, ...before } = first;
		const answer = await people[who]?.ask("POST", path, body, { "idempotency-key": key });
		expect(answer).toEqual({ status: 200, body: { ...before, repeated: true } });
	}
});

test("every case is paid, each exactly once, whatever was under way when the server died", async () => {
	const ids = [...new Set([...acknowledged.values()].map((one) => one.case))];
	const manager = people.manager as Visitor;
	const isPaid = async (id: string) =>
		(await manager.get<Seen>(`/api/cases/${id}`)).case.items[0]?.done != null;
	const deadline = Date.now() + 60_000;
	for (const id of ids) while (!(await isPaid(id))) expect(Date.now()).toBeLessThan(deadline);
	await server.stop();
	const payments = await server.withDatabase(async (database) => {
		const sql = "select key, state, amount::int as amount from payment where company = $1 order by key";
		const [rows = []] = await database.read([{ sql, parameters: [COMPANY] }]);
		return rows as { key: string; state: string; amount: number }[];
	});
	expect(payments).toEqual(ids.sort().map((id) => ({ key: `${id}:x1:1`, state: "done", amount: 5000 })));
});

test("every history is whole, and what is kept beside the histories is what they say", async () => {
	expect(await server.runs("verify.ts")).toMatchObject({ code: 0 });
	expect(await server.runs("rebuild.ts", "--check")).toMatchObject({ code: 0 });
});
