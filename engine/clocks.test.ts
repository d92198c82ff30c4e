import { expect, test } from "vitest";
import { readPackFiles, readShippedPack, SHIPPED_PACKS } from "#server/packs.ts";
import type { Actor } from "./actor.ts";
import type { Case } from "./case.ts";
import { calendarOf, dueAfter, dueByRule, lengthOf, ruleOf } from "./clock-rules.ts";
import { type Act, act, cast, DAYS_2026, passes, type Step, silently, theatre } from "./given.ts";
import {
	accepted,
	asked,
	claimed,
	closed,
	completed,
	computed,
	content,
	filed,
	filedInjury,
	graded,
	offered,
	reached,
	settled,
	takenUp,
} from "./given-story.ts";
import { loadPack } from "./packs/load.ts";
import type { LoadedPack } from "./packs/loaded.ts";

const { given, on, pack } = theatre(await readShippedPack("express"));
const clock = (kase: Case, name: string) => kase.clocks.find((one) => one.name === name);
const by = (actor: Actor, type: string, fields = {}) => act(actor, type, fields);
const pause = (id: string) => by(cast.handler, "PauseClock", { clock: id, reason: "等客户寄回底单" });
const resume = (id: string) => by(cast.handler, "ResumeClock", { clock: id });
const extend = (id: string, due: string) =>
	by(cast.handler, "ExtendPromise", { clock: id, due, why: "经客户同意" });
const notice = (id: string, percent: number) => by(cast.system, "NoticeClock", { clock: id, percent });
/** c1 resolve (statutory), c2 acknowledge, c3 first-contact, c4 plan, c5 handover of the express pack. */
type Row = [name: string, steps: Step[], one: Act, reason: string];

test("a filing starts the clocks of its moments, each with rule and source; what is done at once stops at once", () => {
	const { kase } = given(filed(), graded);
	expect(kase.clocks.map((one) => [one.id, one.name, one.kind, one.stopped?.why ?? null])).toEqual([
		["c1", "resolve", "statutory", null],
		["c2", "acknowledge", "promise", "filed"],
		["c3", "first-contact", "promise", null],
		["c4", "plan", "promise", null],
		["c5", "handover", "internal", null],
	]);
	expect(clock(kase, "resolve")).toMatchObject({
		due: "2026-03-09T16:00:00.000Z",
		rule: { row: "seven-days", version: pack.version },
	});
	for (const one of kase.clocks) expect(one.rule?.source).toBeTruthy();
});

test("due times keep to the pack's calendars: windows of the day, night, holidays and days made up", () => {
	const due = (now: string, fields = {}) => clock(on({ now }, filed(fields)).kase, "first-contact")?.due;
	// fifteen working minutes of a service that works from eight to ten at night
	expect(due("2026-03-02T13:50:00.000Z")).toBe("2026-03-03T00:06:00.000Z");
	expect(due("2026-10-01T02:00:00.000Z")).toBe("2026-10-01T02:16:00.000Z");
	const days = (from: string) => dueAfter(from, { amount: 1, unit: "working-days" }, pack, DAYS_2026);
	expect(days("2026-09-30T02:00:00.000Z")).toBe("2026-10-08T10:00:00.000Z");
	expect(days("2026-10-09T02:00:00.000Z")).toBe("2026-10-10T10:00:00.000Z");
	expect(dueAfter("2026-10-01T02:00:00.000Z", { amount: 3, unit: "hours" }, pack, DAYS_2026)).toBe(
		"2026-10-01T05:00:00.000Z",
	);
});

