import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMPLAINT, type TestEdge, testEdge } from "./testing.ts";

let edge: TestEdge;
beforeAll(async () => {
	edge = await testEdge([]);
	const claimers = Array.from({ length: 20 }, (_, n) => `claimer-${n}`);
	await edge.rows(
		"insert into person (company, id, kind, alias) select 'acme', t, 'staff', t from unnest($1::text[]) as t",
		claimers,
	);
	await edge.rows(
		"insert into membership (company, person, role) select 'acme', t, 'handler' from unnest($1::text[]) as t",
		claimers,
	);
	edge.desk.offices.forget("acme");
});
afterAll(() => edge.close());

test("of twenty who claim one case at once one wins, and nineteen are told who", async () => {
	const { case: id } = await edge.file();
	const claims = await Promise.all(
		Array.from({ length: 20 }, (_, n) =>
			edge.ask(`claimer-${n}`, "POST", `/api/cases/${id}/commands`, { type: "ClaimCase" }),
		),
	);
	expect(claims.map((one) => one.status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 409)]);
	const winner = `claimer-${claims.findIndex((one) => one.status === 200)}`;
	for (const one of claims.filter((claim) => claim.status === 409))
		expect(one.body).toMatchObject({ reason: "AlreadyClaimed", given: { by: winner } });
	const history = await edge.rows(
		"select type, actor from history where stream = $1 and type = 'CaseClaimed'",
		id,
	);
	expect(history).toEqual([{ type: "CaseClaimed", actor: winner }]);
});

describe("an idempotency key", () => {
	const file = (key: string, fields: object = {}) =>
		edge.ask("agent", "POST", "/api/complaints", { ...COMPLAINT, ...fields }, { "idempotency-key": key });

	test("files once, however often and however much at once it is sent", async () => {
		const before = await edge.rows("select count(*)::int as cases from case_row");
		const answers = await Promise.all(Array.from({ length: 10 }, () => file("filing")));
		expect(answers.map((one) => one.status).sort()).toEqual([...Array.from({ length: 9 }, () => 200), 201]);
		expect(new Set(answers.map((one) => (one.body as { case: string }).case)).size).toBe(1);
		expect(await edge.rows("select count(*)::int as cases from case_row")).toEqual([
			{ cases: (before[0]?.cases as number) + 1 },
		]);
	});

	test("of a command that can be done only once gives every sender the one answer, not a refusal", async () => {
		const { case: id } = await edge.file();
		const claim = () =>
			edge.ask(
				"handler",
				"POST",
				`/api/cases/${id}/commands`,
				{ type: "ClaimCase" },
				{ "idempotency-key": "claim" },
			);
		const answers = await Promise.all(Array.from({ length: 10 }, claim));
		expect(answers.map((one) => one.status)).toEqual(answers.map(() => 200));
		expect(new Set(answers.map((one) => (one.body as { seq: number }).seq)).size).toBe(1);
	});

	test("holds for one body: of several at once one is filed, the others are told", async () => {
		const answers = await Promise.all([0, 1, 2, 3].map((n) => file("mixed", { verbatim: `第${n}种说法` })));
		expect(answers.map((one) => one.status).sort()).toEqual([201, 422, 422, 422]);
		expect(answers.find((one) => one.status === 422)?.body).toMatchObject({
			type: "urn:redress:problem:idempotency-mismatch",
		});
	});

	test("of a refused command is free to be used again", async () => {
		const { case: id } = await edge.file();
		const key = { "idempotency-key": "again" };
		const reopen = () =>
			edge.ask(
				"handler",
				"POST",
				`/api/cases/${id}/commands`,
				{ type: "ReopenCase", why: "新情况", because: "new-facts" },
				key,
			);
		expect((await reopen()).status).toBe(409);
		expect((await reopen()).body).toMatchObject({ reason: "CaseNotClosed" });
	});

	test("is somebody's own", async () => {
		expect((await file("shared")).status).toBe(201);
		const other = await edge.ask("regulator-liaison", "POST", "/api/complaints", COMPLAINT, {
			"idempotency-key": "shared",
		});
		expect(other.status).toBe(201);
	});
});

test("whoever saw an older state of a case is told so", async () => {
	const { case: id } = await edge.file();
	const { body } = await edge.ask("handler", "GET", `/api/cases/${id}`);
	const { seq } = (body as { case: { seq: number } }).case;
	const urge = () =>
		edge.ask("handler", "POST", `/api/cases/${id}/commands`, {
			type: "RecordUrging",
			words: "快一点",
			expected: seq,
		});
	const answers = await Promise.all([urge(), urge()]);
	expect(answers.map((one) => one.status).sort()).toEqual([200, 409]);
	expect(answers.find((one) => one.status === 409)?.body).toMatchObject({
		reason: "Conflict",
		given: { expected: seq },
	});
});

test("a conduct file is no case, whatever its name is asked for as", async () => {
	await edge.rows(
		"insert into snapshot (company, stream, kind, seq, fold, head, state) values ('acme', 'courier-1', 'conduct', 1, 1, 'x', '{}')",
	);
	for (const method of ["GET", "POST"] as const) {
		const url = method === "GET" ? "/api/cases/courier-1" : "/api/cases/courier-1/commands";
		expect(
			(await edge.ask("handler", method, url, method === "POST" ? { type: "ClaimCase" } : undefined)).status,
		).toBe(404);
	}
});

test("too many requests are said to be too many", async () => {
	const slow = await testEdge([], { rate: 3 });
	try {
		const answers: number[] = [];
		for (let n = 0; n < 5; n++) answers.push((await slow.ask("handler", "GET", "/api/cases")).status);
		expect(answers).toEqual([200, 200, 200, 429, 429]);
		const refused = await slow.ask("handler", "GET", "/api/cases");
		expect(refused).toMatchObject({
			body: { type: "urn:redress:problem:too-many-requests" },
			headers: { "retry-after": expect.anything() },
		});
	} finally {
		await slow.close();
	}
});
