import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import type { Actor } from "../actor.ts";
import { isOnHold, underPolice } from "../case.ts";
import { type Act, act, cast, passes, type Step, theatre } from "../given.ts";
import { asked, settled, takenUp } from "../given-story.ts";
import { obligations } from "../journey.ts";

const { given, on, pack } = theatre(await readShippedPack("express"));

const bodies = (await readShippedPack("express")).data.proceedings.bodies;
const bodyOf = (kind: string) => Object.entries(bodies).find(([, one]) => one.kind === kind)?.[0] ?? "";
const opened = (kind: string, fields: object = {}) =>
	act(cast.liaison, "OpenProceeding", {
		body: bodyOf(kind),
		direction: "inbound",
		number: "12305-1",
		words: "转办",
		...fields,
	});

test("a regulator's case has its number and its own statutory clock", () => {
	const { kase } = given(...takenUp).when(opened("regulator"));
	expect(kase.proceedings[0]).toMatchObject({ number: "12305-1", direction: "inbound" });
	expect(kase.clocks.find((one) => one.party === "g1")?.kind).toBe("statutory");
});

test("the body's own due time goes before the pack's", () => {
	const due = "2026-03-05T09:00:00.000Z";
	const { kase } = given(...takenUp).when(opened("regulator", { due }));
	expect(kase.clocks.find((one) => one.party === "g1")?.due).toBe(due);
});

test("the clock cites where its time stands: with the body, or in the body's letter", () => {
	const cited = (kind: string, fields: object = {}) =>
		given(...takenUp)
			.when(opened(kind, fields))
			.kase.clocks.find((one) => one.party === "g1")?.rule?.source;
	expect(cited("consumer")).toBe(bodies[bodyOf("consumer")]?.source.ref);
	expect(cited("consumer", { due: "2026-03-05T09:00:00.000Z" })).toBe("来函写明的答复期限");
});

test("inbound reopens a closed case; police suspends the fault track and holds everything", () => {
	expect(given(...settled).when(opened("regulator")).kase.reopenings[0]?.because).toBe("proceeding");
	const police = given(...takenUp, opened("police"));
	expect(police.kase.hold).not.toBeNull();
	const ask = act(cast.handler, "AskQuestion", { party: "p2", words: "请说明" });
	expect(police.when(ask).refusal?.reason).toBe("UnderPolice");
	expect(
		police.when(act(cast.handler, "RecordContact", { party: "p1", through: "call", outcome: "reached" })).ok,
	).toBe(true);
});

test.each([
	["a body the pack does not know", opened("regulator", { body: "un" }), "UnknownWord"],
	["received tomorrow", opened("regulator", { receivedAt: "2026-03-09T09:00:00+08:00" }), "InTheFuture"],
])("refused: %s", (_, one, reason) => {
	expect(given(...takenUp).when(one).refusal?.reason).toBe(reason);
});

test("one final reply; the same number only once", () => {
	const reply = act(cast.liaison, "ReplyToBody", { proceeding: "g1", words: "已核实并赔付" });
	const open = given(...takenUp, opened("regulator"));
	expect(open.when(opened("regulator")).refusal?.reason).toBe("AlreadyOpen");
	expect(given(...takenUp, opened("regulator"), reply).when(reply).refusal?.reason).toBe("AlreadyDone");
});

type Row = [name: string, steps: Step[], one: Act, reason: string];
const by = (actor: Actor, type: string, fields = {}) => act(actor, type, fields);
const about = (type: string, fields = {}, actor: Actor = cast.liaison) =>
	by(actor, type, { proceeding: "g1", words: "来函", ...fields });
const letter = [...takenUp, opened("regulator")];
const insured = [...takenUp, opened("insurer", { direction: "outbound" })];
const step = (name: string, amount?: number) =>
	by(cast.liaison, "RecordInsuranceStep", { proceeding: "g1", step: name, amount });
const result = about("RecordProceedingResult", { words: "已办结" });
const extend = (due: string, why = "来函同意延期") =>
	by(cast.liaison, "ExtendProceeding", { proceeding: "g1", due, why });
const police = (number = "JQ1", direction = "inbound") => opened("police", { number, direction });

