import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import type { Actor } from "../actor.ts";
import { type Act, act, cast, passes, type Step, theatre } from "../given.ts";
import {
	closed,
	completed,
	content,
	damageAgreed,
	filedInjury,
	payment,
	settled,
	started,
	takenUp,
} from "../given-story.ts";
import { obligations } from "../journey.ts";

const { given, pack } = theatre(await readShippedPack("express"));

const asks = (fields: object = {}) =>
	act(cast.quality, "RecordFollowUp", { satisfied: true, bothered: false, ...fields });
const due = [...settled, passes(30)];

test("asked by somebody else than who handled it", () => {
	expect(given(...due).when({ ...asks(), by: cast.handler }).refusal?.reason).toBe("HandlerAsksAgain");
	expect(given(...due).when(asks()).kase.followUps).toHaveLength(1);
});

test("'not satisfied' reopens once", () => {
	const { kase } = given(...due).when(asks({ satisfied: false, words: "还是没到" }));
	expect(kase.closure).toBeNull();
	expect(kase.reopenings[0]?.because).toBe("not-satisfied");
});

test("bothered because of the complaint: a retaliation allegation opens and the safety team is told", () => {
	const { kase, effects } = given(...due).when(asks({ bothered: true, words: "快递员打电话骂我" }));
	expect(kase.allegations).toHaveLength(2);
	expect(effects).toContainEqual(expect.objectContaining({ do: "notify", to: { capability: "safety" } }));
});

test("waived only for a reason the pack knows; then nothing is due", () => {
	const waive = (reason: string) => act(cast.quality, "WaiveFollowUp", { reason });
	expect(given(...due).when(waive("lazy")).refusal?.reason).toBe("UnknownWord");
});

test("a case that is open is not asked about; a termination notice needs a reopening before it", () => {
	expect(given(...settled.slice(0, -1)).when(asks()).refusal?.reason).toBe("CaseNotClosed");
	expect(
		given(...due).when(act(cast.reviewer, "IssueTerminationNotice", { reasons: "已复核" })).refusal?.reason,
	).toBe("TooEarly");
});

type Row = [name: string, steps: Step[], one: Act, reason: string];
const by = (actor: Actor, type: string, fields = {}) => act(actor, type, fields);
const record = (fields = {}, actor: Actor = cast.quality) =>
	by(actor, "RecordFollowUp", { satisfied: true, bothered: false, ...fields });
const missed = by(cast.quality, "RecordFollowUpAttempt");
const waive = (reason = "refused", fields = {}) => by(cast.quality, "WaiveFollowUp", { reason, ...fields });
const ask = by(cast.system, "AskFollowUp", { attempt: "first" });
const terminate = by(cast.reviewer, "IssueTerminationNotice", { reasons: "两次复核，结论一致" });
/** Not satisfied, and settled once more. */
const again = [
	...settled,
	passes(25),
	record({ satisfied: false }),
	by(cast.handler, "TakeFinalPosition", { reasons: "x", nothingOwed: true }),
	by(cast.complainant, "Confirm", { through: "page", satisfied: true }),
	by(cast.handler, "CloseCase", { outcome: "deadlock", referTo: ["court"] }),
];

test.each<Row>([
	[
		"asked by somebody who only closed it",
		[...settled.slice(0, -1), by(cast.manager, "CloseCase", { outcome: "settled" }), passes(25)],
		record({}, { ...cast.manager, capabilities: ["quality"] }),
		"HandlerAsksAgain",
	],
	[
		"asked by whoever agreed to the sum",
		[...damageAgreed, started(), payment("done"), completed("x2"), content, closed()],
		record({}, { ...cast.approver, capabilities: ["quality"] }),
		"HandlerAsksAgain",
	],
	["asked where nothing was planned", [...settled, record()], record(), "FollowUpNotDue"],
	["asked for a visit that is not planned", settled, record({ attempt: "third" }), "FollowUpNotDue"],
	["one attempt too many", [...settled, missed, missed, missed], missed, "TooManyAttempts"],
	["missed where nothing was planned", [...settled, waive()], missed, "FollowUpNotDue"],
	["waived where nothing was planned", [...settled, record()], waive(), "FollowUpNotDue"],
	["waived, a visit that is not planned", settled, waive("refused", { attempt: "third" }), "FollowUpNotDue"],
	["the questions before their time", settled, ask, "TooEarly"],
	["the questions twice", [...settled, passes(25)], ask, "AlreadyDone"],
	["the questions after the answer", [...settled, record()], ask, "FollowUpNotDue"],
	["the questions while the case is open", takenUp, ask, "CaseNotClosed"],
	["terminated while it is open", takenUp, terminate, "CaseNotClosed"],
	["terminated before it was reopened", settled, terminate, "TooEarly"],
	["terminated twice", [...again, terminate], terminate, "AlreadyDone"],
	["asked by the courier", settled, record({}, cast.courier), "NotAuthorised"],
])("refused: %s", (_, steps, one, reason) => {
	expect(given(...steps).when(one).refusal?.reason).toBe(reason);
});