test("half of the time, four fifths and the end are told to the owner, each once", () => {
	const { stage } = given(...takenUp, { until: "2026-03-05T02:02:00.000Z" });
	const plan = stage.history.filter(
		({ event }) => event.type.startsWith("Clock") && (event.data as { clock?: unknown }).clock === "c4",
	);
	expect(
		plan.map(({ event, meta }) => [event.type, (event.data as { percent?: number }).percent, meta.at]),
	).toEqual([
		["ClockWarned", 50, "2026-03-03T02:02:00.000Z"],
		["ClockWarned", 80, "2026-03-03T16:26:00.000Z"],
		["ClockBreached", undefined, "2026-03-04T02:02:00.000Z"],
		["ClockEscalated", undefined, "2026-03-04T02:03:00.000Z"],
		["ClockEscalated", undefined, "2026-03-04T14:02:00.000Z"],
	]);
	const told = stage.effects.flatMap((one) =>
		one.do === "notify" && one.values?.clock === "plan" ? [one] : [],
	);
	expect(told.map((one) => [one.notice, one.to, one.values?.percent])).toEqual([
		["clock-warning", { person: "handler" }, 50],
		["clock-warning", { person: "handler" }, 80],
		["clock-breached", { person: "handler" }, undefined],
		["escalated", { person: "handler" }, undefined],
		["escalated", { capability: "triage" }, undefined],
	]);
});

test("after a breach the ladder is climbed rung by rung, to whom the pack names", () => {
	const { kase, stage } = given(filed(), graded, passes(4));
	expect(kase.escalations.map((one) => [one.to, one.clock, one.at])).toEqual([
		["owner", "c3", "2026-03-02T02:17:00.000Z"],
		["team-lead", "c3", "2026-03-02T02:46:00.000Z"],
		["team-lead", "c5", "2026-03-02T02:47:00.000Z"],
		["duty", "c3", "2026-03-02T04:16:00.000Z"],
	]);
	const called = stage.effects.flatMap((one) =>
		one.do === "notify" && one.notice === "escalated" ? [one.to] : [],
	);
	// nobody owns it yet: the owner's rung goes to whoever triages
	expect(called).toEqual([
		{ capability: "triage" },
		{ capability: "triage" },
		{ capability: "triage" },
		{ capability: "duty" },
	]);
});

test("what stops a clock ends its warnings and its ladder", () => {
	const { stage } = given(...takenUp, passes(1), reached, passes(48));
	expect(clock(stage.kase, "first-contact")).toMatchObject({
		breachedAt: "2026-03-02T02:16:00.000Z",
		stopped: { why: "first-contact" },
	});
	expect(stage.kase.escalations.filter((one) => one.clock === "c3").map((one) => one.to)).toEqual([
		"owner",
		"team-lead",
	]);
});

test.each<Row>([
	["a clock paused that there is none of", takenUp, pause("c9"), "UnknownClock"],
	["a statutory clock paused", takenUp, pause("c1"), "CannotPause"],
	["a clock paused twice", [...takenUp, pause("c4")], pause("c4"), "AlreadyPaused"],
	["a clock paused after its time", [...takenUp, silently(60)], pause("c4"), "TooLate"],
	["a stopped clock paused", takenUp, pause("c5"), "ClockStopped"],
	["a clock resumed that there is none of", takenUp, resume("c9"), "UnknownClock"],
	["a running clock resumed", takenUp, resume("c4"), "NotPaused"],
	["a stopped clock resumed", takenUp, resume("c5"), "ClockStopped"],
	[
		"a promise extended that there is none of",
		takenUp,
		extend("c9", "2026-04-01T10:00:00+08:00"),
		"UnknownClock",
	],
	["the law extended", takenUp, extend("c1", "2026-04-01T10:00:00+08:00"), "CannotPause"],
	["a promise extended to an earlier time", takenUp, extend("c4", "2026-03-02T12:00:00+08:00"), "TooEarly"],
	["a stopped clock extended", takenUp, extend("c5", "2026-04-01T10:00:00+08:00"), "ClockStopped"],
	["a notice of no clock", takenUp, notice("c9", 50), "UnknownClock"],
	["a notice of a stopped clock", takenUp, notice("c5", 50), "ClockStopped"],
	["a notice before its time", takenUp, notice("c4", 50), "TooEarly"],
	["the end before its time", takenUp, notice("c4", 100), "TooEarly"],
	["a notice twice", [...takenUp, passes(25)], notice("c4", 50), "AlreadyDone"],
	[
		"a notice of a clock that stands still",
		[...takenUp, pause("c4"), silently(90)],
		notice("c4", 100),
		"AlreadyPaused",
	],
	["a breach twice", [...takenUp, passes(60)], notice("c4", 100), "AlreadyDone"],
	["a rung of no clock", takenUp, by(cast.system, "ClimbLadder", { clock: "c9", rung: 0 }), "UnknownClock"],
	[
		"a rung of a stopped clock",
		takenUp,
		by(cast.system, "ClimbLadder", { clock: "c5", rung: 0 }),
		"ClockStopped",
	],
	[
		"a rung before there is a ladder",
		takenUp,
		by(cast.system, "ClimbLadder", { clock: "c4", rung: 0 }),
		"AlreadyDone",
	],
	[
		"a rung before its time",
		[...takenUp, { until: "2026-03-04T02:02:00.000Z" }],
		by(cast.system, "ClimbLadder", { clock: "c4", rung: 1 }),
		"TooEarly",
	],
	[
		"a rung twice",
		[...takenUp, passes(60)],
		by(cast.system, "ClimbLadder", { clock: "c4", rung: 0 }),
		"AlreadyDone",
	],
	["a clock paused by finance", takenUp, { ...pause("c4"), by: cast.finance }, "NotAuthorised"],
])("refused: %s", (_, steps, one, reason) => {
	expect(given(...steps).when(one).refusal?.reason).toBe(reason);
});

