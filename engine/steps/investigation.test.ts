import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import type { Actor } from "../actor.ts";
import { type Act, act, cast, passes, type Step, silently, theatre } from "../given.ts";
import {
	asked,
	claimed,
	damageTakenUp,
	damageVerified,
	explained,
	faultDone,
	filed,
	graded,
	photo,
	takenUp,
	verified,
} from "../given-story.ts";
import { obligations } from "../journey.ts";

const { given, pack } = theatre(await readShippedPack("express"));

test("a question has a due time; the answer ends it, once", () => {
	const open = given(...takenUp, asked());
	expect(open.kase.questions[0]?.due).toBeDefined();
	const answered = given(...takenUp, asked(), explained);
	expect(answered.kase.hearings[0]).toMatchObject({ party: "p2", how: "explained" });
	expect(
		answered.when(act(cast.courier, "AnswerQuestion", { question: "q1", words: "再答" })).refusal?.reason,
	).toBe("AlreadyAnswered");
});

test("silence past the due time is recorded as no reply, and counts as heard", () => {
	const silent = given(...takenUp, asked(), passes(400));
	expect(silent.kase.questions[0]?.noReply).not.toBeNull();
	expect(silent.kase.hearings[0]?.how).toBe("no-reply");
	expect(
		given(...takenUp, asked()).when(act(cast.handler, "RecordNoReply", { question: "q1" })).refusal?.reason,
	).toBe("TooEarly");
});

test("one of party and organisation is asked, not both and not neither", () => {
	const words = "请提供记录";
	const taken = given(...takenUp);
	expect(taken.when(act(cast.handler, "AskQuestion", { words })).refusal?.reason).toBe("Malformed");
	expect(
		taken.when(act(cast.handler, "AskQuestion", { words, party: "p2", organisation: "dispatch" })).refusal
			?.reason,
	).toBe("Malformed");
	expect(taken.when(act(cast.handler, "AskQuestion", { words, organisation: "dispatch" })).ok).toBe(true);
	expect(taken.when(act(cast.handler, "AskQuestion", { words, party: "p9" })).refusal?.reason).toBe(
		"UnknownParty",
	);
});

test("another department may not answer for the one that was asked", () => {
	const open = given(
		...takenUp,
		act(cast.handler, "AskQuestion", { words: "请提供路由", organisation: "dispatch", about: "records" }),
	);
	expect(open.when(act(cast.outlet, "AnswerQuestion", { question: "q1", words: "我来答" })).ok).toBe(false);
	expect(open.when(act(cast.officer, "AnswerQuestion", { question: "q1", words: "路由已附" })).ok).toBe(true);
});

test("who will decide may not attest that a side can't be had", () => {
	const fields = { party: "p2", why: "left", words: "已离职" };
	expect(given(...takenUp).when(act(cast.handler, "AttestUnobtainable", fields)).refusal?.reason).toBe(
		"SameAttestor",
	);
	expect(
		given(...takenUp).when(act(cast.second, "AttestUnobtainable", fields)).kase.hearings[0]?.attestedBy,
	).toBe("second");
});

test("evidence is somebody's, is judged with a reason, and may be found forged", () => {
	const shown = given(...takenUp, photo);
	expect(shown.kase.evidence[0]).toMatchObject({ id: "e1", from: "p1" });
	const judged = shown.when(
		act(cast.handler, "JudgeEvidence", { evidence: "e1", as: "forged", why: "与另一案照片相同" }),
	);
	expect(judged.kase.evidence[0]?.judged?.as).toBe("forged");
	expect(
		shown.when(act(cast.handler, "JudgeEvidence", { evidence: "e9", as: "accepted", why: "x" })).refusal
			?.reason,
	).toBe("UnknownEvidence");
});

test.each([
	["a fact the pack does not know", verified("moon-phase", 3, "complainant"), "Malformed"],
	["a value of the wrong kind", verified("loss", "much", "complainant"), "Malformed"],
	["a source the pack does not know", verified("loss", 100, "oracle"), "UnknownWord"],
])("a verification with %s is refused", (_, one, reason) => {
	expect(given(...takenUp).when(one).refusal?.reason).toBe(reason);
});

test("facts are confirmed only when enough sources agree", () => {
	const confirm = act(cast.handler, "ConfirmFacts");
	expect(given(...damageTakenUp).when(confirm).refusal?.reason).toBe("VerificationMissing");
	expect(given(...damageTakenUp, ...damageVerified).when(confirm).kase.factsConfirmed).not.toBeNull();
});

