import { afterAll, beforeAll, expect, test } from "vitest";
import { LiveFeed, type Told } from "../live/feed.ts";
import type { TestEdge } from "./testing.ts";
import { wholeEdge } from "./testing-whole.ts";

let edge: TestEdge;
let address: string;

beforeAll(async () => {
	edge = await wholeEdge();
	address = await edge.app.listen({ port: 0 });
});
afterAll(() => edge.close());

interface Heard {
	event: string;
	id: string | null;
	data: { cases?: { id: string; seq: number }[]; case?: string; people?: object[] };
}

/** Listens as somebody does, with the page's own protocol. */
async function listen(who: string, last?: string) {
	const stop = new AbortController();
	const answer = await fetch(`${address}/api/live`, {
		headers: { "x-test-actor": who, accept: "text/event-stream", ...(last ? { "last-event-id": last } : {}) },
		signal: stop.signal,
	});
	expect(answer.status).toBe(200);
	const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
	const heard: Heard[] = [];
	let rest = "";
	const next = async (fits: (one: Heard) => boolean): Promise<Heard> => {
		for (;;) {
			const found = heard.findIndex(fits);
			if (found >= 0) return heard.splice(0, found + 1).at(-1)!;
			const { value, done } = await reader.read();
			if (done) throw new Error("the stream ended");
			const blocks = (rest + value).split("\n\n");
			rest = blocks.pop() ?? "";
			heard.push(...blocks.flatMap(blockIn));
		}
	};
	return { next, stop: () => stop.abort() };
}

function blockIn(text: string): Heard[] {
	const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(text)?.[1] ?? null;
	const data = field("data");
	return data === null
		? []
		: [{ event: field("event") ?? "message", id: field("id"), data: JSON.parse(data) }];
}

const about = (id: string) => (one: Heard) => one.data.cases?.some((kase) => kase.id === id) ?? false;

test("who listens hears of new and changed cases, by number only", async () => {
	const ear = await listen("handler");
	const filed = await edge.file();
	const heard = await ear.next(about(filed.case));
	expect(heard.event).toBe("cases");
	const own = heard.data.cases!.find((one) => one.id === filed.case)!;
	expect(Object.keys(own).sort()).toEqual(["id", "number", "seq"]);
	await edge.tell("handler", filed.case, "ClaimCase");
	await ear.next((one) => one.data.cases?.some(({ id, seq }) => id === filed.case && seq > own.seq) ?? false);
	ear.stop();
});

test("who listens is told at once how far that goes, to come back there", async () => {
	const ear = await listen("handler");
	const { id } = await ear.next((one) => one.event === "hello");
	ear.stop();
	const missed = await edge.file();
	const again = await listen("handler", id!);
	await again.next(about(missed.case));
	again.stop();
});

test("whoever was away hears what was missed, from where they had been", async () => {
	const ear = await listen("handler");
	const known = await edge.file();
	const { id } = await ear.next(about(known.case));
	ear.stop();
	const missed = [await edge.file(), await edge.file()];
	const again = await listen("handler", id!);
	for (const one of missed) await (await listen("handler", id!)).next(about(one.case));
	const both = await again.next((one) => missed.every(({ case: kase }) => about(kase)(one)));
	expect(Number(both.id)).toBeGreaterThan(Number(id));
	again.stop();
});

test("after more than can be told everything is to be asked again", async () => {
	await edge.rows(
		`insert into case_row select x.* from case_row r cross join generate_series(1, 501) n
cross join lateral jsonb_populate_record(r, jsonb_build_object('id', 'copy' || n, 'number', 'copy' || n, 'touched_at', clock_timestamp()::text)) x
where r.id = (select min(id) from case_row)`,
	);
	const ear = await listen("handler", "1");
	await ear.next((one) => one.event === "reset");
	ear.stop();
	await edge.rows("delete from case_row where id like 'copy%'");
});

test("nobody hears of cases that they may not see", async () => {
	const [worker, stranger] = [await listen("courier-1"), await listen("courier-2")];
	const own = await edge.file();
	await worker.next(about(own.case));
	const marked = await edge.file({
		parties: [
			{ seat: "recipient", name: "王五", phone: "13800004321" },
			{ seat: "courier", person: "courier-2", organisation: "outlet-1" },
		],
	});
	// the first thing that the stranger hears of is their own case
	const heard = await stranger.next((one) => one.event === "cases");
	expect(heard.data.cases!.map((one) => one.id)).not.toContain(own.case);
	expect(heard.data.cases!.map((one) => one.id)).toContain(marked.case);
	worker.stop();
	stranger.stop();
});

test("another process's changes are heard too, and each only once", async () => {
	const feed = new LiveFeed(edge.desk, { everyMs: 20 });
	const told: Told[] = [];
	const heard = Promise.withResolvers<void>();
	const wanted = { id: "" };
	const { actor } = (await edge.edge.actorFor(
		{ headers: { "x-test-actor": "handler" } } as never,
		null as never,
	))!;
	const { end } = await feed.listen(
		{
			actor,
			tell: (news) => {
				told.push(...news);
				if (casesIn(news).includes(wanted.id)) heard.resolve();
			},
		},
		null,
	);
	const filed = await edge.file();
	wanted.id = filed.case;
	if (!casesIn(told).includes(filed.case)) await heard.promise;
	const other = await edge.file();
	const second = Promise.withResolvers<void>();
	const check = setInterval(() => casesIn(told).includes(other.case) && second.resolve(), 10);
	await second.promise;
	clearInterval(check);
	end();
	expect(casesIn(told).filter((one) => one === filed.case)).toHaveLength(1);
});