test.each<Row>([
	[
		"a due time before it came",
		takenUp,
		opened("regulator", { due: "2026-03-01T09:00:00+08:00" }),
		"TooEarly",
	],
	["received from nobody", takenUp, about("ReceiveFromBody"), "NotOpen"],
	["received from another", letter, about("ReceiveFromBody", { proceeding: "g9" }), "UnknownProceeding"],
	[
		"received with evidence that is not there",
		letter,
		about("ReceiveFromBody", { evidence: ["e9"] }),
		"UnknownEvidence",
	],
	[
		"extended, another",
		letter,
		by(cast.liaison, "ExtendProceeding", { proceeding: "g9", due: "2026-04-09T10:00:00+08:00", why: "x" }),
		"UnknownProceeding",
	],
	["extended to an earlier day", letter, extend("2026-03-09T10:00:00+08:00"), "TooEarly"],
	[
		"sent back, another",
		letter,
		by(cast.liaison, "SendBackProceeding", { proceeding: "g9", why: "x" }),
		"UnknownProceeding",
	],
	["replied by the handler", letter, about("ReplyToBody", {}, cast.handler), "NotAuthorised"],
	["replied to another", letter, about("ReplyToBody", { proceeding: "g9" }), "UnknownProceeding"],
	[
		"replied to what was sent back",
		[...letter, by(cast.liaison, "SendBackProceeding", { proceeding: "g1", why: "不属我司" })],
		about("ReplyToBody"),
		"NotOpen",
	],
	[
		"a reply with a phone number, unexplained",
		letter,
		about("ReplyToBody", { words: "投诉人电话13812345678" }),
		"GuardAsksReason",
	],
	["insurance with a regulator", letter, step("reported"), "Malformed"],
	[
		"insurance with another",
		insured,
		by(cast.liaison, "RecordInsuranceStep", { proceeding: "g9", step: "reported" }),
		"UnknownProceeding",
	],
	["surveyed before it was reported", insured, step("surveyed"), "TooEarly"],
	[
		"the loss set without an amount",
		[...insured, step("reported"), step("surveyed")],
		step("loss-set"),
		"Malformed",
	],
	["reported twice", [...insured, step("reported")], step("reported"), "AlreadyDone"],
	["a result of another", letter, about("RecordProceedingResult", { proceeding: "g9" }), "UnknownProceeding"],
	["a result twice", [...letter, result], result, "NotOpen"],
])("refused: %s", (_, steps, one, reason) => {
	expect(given(...steps).when(one).refusal?.reason).toBe(reason);
});

test("due as the body says, else as the pack: calendar days to midnight, working days to the end of office hours", () => {
	const due = (kind: string, fields = {}) =>
		given(...takenUp).when(opened(kind, fields)).kase.proceedings[0]?.due;
	expect(due("regulator")).toBe("2026-03-17T16:00:00.000Z");
	expect(due("hotline")).toBe("2026-03-09T10:00:00.000Z");
	expect(due("hotline", { due: "2026-03-04T17:00:00+08:00" })).toBe("2026-03-04T09:00:00.000Z");
	expect(due("hotline", { receivedAt: "2026-02-27T10:00:00+08:00" })).toBe("2026-03-05T10:00:00.000Z");
	expect([due("police"), due("hotline", { direction: "outbound" })]).toEqual([null, null]);
});

test("only a body that wrote to us, and by a day, is answered by a clock", () => {
	const clocks = (one: Act) =>
		given(...takenUp)
			.when(one)
			.kase.clocks.filter((clock) => clock.name === "proceeding");
	expect(clocks(opened("hotline"))).toMatchObject([
		{ kind: "statutory", party: "g1", due: "2026-03-09T10:00:00.000Z" },
	]);
	expect([
		...clocks(police()),
		...clocks(opened("hotline", { direction: "outbound" })),
		...clocks(opened("court")),
	]).toEqual([]);
});

test("more time given by the body moves its clock, and ends the ladder of a breach", () => {
	const late = [...letter, passes(24 * 16)];
	expect(given(...late).kase.clocks.find((one) => one.party === "g1")?.ladder).toBeDefined();
	const { stage } = given(...late, extend("2026-03-25T18:00:00+08:00"));
	const clock = stage.kase.clocks.find((one) => one.party === "g1");
	expect(clock).toMatchObject({ due: "2026-03-25T10:00:00.000Z", breachedAt: "2026-03-17T16:00:00.000Z" });
	expect(clock?.dues.map((one) => one.why)).toEqual(["start", "extend"]);
	expect(
		stage
			.timers()
			.some((one) => one.key === `clock:${clock?.id}:100` && one.at === "2026-03-25T10:00:00.000Z"),
	).toBe(true);
	expect(stage.kase.proceedings[0]).toMatchObject({
		due: "2026-03-25T10:00:00.000Z",
		extended: [{ due: "2026-03-25T10:00:00.000Z" }],
	});
});

