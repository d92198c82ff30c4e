import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMPANY, type TestEdge, testEdge } from "./testing.ts";
import { hoursOf, timesOf, todayRoutes } from "./today.ts";

interface Board {
	at: string;
	times: { today: string; tomorrow: string; lately: string };
	open: {
		byOwner: boolean;
		pack: string | null;
		severity: string | null;
		owner: string | null;
		open: number;
		dueToday: number;
		late: number;
	}[];
	waiting: { who: string; cases: number }[];
	hours: { today: number[]; usual: number[] };
	contacts: { owner: string | null; contacted: number; kept: number }[];
	closed: { closed: number; onTheSpot: number; broken: number; promises: number; promisesKept: number };
	reopened: number;
	appealed: number;
	late: Record<string, unknown>[];
}

let edge: TestEdge;
const cases: string[] = [];
const board = async (who = "manager") => (await edge.ask(who, "GET", "/api/today")).body as Board;
/** How many cases the list has for a query. */
const listed = async (query: string, who = "manager") =>
	((await edge.ask(who, "GET", `/api/cases?limit=200&${query}`)).body as { cases: unknown[] }).cases.length;
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

beforeAll(async () => {
	edge = await testEdge([todayRoutes]);
	for (let n = 0; n < 5; n++) cases.push((await edge.file()).case);
	await edge.tell("handler", cases[0] ?? "", "ClaimCase");
	await edge.tell("handler-2", cases[1] ?? "", "ClaimCase");
	await edge.tell("safety", cases[2] ?? "", "RestrictCase", { why: "有人受伤" });
	await edge.database.transaction((session) =>
		session.commitWith([
			...["manager-1", "manager-2", "manager-on-duty", "manager-of-rides"].map((id) => ({
				sql: "insert into person (company, id, kind, alias) values ($1, $2, 'staff', $2)",
				parameters: [COMPANY, id],
			})),
			...[
				["manager-1", ["outlet-1"]],
				["manager-2", ["outlet-2"]],
			].map(([id, places]) => ({
				sql: "insert into membership values ($1, $2, 'manager', $3, null)",
				parameters: [COMPANY, id, places],
			})),
			// a restricted case comes to whose duty it is; a case of another trade to whom it names
			{
				sql: `insert into membership values ($1, 'manager-on-duty', 'manager', null, null),
  ($1, 'manager-on-duty', 'duty-manager', null, null), ($1, 'manager-of-rides', 'manager', null, '{ride-hailing}')`,
				parameters: [COMPANY],
			},
			{
				sql: "update case_row set waiting = '{can:duty}', awaited = '{can:duty}' where company = $1 and id = $2",
				parameters: [COMPANY, cases[2]],
			},
			{
				sql: "update case_row set people = array_append(people, 'manager-of-rides') where company = $1 and id = any($2)",
				parameters: [COMPANY, [cases[1], cases[2]]],
			},
			// how three of them went, and one that came in a week ago
			{
				sql: "update case_row set breached = true, next_due = received_at, contact_kept = false where company = $1 and id = $2",
				parameters: [COMPANY, cases[0]],
			},
			{
				sql: "update case_row set contact_kept = true, appeals_due = 'infinity' where company = $1 and id = $2",
				parameters: [COMPANY, cases[1]],
			},
			{
				sql: `update case_row set closed_at = $3, promises = 4, promises_broken = 1, on_the_spot = true, waiting = '{}', next_due = 'infinity'
where company = $1 and id = $2`,
				parameters: [COMPANY, cases[3], edge.now.at],
			},
			{
				sql: "update case_row set received_at = received_at - interval '7 days', reopened_at = $3 where company = $1 and id = $2",
				parameters: [COMPANY, cases[4], edge.now.at],
			},
		]),
	);
	edge.desk.offices.forget(COMPANY);
});
afterAll(() => edge.close());

