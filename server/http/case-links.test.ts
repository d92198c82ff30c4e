import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { instantPlus } from "#engine/time/instant.ts";
import { newLink } from "../accounts/links.ts";
import { commit } from "../store/commit.ts";
import { COMPANY, type TestEdge } from "./testing.ts";
import { wholeEdge } from "./testing-whole.ts";

let edge: TestEdge;
let kase: string;
let url: string;

interface Shown {
	id: string;
	party: string;
	madeBy: string | null;
	readAt: string | null;
	openedAt: string | null;
	confirmedAt: string | null;
	revokedAt: string | null;
	revokedBy: string | null;
}

beforeAll(async () => {
	edge = await wholeEdge();
	kase = (await edge.file()).case;
	url = `/api/cases/${kase}/links`;
});
afterAll(() => edge.close());

/** A link as it comes with a notice. */
async function sent(): Promise<{ token: string; id: string }> {
	const made = {
		company: COMPANY,
		case: kase,
		party: "p1",
		expiresAt: instantPlus(edge.now.at, { days: 90 }),
	};
	const { token, id, row } = newLink(edge.desk.keys, made, edge.now.at);
	await commit(edge.database, row);
	return { token, id };
}

async function shown(id: string): Promise<Shown | undefined> {
	const { body } = await edge.ask("handler", "GET", url);
	return (body as { links: Shown[] }).links.find((one) => one.id === id);
}

async function opens(token: string): Promise<number> {
	return (await edge.ask("nobody", "POST", "/api/link", { token })).status;
}

describe("the office", () => {
	test("sees that a link was opened by somebody who did not confirm", async () => {
		const { token, id } = await sent();
		expect(await shown(id)).toMatchObject({ party: "p1", madeBy: null, readAt: null, revokedAt: null });
		expect(await opens(token)).toBe(200);
		expect(await shown(id)).toMatchObject({ readAt: edge.now.at, openedAt: null, confirmedAt: null });
	});

	test("withdraws one link, or all of a party; who did it stays written", async () => {
		const [one, two, three] = [await sent(), await sent(), await sent()];
		const first = await edge.ask("agent", "POST", `${url}/withdraw`, { party: "p1", link: one.id });
		expect(first).toMatchObject({ status: 200, body: { withdrawn: 1 } });
		expect(await opens(one.token)).toBe(410);
		expect(await opens(two.token)).toBe(200);
		expect(await edge.ask("handler", "POST", `${url}/withdraw`, { party: "p1" })).toMatchObject({
			status: 200,
		});
		expect(await opens(three.token)).toBe(410);
		expect(await shown(one.id)).toMatchObject({ revokedBy: "agent" });
		expect(await shown(two.id)).toMatchObject({ revokedBy: "handler" });
	});

	test("sends a new one, which withdraws the others where it says so, and not without end", async () => {
		const { token } = await sent();
		const answer = await edge.ask("handler", "POST", url, { party: "p1", withdraw: true });
		expect(answer.status).toBe(202);
		expect(await opens(token)).toBe(410);
		const due = await edge.rows(
			"select payload from due where stream = $1 and payload->>'do' = 'send-link'",
			kase,
		);
		expect(due).toEqual([{ payload: { do: "send-link", party: "p1", by: "handler" } }]);
		const more = [];
		for (let n = 0; n < 6; n++) more.push((await edge.ask("handler", "POST", url, { party: "p1" })).status);
		expect(more.at(-1)).toBe(429);
	});

	test.each([
		["courier-1", 403],
		["courier-2", 404],
		["quality", 403],
		["finance", 403],
		["nobody", 401],
	])("%s neither sees nor withdraws them", async (who, status) => {
		expect((await edge.ask(who, "GET", url)).status).toBe(status);
		expect((await edge.ask(who, "POST", `${url}/withdraw`, { party: "p1" })).status).toBe(status);
		expect((await edge.ask(who, "POST", url, { party: "p1" })).status).toBe(status);
	});

	test("nobody who follows by no link is sent one", async () => {
		expect((await edge.ask("handler", "POST", url, { party: "p2" })).status).toBe(422);
		expect((await edge.ask("handler", "POST", url, { party: "p9" })).status).toBe(422);
	});
});

test("the complainant makes a link that was passed on useless and goes on with a new one", async () => {
	const other = (await edge.file()).case;
	const made = {
		company: COMPANY,
		case: other,
		party: "p1",
		expiresAt: instantPlus(edge.now.at, { days: 90 }),
	};
	const { token, row } = newLink(edge.desk.keys, made, edge.now.at);
	await commit(edge.database, row);
	const renewed = await edge.ask(`link:${other}:p1`, "POST", "/api/me/link/renew");
	expect(renewed.status).toBe(200);
	const { link } = renewed.body as { link: string };
	expect(link).toMatch(/^\/c\/[\w-]{40,}$/);
	expect(await opens(token)).toBe(410);
	expect(await opens(link.slice(3))).toBe(200);
	expect(String(renewed.headers["set-cookie"])).toContain("redress.link=");
	const { body } = await edge.ask("handler", "GET", `/api/cases/${other}/links`);
	expect((body as { links: Shown[] }).links.map((one) => [one.madeBy, one.revokedBy])).toContainEqual([
		null,
		"p1",
	]);
	expect((await edge.ask("courier-1", "POST", "/api/me/link/renew")).status).toBe(404);
});