test("an inspection is ordered ahead of time and recorded once", () => {
	const order = (planned: string) =>
		act(cast.handler, "OrderInspection", { place: "一号仓", planned, inspector: "officer" });
	expect(given(...takenUp).when(order("2026-03-01T09:00:00+08:00")).refusal?.reason).toBe("TooEarly");
	const ordered = given(
		...takenUp,
		order("2026-03-03T09:00:00+08:00"),
		act(cast.officer, "RecordInspection", { inspection: "i1", words: "外箱受压" }),
	);
	expect(
		ordered.when(act(cast.officer, "RecordInspection", { inspection: "i1", words: "再录" })).refusal?.reason,
	).toBe("AlreadyDone");
});

type Row = [name: string, steps: Step[], one: Act, reason: string];
const by = (actor: Actor, type: string, fields = {}) => act(actor, type, fields);
const explain = (actor: Actor, fields = {}) => by(actor, "Explain", { words: "情况说明", ...fields });
const answer = (actor: Actor, fields = {}) =>
	by(actor, "AnswerQuestion", { question: "q1", words: "答复", ...fields });
const add = (fields = {}) => by(cast.handler, "AddEvidence", { kind: "document", title: "底单", ...fields });
const attest = (actor: Actor, fields = {}) =>
	by(actor, "AttestUnobtainable", { party: "p2", why: "left", words: "已离职", ...fields });
const records = by(cast.handler, "AskQuestion", {
	organisation: "dispatch",
	words: "路由？",
	about: "records",
});
const withOutlet = [
	filed({
		parties: [
			{ seat: "recipient", person: "customer-1" },
			{ seat: "outlet", organisation: "outlet-7", line: ["outlet-7"] },
		],
	}),
	graded,
	claimed,
];
const police = (direction = "inbound") =>
	by(cast.liaison, "OpenProceeding", { body: "police", direction, number: "JQ1", words: "立案" });

test.each<Row>([
	[
		"asked about an allegation that is not there",
		takenUp,
		asked("p2", { allegations: ["a9"] }),
		"UnknownAllegation",
	],
	["asked until yesterday", takenUp, asked("p2", { due: "2026-03-01T10:00:00+08:00" }), "TooEarly"],
	["asked to explain twice", [...takenUp, asked()], asked(), "AlreadyOpen"],
	["asked with words that may not go out", takenUp, asked("p2", { words: "你有病" }), "GuardBlocked"],
	["an answer to nothing", takenUp, answer(cast.handler), "UnknownQuestion"],
	["an answer by the other side", [...takenUp, asked()], answer(cast.complainant), "NotYourPart"],
	[
		"an answer with evidence that is not there",
		[...takenUp, asked()],
		answer(cast.courier, { evidence: ["e9"] }),
		"UnknownEvidence",
	],
	["no reply to nothing", takenUp, by(cast.system, "RecordNoReply", { question: "q9" }), "UnknownQuestion"],
	[
		"no reply where there was one",
		[...takenUp, asked(), explained],
		by(cast.handler, "RecordNoReply", { question: "q1" }),
		"AlreadyAnswered",
	],
	[
		"no reply twice",
		[...takenUp, asked(), passes(25)],
		by(cast.handler, "RecordNoReply", { question: "q1" }),
		"AlreadyDone",
	],
	[
		"no reply while the time stands still",
		[...takenUp, asked(), by(cast.handler, "PauseClock", { clock: "c6", reason: "住院" }), silently(48)],
		by(cast.handler, "RecordNoReply", { question: "q1" }),
		"AlreadyPaused",
	],
	["an explanation for nobody", takenUp, explain(cast.handler), "UnknownParty"],
	["an explanation for another", takenUp, explain(cast.courier, { party: "p1" }), "NotYourPart"],
	[
		"an explanation by the complainant of the complaint",
		takenUp,
		explain(cast.handler, { party: "p1" }),
		"NotAccused",
	],
	["an explanation to no question", takenUp, explain(cast.courier, { question: "q9" }), "UnknownQuestion"],
	[
		"an explanation to a department's question",
		[...takenUp, records],
		explain(cast.courier, { question: "q1" }),
		"UnknownQuestion",
	],
	[
		"an explanation to a question answered",
		[...takenUp, asked(), explained],
		explain(cast.courier, { question: "q1" }),
		"AlreadyAnswered",
	],
	[
		"an explanation with evidence that is not there",
		takenUp,
		explain(cast.courier, { evidence: ["e9"] }),
		"UnknownEvidence",
	],
	["nobody attested", takenUp, attest(cast.second, { party: "p9" }), "UnknownParty"],
	["out of reach after an explanation", [...takenUp, explained], attest(cast.second), "AlreadyHeard"],
	["evidence of somebody who is not there", takenUp, add({ from: "p9" }), "UnknownParty"],
	["evidence by no recipe", takenUp, add({ recipe: "soup" }), "UnknownWord"],
	[
		"a piece that the recipe has not",
		takenUp,
		add({ recipe: "sign-off-slip", piece: "moon" }),
		"UnknownWord",
	],
	["evidence taken tomorrow", takenUp, add({ takenAt: "2026-03-09T10:00:00+08:00" }), "InTheFuture"],
	[
		"evidence judged as it is judged",
		[...takenUp, photo, by(cast.handler, "JudgeEvidence", { evidence: "e1", as: "doubtful", why: "x" })],
		by(cast.handler, "JudgeEvidence", { evidence: "e1", as: "doubtful", why: "x" }),
		"AlreadyDone",
	],
	["a fact that the case itself knows", takenUp, verified("severity", "A", "complainant"), "Malformed"],
	[
		"a verification by evidence that is not there",
		takenUp,
		by(cast.handler, "RecordVerification", {
			fact: "lost",
			value: true,
			source: "courier",
			evidence: ["e9"],
		}),
		"UnknownEvidence",
	],
	[
		"an inspection that was not ordered",
		takenUp,
		by(cast.officer, "RecordInspection", { inspection: "i9", words: "x" }),
		"NotYourCase",
	],
	["facts confirmed before it was graded", [filed()], by(cast.handler, "ConfirmFacts"), "NotTriaged"],
	[
		"facts confirmed twice",
		[...takenUp, by(cast.handler, "ConfirmFacts")],
		by(cast.handler, "ConfirmFacts"),
		"AlreadyDone",
	],
	["anything of the fault track under police", [...takenUp, police()], asked(), "UnderPolice"],
])("refused: %s", (_, steps, one, reason) => {
	expect(given(...steps).when(one).refusal?.reason).toBe(reason);
});