test("a pause moves the due time by what it took; nothing rings meanwhile", () => {
	const paused = given(...takenUp, passes(10), pause("c4"), passes(100));
	expect(
		paused.stage.history.filter(
			({ event }) => event.type === "ClockWarned" && (event.data as { clock: string }).clock === "c4",
		),
	).toEqual([]);
	const { kase } = given(...takenUp, passes(10), pause("c4"), passes(100), resume("c4"));
	const plan = clock(kase, "plan");
	expect(plan?.dues.map((one) => one.why)).toEqual(["start", "resume"]);
	// a hundred hours and the minute in which it was resumed
	expect(plan?.due).toBe("2026-03-08T06:03:00.000Z");
});

test("a promise extended is told to the complainant, an internal time to nobody", () => {
	const told = (steps: Step[], one: Act) => given(...steps).when(one).effects;
	expect(told(takenUp, extend("c4", "2026-03-07T10:00:00+08:00"))).toEqual([
		{
			do: "notify",
			to: { party: "p1" },
			notice: "promise-extended",
			values: { due: "2026-03-07T02:00:00.000Z" },
		},
	]);
	expect(told([...takenUp, asked()], extend("c6", "2026-03-07T10:00:00+08:00"))).toEqual([]);
});

test("extended after a breach, the ladder ends and the new time is watched; the breach stays on record", () => {
	const { stage } = given(...takenUp, passes(49), extend("c4", "2026-03-07T10:00:00+08:00"), passes(12));
	expect(stage.kase.escalations.filter((one) => one.clock === "c4").map((one) => one.to)).toEqual(["owner"]);
	expect(clock(stage.kase, "plan")).toMatchObject({
		breachedAt: "2026-03-04T02:02:00.000Z",
		due: "2026-03-07T02:00:00.000Z",
	});
	const late = given(...takenUp, passes(49), extend("c4", "2026-03-07T10:00:00+08:00"), passes(24 * 4));
	const breaches = late.stage.history.filter(
		({ event }) => event.type === "ClockBreached" && (event.data as { clock: string }).clock === "c4",
	);
	expect(breaches.map(({ meta }) => meta.at)).toEqual([
		"2026-03-04T02:02:00.000Z",
		"2026-03-07T02:00:00.000Z",
	]);
});

test("an edited rule moves no time that was given", async () => {
	const { stage } = given(...takenUp);
	const edited = await packWith((raw) => {
		const clocks = raw.clocks as {
			clocks: { name: string; lasts: { rows: { gives: { amount: number } }[] } }[];
		};
		for (const one of clocks.clocks) for (const row of one.lasts.rows) row.gives.amount = 1;
	});
	const dues = stage.kase.clocks.map((one) => one.due);
	const later = theatre(edited).on({});
	later.stage.kase = stage.kase;
	later.stage.now = stage.now;
	expect(
		later.stage
			.try(reached)
			.kase.clocks.slice(0, 5)
			.map((one) => one.due),
	).toEqual(dues);
});

