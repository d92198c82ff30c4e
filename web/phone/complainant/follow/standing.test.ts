import { expect, test } from "vitest";
import { type Case, emptyCase } from "#engine/case.ts";
import { mayTurnOutside, nextOf, promisesOf, stagesOf, talkingWith } from "./standing.ts";
import { storyOf } from "./story.ts";

const AT = "2026-03-02T02:00:00.000Z";
const LATER = "2026-03-03T02:00:00.000Z";
const act = { at: LATER, by: "handler" };
const kept = { ref: "w1", hash: "" };
const kase = (how: Partial<Case> = {}): Case => ({
	...emptyCase("c1", "acme", "260302-X", { name: "express", version: "2026-03" }),
	intake: { receivedAt: AT, verbatim: kept } as unknown as NonNullable<Case["intake"]>,
	...how,
});
const offer = (how: object = {}) =>
	({
		...{
			id: "o1",
			from: "company",
			total: { amount: 7_500, currency: "CNY" },
			lines: [],
			grounds: kept,
			until: LATER,
		},
		...{ accepted: null, declined: null, expired: null, superseded: null, at: LATER, by: "handler", ...how },
	}) as unknown as Case["offers"][number];

test("the stage after the last one reached is the one that is on; what was passed over is not waited for", () => {
	expect(stagesOf(kase()).map((one) => one.state)).toEqual(["done", "now", "ahead", "ahead", "ahead"]);
	expect(stagesOf(kase({ offers: [offer()] })).map((one) => one.state)).toEqual([
		...["done", "done", "done"],
		...["now", "ahead"],
	]);
	const agreed = kase({ offers: [offer({ accepted: act })] });
	expect(stagesOf(agreed).findLast((one) => one.state === "done")?.stage).toBe("answered");
});

test.each<[string, Partial<Case>, Record<string, true>, string]>([
	["an offer", { offers: [offer()] }, { AcceptOffer: true }, "answer-offer"],
	[
		"one's own demand is not to be answered",
		{ offers: [offer({ from: "complainant" })] },
		{ AcceptOffer: true },
		"wait",
	],
	[
		"a question",
		{ questions: [{ id: "q1", answer: null, withdrawn: null, noReply: null }] as never },
		{},
		"answer-question",
	],
	["all done: is it solved", {}, { Confirm: true }, "confirm"],
	[
		"asked again after the fact",
		{ closure: act as never, followUpPlan: [{ attempt: "first", due: AT, asked: AT }] },
		{ RecordFollowUp: true },
		"follow-up",
	],
	[
		"closed, and not asked again yet",
		{ closure: act as never, followUpPlan: [{ attempt: "first", due: LATER }] },
		{ RecordFollowUp: true },
		"closed",
	],
	["nothing", {}, {}, "wait"],
])("what is asked of the complainant: %s", (_, how, allowed, is) => {
	expect(nextOf({ case: kase(how), allowed }).is).toBe(is);
});

test("the law's promises come first, the office's own targets not at all", () => {
	const clock = (name: string, kind: string, due: string, stopped: object | null = null) =>
		({ id: name, name, kind, due, stopped }) as unknown as Case["clocks"][number];
	const clocks = [
		...[clock("a", "promise", AT), clock("b", "internal", AT)],
		...[clock("c", "statutory", LATER), clock("d", "promise", AT, act)],
	];
	expect(promisesOf(kase({ clocks })).map((one) => one.name)).toEqual(["c", "a"]);
	expect(mayTurnOutside(kase({ clocks }), LATER)).toBe(true);
	expect(mayTurnOutside(kase(), LATER)).toBe(false);
	expect(mayTurnOutside(kase({ offers: [offer({ declined: act })] }), AT)).toBe(true);
});

test("the other side is spoken with while direct talk is open, and no longer", () => {
	const parties = [{ id: "p2", seat: "courier", side: "respondent" }] as unknown as Case["parties"];
	const talk = { party: "p2", until: LATER, closed: null, ...act };
	expect(talkingWith(kase({ parties, directTalk: talk }))?.id).toBe("p2");
	expect(talkingWith(kase({ parties, directTalk: { ...talk, closed: { ...act, why: "wish" } } }))).toBeNull();
	expect(talkingWith(kase({ parties }))).toBeNull();
});

test("what was said stands in its order, each on its side", () => {
	const message = (id: string, from: string, at: string) => ({
		id,
		from,
		to: "x",
		words: kept,
		guard: [],
		at,
		by: from,
	});
	const told = storyOf(
		kase({
			messages: [message("m2", "company", LATER), message("m1", "p1", AT)],
			offers: [offer({ accepted: act })],
		}),
		"p1",
	);
	expect(told.map((one) => [one.what, one.side])).toEqual([
		["told-complaint", "mine"],
		["told-message", "mine"],
		["told-answer", "company"],
		["told-offer", "company"],
		["told-accepted", "mark"],
	]);
});