test("an unordered inspection, by somebody who sees the case", () => {
	expect(
		given(...takenUp).when(by(cast.handler, "RecordInspection", { inspection: "i9", words: "x" })).refusal
			?.reason,
	).toBe("UnknownQuestion");
});

test("an explanation and a department's answer are due as the pack's clocks say, or as the asker does", () => {
	expect(given(...takenUp).when(asked()).kase.questions[0]?.due).toBe("2026-03-03T02:04:00.000Z");
	// a department has one working hour where a parcel went to the wrong door
	const question = given(...takenUp).when(records).kase;
	expect(question.questions[0]?.due).toBe("2026-03-02T03:04:00.000Z");
	expect(question.clocks.at(-1)).toMatchObject({
		name: "question",
		party: "q1",
		duration: { unit: "working-hours" },
		due: "2026-03-02T03:04:00.000Z",
	});
	const named = given(...takenUp).when(asked("p2", { due: "2026-03-02T20:00:00+08:00" })).kase;
	expect([named.questions[0]?.due, named.clocks.at(-1)?.due]).toEqual([
		"2026-03-02T12:00:00.000Z",
		"2026-03-02T12:00:00.000Z",
	]);
});

test("an answer to a request to explain is an explanation; a worker answers by account, staff for them by phone", () => {
	for (const actor of [cast.courier, cast.handler]) {
		const { kase, effects } = given(...takenUp, asked()).when(answer(actor));
		expect(kase.hearings[0]).toMatchObject({ party: "p2", how: "explained" });
		expect(kase.clocks.find((one) => one.party === "q1")?.stopped?.why).toBe("explained");
		expect(effects).toContainEqual({ do: "notify", to: { party: "p2" }, notice: "explanation-recorded" });
	}
});

test("one who explains unasked does not stop the time of another", () => {
	const parties = [
		{ seat: "recipient" },
		{ seat: "courier", person: "courier-1" },
		{ seat: "courier", person: "courier-9" },
	];
	const both = [
		filed({ parties, allegations: [{ category: "misdelivery", accused: [1, 2] }] }),
		graded,
		claimed,
	];
	const { kase } = given(...both, asked("p3")).when(explain(cast.courier));
	expect(kase.clocks.find((one) => one.party === "q1")?.stopped).toBeNull();
});

test("where the outlet itself is accused, its officer speaks for it once asked, and no other department", () => {
	const open = given(...withOutlet, asked("p2"));
	expect(open.when(explain(cast.outlet, { party: "p2" })).kase.hearings[0]?.party).toBe("p2");
	expect(open.when(explain(cast.officer, { party: "p2" })).refusal?.reason).toBe("NotYourCase");
});