function casesIn(told: readonly Told[]): string[] {
	return told.flatMap((one) => (one.event === "cases" ? one.data.cases.map(({ id }) => id) : []));
}

test("who has a case open, and types, is heard by the office; until they go or fall silent", async () => {
	const filed = await edge.file();
	const ear = await listen("handler");
	const say = (body: object) => edge.ask("handler-2", "POST", "/api/presence", { case: filed.case, ...body });
	const people = async () =>
		(await ear.next((one) => one.event === "presence" && one.data.case === filed.case)).data.people;
	expect((await say({ doing: "looking" })).status).toBe(204);
	expect(await people()).toEqual([{ person: "handler-2", doing: "looking", about: null }]);
	await say({ doing: "typing", about: "GradeCase" });
	expect(await people()).toEqual([{ person: "handler-2", doing: "typing", about: "GradeCase" }]);
	const late = await listen("manager");
	await late.next((one) => one.event === "presence" && one.data.case === filed.case);
	late.stop();
	await edge.ask("handler-2", "DELETE", `/api/presence/${filed.case}`);
	expect(await people()).toEqual([]);
	await say({});
	await people();
	edge.now.at = new Date(Date.parse(edge.now.at) + 60_000).toISOString();
	expect(await people()).toEqual([]);
	ear.stop();
});

test("presence is the office's own: sides of a case neither say nor hear it", async () => {
	const filed = await edge.file();
	const worker = await listen("courier-1");
	expect((await edge.ask("courier-1", "POST", "/api/presence", { case: filed.case })).status).toBe(404);
	await edge.ask("handler", "POST", "/api/presence", { case: filed.case });
	await edge.tell("handler", filed.case, "ClaimCase");
	const heard = await worker.next((one) => one.event === "presence" || about(filed.case)(one));
	expect(heard.event).toBe("cases");
	worker.stop();
	for (const body of [{ case: "nowhere" }, { case: `${filed.case}x` }])
		expect((await edge.ask("handler", "POST", "/api/presence", body)).status).toBe(404);
	for (const body of [{}, { case: filed.case, doing: "eating" }, { case: filed.case, about: "Nothing" }])
		expect((await edge.ask("handler", "POST", "/api/presence", body)).status).toBe(422);
});

test("only an event stream is answered, and only to somebody", async () => {
	expect((await edge.ask("handler", "GET", "/api/live")).status).toBe(406);
	const accept = { accept: "text/event-stream" };
	expect((await edge.ask("nobody", "GET", "/api/live", undefined, accept)).status).toBe(401);
	const wrong = { ...accept, "last-event-id": "yesterday" };
	expect((await edge.ask("handler", "GET", "/api/live", undefined, wrong)).status).toBe(422);
});

const call = (who: string, event: string, id: string, fields: object = {}) =>
	edge.ask(who, "POST", "/api/calls", { event, call: id, ...fields });
const ring = (id: string, fields: object = {}) => call("key", "ringing", id, { line: "4000", ...fields });

test("agents hear at once that it rings, is taken and is over; not which call, nor from whom", async () => {
	const [agent, colleague] = [await listen("agent"), await listen("handler")];
	for (const one of [agent, colleague]) await one.next(({ event }) => event === "hello");
	const calls = ({ event }: Heard) => event === "calls";
	await ring("l1", { caller: "13800001234" });
	for (const one of [agent, colleague]) expect(await one.next(calls)).toMatchObject({ id: null, data: {} });
	await call("agent", "answered", "l1");
	for (const one of [agent, colleague]) await one.next(calls);
	await call("agent", "ended", "l1");
	for (const one of [agent, colleague]) await one.next(calls);
	agent.stop();
	colleague.stop();
});

test("what rings at one desk, or is no call of theirs, nobody else hears", async () => {
	const [other, officer] = [await listen("handler"), await listen("officer")];
	for (const one of [other, officer]) await one.next(({ event }) => event === "hello");
	const agent = await listen("agent");
	await ring("l2", { to: "agent" });
	await agent.next(({ event }) => event === "calls");
	// what each hears first after it is what happened next
	const filed = await edge.file();
	expect((await other.next(({ event }) => event === "calls" || event === "cases")).event).toBe("cases");
	await edge.tell("handler", filed.case, "GradeCase");
	await edge.tell("handler", filed.case, "ClaimCase");
	const question = { organisation: "outlet-1", about: "records", words: "请调取交接记录" };
	await edge.tell("handler", filed.case, "AskQuestion", question);
	expect((await officer.next(({ event }) => event === "calls" || event === "cases")).event).toBe("cases");
	await call("key", "ended", "l2");
	for (const one of [agent, other, officer]) one.stop();
});