test("a clock that waits for a fact says so, and runs from its moment once the fact is known", async () => {
	const waiting = await packWith((raw) => {
		const { clocks } = raw.clocks as { clocks: { name: string; lasts: { rows: { when: string }[] } }[] };
		const plan = clocks.find((one) => one.name === "plan");
		if (plan?.lasts.rows[0]) plan.lasts.rows[0].when = "lost && urgency == 'urgent'";
	});
	const { given: played } = theatre(waiting);
	const { stage } = played(...takenUp);
	expect(
		stage.history.map(({ event }) => event).find((one) => one.type === "ClockUndetermined")?.data,
	).toEqual({ name: "plan", needs: ["lost"] });
	const said = by(cast.handler, "RecordVerification", { fact: "lost", value: true, source: "complainant" });
	expect(clock(played(...takenUp, passes(2), said).kase, "plan")).toMatchObject({
		startedAt: "2026-03-02T02:02:00.000Z",
		due: "2026-03-03T02:02:00.000Z",
	});
	// an offer was made meanwhile: there is nothing to promise any more
	const offer = by(cast.handler, "MakeOffer", { lines: [{ item: "apology" }], grounds: "致歉" });
	expect(clock(played(...takenUp, offer, said).kase, "plan")).toBeUndefined();
});

test("a clock of its own runs for each question, and none is stopped by another's answer", () => {
	const question = (organisation: string) =>
		by(cast.handler, "AskQuestion", { organisation, words: "请提供路由" });
	const { kase } = given(
		...takenUp,
		question("dispatch"),
		question("hub-1"),
		by(cast.handler, "AnswerQuestion", { question: "q1", words: "已附" }),
	);
	expect(
		kase.clocks.filter((one) => one.name === "question").map((one) => [one.party, one.stopped?.why ?? null]),
	).toEqual([
		["q1", "question-answered"],
		["q2", null],
	]);
});

test("closing stops what closing stops, and the execution's end starts the follow-up", () => {
	const { kase } = given(...settled);
	expect(kase.clocks.filter((one) => !one.stopped).map((one) => one.name)).toEqual(["follow-up"]);
	const steps = [...takenUp, computed, offered(), accepted(), ...["x1", "x2", "x3"].map(completed)];
	expect(clock(given(...steps).kase, "pay")?.stopped?.why).toBe("execution-ended");
	expect(given(...steps, content, closed()).kase.moments).toMatchObject({
		closed: expect.any(String),
		"execution-ended": expect.any(String),
	});
});

test("safety cases are contacted by their own clock", () => {
	expect(clock(given(filedInjury()).kase, "first-contact")).toMatchObject({
		duration: { amount: 30, unit: "minutes" },
		due: "2026-03-02T02:31:00.000Z",
	});
	expect(clock(given(filed(), claimed).kase, "handover")).toBeUndefined();
});

test("a pack is asked for calendars, rules and lengths by name", () => {
	expect(() => calendarOf(pack, "lunar")).toThrow(/no calendar "lunar"/);
	expect(ruleOf(pack, "resolve")?.kind).toBe("statutory");
	const { kase, stage } = given(...takenUp);
	const rule = ruleOf(pack, "question");
	if (!rule) throw new Error("express has no clock for questions");
	expect(lengthOf(rule, kase, pack, stage.now)).toMatchObject({
		duration: { amount: 1, unit: "working-hours" },
		calendar: "service",
	});
	expect(dueByRule("explanation-asked", kase, stage.context(cast.handler))).toBe("2026-03-03T02:03:00.000Z");
	expect(dueByRule("follow-up-due", kase, stage.context(cast.handler))).toBeNull();
});

/** The express pack as read from disk, with something changed in it. */
async function packWith(change: (raw: Record<string, unknown>) => void): Promise<LoadedPack> {
	const raw = structuredClone(await readPackFiles(`${SHIPPED_PACKS}/express`)) as Record<string, unknown>;
	change(raw);
	const common = Object.fromEntries(
		Object.entries(pack.sheet).filter(([name]) => !(name in pack.data.head.facts)),
	);
	const loading = loadPack(raw, common);
	if (!loading.ok)
		throw new Error(loading.problems.map((one) => `${one.file} ${one.at}: ${one.problem}`).join("\n"));
	return loading.pack;
}