describe("the board of the day", () => {
	test.each(["handler", "agent", "admin", "courier-1", "officer", "key"])("is not for %s", async (who) => {
		expect((await edge.ask(who, "GET", "/api/today")).status).toBe(403);
	});

	test.each([...["manager", "manager-1", "manager-2", "manager-on-duty", "manager-of-rides"]])(
		"counts for %s what their lists have",
		async (who) => {
			const { open, waiting, hours, contacts, closed, reopened, appealed, times } = await board(who);
			for (const one of open.filter(({ byOwner }) => byOwner)) {
				const owned = one.owner === null ? "unclaimed=true" : `owner=${one.owner}`;
				expect(one.open).toBe(await listed(`closed=false&${owned}`, who));
				expect(one.late).toBe(await listed(`closed=false&breached=true&${owned}`, who));
				expect(one.dueToday).toBe(await listed(`closed=false&dueBefore=${times.tomorrow}&${owned}`, who));
			}
			for (const one of open.filter(({ byOwner }) => !byOwner)) {
				const graded = one.severity === null ? "ungraded=true" : `severity=${one.severity}`;
				expect(one.open).toBe(await listed(`closed=false&pack=${one.pack}&${graded}`, who));
			}
			for (const one of waiting) {
				const query = one.who === "person" ? "named=true" : `waiting=${one.who}`;
				expect(one.cases).toBe(await listed(query, who));
			}
			for (const { owner, contacted, kept } of contacts) {
				const owned = `receivedFrom=${times.lately}&${owner === null ? "unclaimed=true" : `owner=${owner}`}`;
				expect(kept).toBe(await listed(`contactKept=true&${owned}`, who));
				expect(contacted - kept).toBe(await listed(`contactKept=false&${owned}`, who));
			}
			expect(sum(hours.today)).toBe(
				await listed(`receivedFrom=${times.today}&receivedBefore=${times.tomorrow}`, who),
			);
			const lately = `closed=true&closedFrom=${times.lately}`;
			expect(closed.closed).toBe(await listed(lately, who));
			expect(closed.onTheSpot).toBe(await listed(`${lately}&onTheSpot=true`, who));
			expect(closed.broken).toBe(await listed(`${lately}&broken=true`, who));
			expect(reopened).toBe(await listed(`reopenedFrom=${times.lately}`, who));
			expect(appealed).toBe(await listed("appealed=true", who));
		},
	);

	test("counts every case once", async () => {
		const { open, closed, hours, reopened, appealed, contacts } = await board();
		const owners = open.filter((one) => one.byOwner);
		// the restricted one is not the manager's
		expect(sum(owners.map((one) => one.open))).toBe(3);
		expect(owners.find((one) => one.owner === "handler")).toMatchObject({ open: 1, late: 1, dueToday: 1 });
		expect(closed).toEqual({ closed: 1, onTheSpot: 1, broken: 1, promises: 4, promisesKept: 3 });
		expect([reopened, appealed]).toEqual([1, 1]);
		expect(sum(hours.today)).toBe(3);
		expect(sum(hours.usual)).toBe(1 / 4);
		expect(contacts).toEqual(
			expect.arrayContaining([
				{ owner: "handler", contacted: 1, kept: 0 },
				{ owner: "handler-2", contacted: 1, kept: 1 },
			]),
		);
	});

	test.each([
		["manager-on-duty", 4],
		["manager-of-rides", 2],
	])("counts for %s also what comes to them alone", async (who, cases) => {
		const { open } = await board(who);
		expect(sum(open.filter((one) => one.byOwner).map((one) => one.open))).toBe(cases);
		expect(await listed("closed=false", who)).toBe(cases);
	});

	test("shows of a late case what the list shows, and nobody's words or names", async () => {
		const { late } = await board();
		expect(late).toHaveLength(1);
		expect(Object.keys(late[0] ?? {}).sort()).toEqual([
			...["categories", "due", "id", "number", "owner", "pack", "severity", "step", "urgency"],
		]);
	});

	test("is empty for whoever's outlets have no case", async () => {
		const { open, waiting, late, closed } = await board("manager-2");
		expect([open.filter((one) => one.open > 0), waiting, late]).toEqual([[], [], []]);
		expect(closed.closed).toBe(0);
	});
});

test("the day begins at midnight of the company, and is compared with the same weekday", () => {
	const { today, tomorrow, lately, days } = timesOf("2026-03-01T16:30:00.000Z", "Asia/Shanghai");
	expect([lately, today, tomorrow]).toEqual([
		"2026-02-23T16:00:00.000Z",
		"2026-03-01T16:00:00.000Z",
		"2026-03-02T16:00:00.000Z",
	]);
	expect(days.map((one) => one.from.slice(0, 10))).toEqual([
		...["2026-03-01", "2026-02-22", "2026-02-15", "2026-02-08", "2026-02-01"],
	]);
});

test("the usual is the mean of four weeks; an hour too many belongs to the last", () => {
	const { today, usual } = hoursOf([
		{ day: 0, hour: 24, cases: 2 },
		{ day: 1, hour: 9, cases: 3 },
		{ day: 4, hour: 9, cases: 1 },
	]);
	expect([today[23], usual[9]]).toEqual([2, 1]);
});