test("a paused or extended time moves what silence means", () => {
	const paused = given(
		...takenUp,
		asked(),
		by(cast.handler, "PauseClock", { clock: "c6", reason: "住院" }),
		passes(100),
	);
	expect(paused.kase.hearings).toEqual([]);
	const resumed = given(
		...takenUp,
		asked(),
		by(cast.handler, "PauseClock", { clock: "c6", reason: "住院" }),
		passes(100),
		by(cast.handler, "ResumeClock", { clock: "c6" }),
		passes(20),
	);
	expect(resumed.kase.hearings).toEqual([]);
	const extended = given(
		...takenUp,
		asked(),
		by(cast.handler, "ExtendPromise", { clock: "c6", due: "2026-03-06T10:00:00+08:00", why: "出差" }),
	);
	expect(extended.stage.timers().find((one) => one.command.type === "RecordNoReply")?.at).toBe(
		"2026-03-06T02:00:00.000Z",
	);
	expect(given(...takenUp, asked(), passes(24)).kase.hearings[0]).toMatchObject({
		how: "no-reply",
		at: "2026-03-03T02:04:00.000Z",
	});
});

test("police stop the time of questions, and it goes on where it stood", () => {
	const result = by(cast.liaison, "RecordProceedingResult", { proceeding: "g1", words: "不予立案" });
	const during = given(...takenUp, asked(), police(), passes(100));
	expect(during.kase.questions[0]?.noReply).toBeNull();
	const after = given(...takenUp, asked(), police(), passes(100), result);
	expect(after.kase.clocks.find((one) => one.party === "q1")?.pauses).toHaveLength(1);
	expect(after.when(explain(cast.courier)).ok).toBe(true);
	expect(given(...takenUp, asked(), police(), passes(100), result, passes(22)).kase.hearings).toEqual([]);
	expect(given(...takenUp, asked(), police(), passes(100), result, passes(24)).kase.hearings[0]?.how).toBe(
		"no-reply",
	);
});

test("a late explanation still counts after a no-reply", () => {
	const { kase } = given(...takenUp, asked(), passes(25)).when(explained);
	expect(kase.hearings.map((one) => one.how)).toEqual(["no-reply", "explained"]);
});

test("only sources that the category names count, each by its last word, and only where they agree", () => {
	const confirm = by(cast.handler, "ConfirmFacts");
	const stage = (...said: [string, unknown, boolean?][]) =>
		said.map(([source, value, confirmed]) => verified("stage", value, source, confirmed));
	const rest = damageVerified.slice(3);
	const refusal = (...said: [string, unknown, boolean?][]) =>
		given(...damageTakenUp, ...rest, ...stage(...said)).when(confirm).refusal;
	expect(
		refusal(["complainant", "delivery"], ["courier", "delivery"], ["inspection", "delivery"]),
	).toMatchObject({ reason: "VerificationMissing", detail: { fact: "stage", have: 2, need: 3 } });
	expect(refusal(["complainant", "delivery"], ["courier", "transit"], ["footage", "delivery"])).toMatchObject(
		{ detail: { have: 2 } },
	);
	expect(
		refusal(
			["complainant", "delivery"],
			["courier", "delivery"],
			["footage", "delivery"],
			["courier", "delivery", false],
		),
	).toMatchObject({ detail: { have: 2 } });
	expect(
		refusal(
			["complainant", "transit"],
			["courier", "delivery"],
			["footage", "delivery"],
			["complainant", "delivery"],
		),
	).toBeNull();
});

test("what a party hands in is theirs, whatever they say; what staff hand in is the company's unless they say whose", () => {
	const from = (one: Act) => given(...takenUp).when(one).kase.evidence[0]?.from;
	expect(from(by(cast.courier, "AddEvidence", { kind: "photo", title: "x", from: "p1" }))).toBe("p2");
	expect([from(add()), from(add({ from: "p1" }))]).toEqual(["company", "p1"]);
	expect(given(...takenUp, police()).when(add()).ok).toBe(true);
});

test("whom to hear and what to confirm is due until the finding, and then no more", () => {
	const due = (...steps: Step[]) => {
		const { stage } = given(...steps);
		return obligations(stage.kase, pack, stage.now)
			.filter((one) => one.step === "investigation")
			.map((one) => one.what);
	};
	expect(due(...takenUp)).toEqual(["ask-explanation", "confirm-facts"]);
	expect(due(...takenUp, asked())).toEqual(["explain", "confirm-facts"]);
	expect(due(...damageTakenUp)).toContain("verify");
	expect(due(...takenUp, records)).toContain("answer");
	expect(due(...faultDone)).toEqual([]);
});