test("the questions go out by themselves when they are due, once", () => {
	const { stage } = given(...settled, passes(30));
	expect(
		stage.effects.filter((one) => one.do === "notify" && one.notice === "follow-up-questions"),
	).toHaveLength(1);
	expect(stage.kase.followUpPlan[0]?.asked).toBe(stage.kase.followUpPlan[0]?.due);
});

test("a restricted case gets no scripted questions: the safety team asks or waives", () => {
	const shut = [
		filedInjury(),
		by(cast.safety, "GradeCase"),
		by(cast.safety, "ClaimCase"),
		by(cast.safety, "MakeOffer", { lines: [{ item: "visit" }], grounds: "探望" }),
		by(cast.complainant, "AcceptOffer", { offer: "o1", through: "page" }),
		by(cast.safety, "CompleteItem", { item: "x1" }),
		content,
		by(cast.safety, "CloseCase", { outcome: "settled" }),
		passes(24 * 20),
	];
	const { stage, when } = given(...shut);
	expect(stage.effects.filter((one) => one.do === "notify" && one.notice === "follow-up-questions")).toEqual(
		[],
	);
	expect(when(record()).refusal?.reason).toBe("RestrictedCase");
	expect(when(record({}, cast.safety)).refusal?.reason).toBe("HandlerAsksAgain");
	expect(when(record({}, cast.safety2)).ok).toBe(true);
	expect(when({ ...waive("safety"), by: cast.safety2 }).ok).toBe(true);
});

test("the complainant answers by page, however often nobody answered the phone", () => {
	expect(given(...settled, missed, missed, missed).when(record({}, cast.complainant)).ok).toBe(true);
	const due = given(...settled, missed, missed, missed).stage;
	expect(obligations(due.kase, pack, due.now).map((one) => `${one.what} ${one.command}`)).toContain(
		"waive-follow-up WaiveFollowUp",
	);
});

test("a second 'not satisfied' does not reopen; then a reviewer may end it, and new facts reopen still", () => {
	const { kase } = given(...again, passes(30)).when(record({ satisfied: false }));
	expect([kase.closure !== null, kase.reopenings.length]).toEqual([true, 1]);
	const ended = given(...again, terminate);
	expect(ended.kase.termination?.by).toBe("reviewer");
	expect(ended.when(by(cast.complainant, "ReopenCase", { because: "new-facts", why: "新录像" })).ok).toBe(
		true,
	);
	expect(
		ended.when(by(cast.complainant, "RequestReview", { grounds: ["amount-wrong"], words: "x" })).refusal
			?.reason,
	).toBe("WindowClosed");
});

test("bothered, the case goes on as what it then is: reprisal, restricted, new facts even though satisfied", () => {
	const { kase, effects } = given(...settled, passes(25)).when(
		record({ bothered: true, words: "快递员打电话骂我" }),
	);
	expect(kase.allegations.at(-1)).toMatchObject({ category: "reprisal", accused: ["p2"] });
	expect(kase.restriction?.because).toBe("reprisal");
	expect(kase.reopenings[0]?.because).toBe("new-facts");
	expect(effects).toContainEqual({ do: "notify", to: { capability: "safety" }, notice: "escalated" });
	const both = given(...settled, passes(25)).when(record({ bothered: true, satisfied: false }));
	expect(both.kase.reopenings[0]?.because).toBe("not-satisfied");
});

test("attempts of an earlier closure count no more", () => {
	const steps = [
		...settled,
		missed,
		missed,
		record({ satisfied: false }, cast.complainant),
		...again.slice(settled.length + 2),
	];
	expect(given(...steps, missed, missed).when(missed).ok).toBe(true);
});