test("answered, sent back or decided, its clock stops; an interim reply leaves it running", () => {
	const stopped = (one: Act) =>
		given(...letter)
			.when(one)
			.kase.clocks.find((clock) => clock.party === "g1")?.stopped?.why;
	const back = by(cast.liaison, "SendBackProceeding", { proceeding: "g1", why: "x" });
	expect([stopped(about("ReplyToBody")), stopped(back), stopped(result)]).toEqual([
		"proceeding-answered",
		"proceeding-answered",
		"proceeding-answered",
	]);
	expect(stopped(about("ReplyToBody", { final: false }))).toBeUndefined();
	expect(given(...letter, about("ReplyToBody", { final: false })).when(about("ReplyToBody")).ok).toBe(true);
});

test("insurance goes step by step; an advance is not every insurer's", () => {
	const { kase } = given(
		...insured,
		step("reported"),
		step("surveyed"),
		step("loss-set", 50_000),
		step("recovered", 40_000),
	);
	expect(kase.proceedings[0]?.insurance.map((one) => [one.step, one.amount?.amount])).toEqual([
		["reported", undefined],
		["surveyed", undefined],
		["loss-set", 50_000],
		["recovered", 40_000],
	]);
});

test("police: direct talk ends, everything is held, fault waits; the result lets fault go on, the hold stays", () => {
	const talk = by(cast.courier, "OpenDirectTalk");
	const { kase } = given(...takenUp, talk).when(police());
	expect([kase.directTalk?.closed?.why, isOnHold(kase), underPolice(kase)]).toEqual(["barred", true, true]);
	const both = [...takenUp, asked(), police(), police("JQ2")];
	const one = given(
		...both,
		by(cast.liaison, "RecordProceedingResult", { proceeding: "g1", words: "x" }),
	).kase;
	expect(one.clocks.find((clock) => clock.party === "q1")?.pauses.at(-1)?.to).toBeNull();
	const done = given(
		...both,
		by(cast.liaison, "RecordProceedingResult", { proceeding: "g1", words: "x" }),
		by(cast.liaison, "SendBackProceeding", { proceeding: "g2", why: "x" }),
	).kase;
	expect(done.clocks.find((clock) => clock.party === "q1")?.pauses.at(-1)?.to).not.toBeNull();
	expect([isOnHold(done), underPolice(done)]).toEqual([true, false]);
});

test("what somebody paused themself the police's end does not set going", () => {
	const steps = [
		...takenUp,
		asked(),
		by(cast.handler, "PauseClock", { clock: "c6", reason: "住院" }),
		police(),
		by(cast.liaison, "RecordProceedingResult", { proceeding: "g1", words: "x" }),
	];
	expect(
		given(...steps)
			.kase.clocks.find((one) => one.party === "q1")
			?.pauses.at(-1)?.to,
	).toBeNull();
});

test("a case that was joined takes letters in, and stays joined", () => {
	const cases = { "case-2": { id: "case-2", number: "N2", closed: false, orders: [], joined: false } };
	const joined = on(
		{ cases },
		...takenUp,
		by(cast.handler, "JoinDuplicate", { into: "case-2" }),
		by(cast.handler, "CloseCase", { outcome: "duplicate" }),
	);
	const { kase, refusal } = joined.when(opened("regulator"));
	expect([refusal, kase.closure?.outcome]).toEqual([null, "duplicate"]);
});

test("whoever owes a body an answer is known, and reminded", () => {
	const { stage } = given(...letter, passes(24 * 13));
	expect(obligations(stage.kase, pack, stage.now)).toContainEqual(
		expect.objectContaining({
			what: "reply",
			who: { capability: "liaise" },
			due: "2026-03-17T16:00:00.000Z",
			about: "g1",
		}),
	);
	expect(stage.effects).toContainEqual({
		do: "notify",
		to: { capability: "liaise" },
		notice: "proceeding-due",
		values: { due: "2026-03-17T16:00:00.000Z" },
	});
	const answered = given(...letter, about("ReplyToBody")).stage;
	expect(obligations(answered.kase, pack, answered.now).map((one) => one.what)).not.toContain("reply");
});
