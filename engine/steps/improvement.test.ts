import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import type { Actor } from "../actor.ts";
import { type Act, act, cast, type Step, theatre } from "../given.ts";
import { filedInjury, takenUp } from "../given-story.ts";
import { obligations } from "../journey.ts";

const { given } = theatre(await readShippedPack("express"));

const pack = await readShippedPack("express");
const CAUSE = Object.keys(pack.data.responsibility.causes)[0] ?? "";
const TRAINING = Object.keys(pack.data.improvement.training)[0] ?? "";
const action = act(cast.quality, "OpenCorrectiveAction", {
	owner: "officer",
	cause: CAUSE,
	words: "派件二次核对",
	due: "2026-03-20T10:00:00+08:00",
});
const done = act(cast.officer, "CompleteCorrectiveAction", { action: "t1", words: "已上线" });

test("a worker proposes, somebody else decides", () => {
	const proposal = act(cast.courier, "ProposeImprovement", { target: "process", words: "门牌二次核对" });
	const taken = act(cast.quality, "DecideProposal", { proposal: "y1", taken: true, why: "采纳" });
	expect(given(...takenUp, proposal).when(taken).kase.improvement.proposals[0]?.decided?.taken).toBe(true);
	expect(given(...takenUp, { ...proposal, by: cast.quality }).when(taken).refusal?.reason).toBe(
		"OwnProposal",
	);
});

test("a corrective action has an owner and a date, and is proved by another than who did it", () => {
	const open = given(...takenUp, action);
	expect(open.kase.improvement.actions[0]).toMatchObject({ owner: "officer", done: null });
	const verify = (by: typeof cast.quality) =>
		act(by, "VerifyCorrectiveAction", { action: "t1", worked: true, words: "两周零错投" });
	expect(open.when(verify(cast.quality)).ok).toBe(false);
	const ended = given(...takenUp, action, done);
	expect(ended.when(verify({ ...cast.quality, id: "officer" })).refusal?.reason).toBe("DecidedBefore");
	expect(ended.when(verify(cast.quality)).kase.improvement.actions[0]?.verified?.worked).toBe(true);
});

test.each([
	["a cause the pack does not know", { cause: "fate" }, "UnknownWord"],
	["a date that is past", { due: "2026-01-01T10:00:00+08:00" }, "TooEarly"],
	["an owner who is nobody", { owner: "ghost" }, "UnknownParty"],
])("a corrective action with %s is refused", (_, fields, reason) => {
	expect(given(...takenUp).when({ ...action, fields: { ...action.fields, ...fields } }).refusal?.reason).toBe(
		reason,
	);
});

test("training is passed at the pack's mark", () => {
	const assign = act(cast.quality, "AssignTraining", {
		person: "courier-1",
		training: TRAINING,
		due: "2026-03-20T10:00:00+08:00",
	});
	const mark = pack.data.improvement.training[TRAINING]?.pass ?? 0;
	const result = (score: number) => act(cast.quality, "RecordTrainingResult", { assignment: "j1", score });
	const open = given(...takenUp, assign);
	expect(open.when(result(mark - 1)).kase.improvement.training[0]?.result?.passed).toBe(false);
	expect(given(...takenUp, assign).when(result(mark)).kase.improvement.training[0]?.result?.passed).toBe(
		true,
	);
});

test("whoever takes the test is marked by their answers", () => {
	const open = given(...takenUp, trained);
	expect(open.when(scored(50)).kase.improvement.training[0]?.result).toMatchObject({
		score: 50,
		passed: false,
	});
	expect(open.when(scored(100)).kase.improvement.training[0]?.result).toMatchObject({
		score: 100,
		passed: true,
	});
});

test("a case study is published by a second person", () => {
	const draft = act(cast.quality, "DraftCaseStudy", { text: "某网点错投一件", lesson: "二次核对" });
	const open = given(...takenUp, draft);
	expect(open.when(act(cast.quality, "PublishCaseStudy")).refusal?.reason).toBe("OwnProposal");
	expect(open.when(act(cast.quality2, "PublishCaseStudy")).kase.improvement.study?.published).not.toBeNull();
});

type Row = [name: string, steps: Step[], one: Act, reason: string];
const by = (actor: Actor, type: string, fields = {}) => act(actor, type, fields);
const proposed = by(cast.courier, "ProposeImprovement", {
	target: "dispatch",
	words: "门牌应在派件单上放大",
});
const ruled = by(cast.quality, "DecideProposal", { proposal: "y1", taken: true, why: "可行" });
const verify = by(cast.quality, "VerifyCorrectiveAction", {
	action: "t1",
	worked: true,
	words: "一个月未再犯",
});
const trained = by(cast.quality, "AssignTraining", {
	person: "courier-1",
	training: "double-check",
	due: "2026-03-20T10:00:00+08:00",
});
/** The answers of whoever takes the test of `double-check`: the first is right, the second only for the full mark. */
const scored = (score: 50 | 100, actor: Actor = cast.courier) =>
	by(actor, "RecordTrainingResult", { assignment: "j1", answers: [1, score === 100 ? 0 : 1] });
const claimed = (actor: Actor) => by(actor, "RecordTrainingResult", { assignment: "j1", score: 100 });
const study = (fields = {}) =>
	by(cast.quality, "DraftCaseStudy", { text: "门牌看错一例", lesson: "交件前看第二遍", ...fields });

test.each<Row>([
	["a proposal decided that was not made", takenUp, ruled, "NotOpen"],
	[
		"another proposal decided",
		[...takenUp, proposed],
		by(cast.quality, "DecideProposal", { proposal: "y9", taken: true, why: "x" }),
		"UnknownAction",
	],
	[
		"a proposal decided twice",
		[...takenUp, proposed, { ...proposed, by: cast.handler }, ruled],
		ruled,
		"AlreadyDecided",
	],
	[
		"a cause nobody knows",
		takenUp,
		by(cast.quality, "RecordRootCause", { cause: "fate", words: "x" }),
		"UnknownWord",
	],
	["an action completed that was not opened", takenUp, { ...done, by: cast.quality }, "NotOpen"],
	[
		"another action completed",
		[...takenUp, action],
		{ ...by(cast.quality, "CompleteCorrectiveAction", { action: "t9", words: "x" }) },
		"UnknownAction",
	],
	[
		"an action completed by a stranger to it",
		[...takenUp, action],
		{ ...done, by: cast.handler },
		"NotYourPart",
	],
	["an action completed twice", [...takenUp, action, { ...action }, done], done, "AlreadyDone"],
	[
		"an action completed on evidence that is not there",
		[...takenUp, action],
		by(cast.officer, "CompleteCorrectiveAction", { action: "t1", words: "x", evidence: ["e9"] }),
		"UnknownEvidence",
	],
	["an action verified before it was done", [...takenUp, action], verify, "NotOpen"],
	[
		"another action verified",
		[...takenUp, action, done],
		by(cast.quality, "VerifyCorrectiveAction", { action: "t9", worked: true, words: "x" }),
		"UnknownAction",
	],
	[
		"one action verified while only another is done",
		[...takenUp, action, action, done],
		by(cast.quality, "VerifyCorrectiveAction", { action: "t2", worked: true, words: "x" }),
		"NotStarted",
	],
	[
		"an action verified twice",
		[
			...takenUp,
			action,
			action,
			done,
			by(cast.officer, "CompleteCorrectiveAction", { action: "t2", words: "x" }),
			verify,
		],
		verify,
		"AlreadyDone",
	],
	[
		"an action verified by its owner",
		[
			...takenUp,
			{ ...action, fields: { ...action.fields, owner: "quality" } },
			by(cast.manager, "CompleteCorrectiveAction", { action: "t1", words: "x" }),
		],
		verify,
		"DecidedBefore",
	],
	[
		"a do-not rule at no place",
		takenUp,
		by(cast.quality, "AddDoNotRule", { place: "the lounge!", words: "x" }),
		"Malformed",
	],
	[
		"training nobody offers",
		takenUp,
		by(cast.quality, "AssignTraining", {
			person: "courier-1",
			training: "yoga",
			due: "2026-03-20T10:00:00+08:00",
		}),
		"UnknownWord",
	],
	[
		"training due yesterday",
		takenUp,
		by(cast.quality, "AssignTraining", {
			person: "courier-1",
			training: "double-check",
			due: "2026-03-01T10:00:00+08:00",
		}),
		"TooEarly",
	],
	["a result of no training", takenUp, scored(100), "NotOpen"],
	["a mark given to oneself", [...takenUp, trained], claimed(cast.courier), "NotAuthorised"],
	[
		"a mark given to oneself by whoever leads",
		[...takenUp, { ...trained, fields: { ...trained.fields, person: "quality" } }],
		claimed(cast.quality),
		"NotAuthorised",
	],
	[
		"a test answered in part",
		[...takenUp, trained],
		by(cast.courier, "RecordTrainingResult", { assignment: "j1", answers: [1] }),
		"Malformed",
	],
	[
		"a mark that is none",
		[...takenUp, trained],
		by(cast.quality, "RecordTrainingResult", { assignment: "j1" }),
		"Malformed",
	],
	[
		"a result of another training",
		[...takenUp, trained],
		by(cast.quality, "RecordTrainingResult", { assignment: "j9", score: 100 }),
		"UnknownAction",
	],
	[
		"a result after it was passed",
		[...takenUp, trained, { ...trained }, scored(100)],
		scored(100),
		"AlreadyDone",
	],
	[
		"a result of somebody else's training",
		[...takenUp, { ...trained, fields: { ...trained.fields, person: "courier-9" } }],
		scored(100),
		"NotYourPart",
	],
	["a study with a phone number in it", takenUp, study({ lesson: "打13812345678问" }), "GuardBlocked"],
	["a study published that was not written", takenUp, by(cast.quality2, "PublishCaseStudy"), "NotStarted"],
	[
		"a study published twice",
		[...takenUp, study(), by(cast.quality2, "PublishCaseStudy")],
		by(cast.quality2, "PublishCaseStudy"),
		"AlreadyDone",
	],
	[
		"a study written over one that is out",
		[...takenUp, study(), by(cast.quality2, "PublishCaseStudy")],
		study(),
		"AlreadyDone",
	],
])("refused: %s", (_, steps, one, reason) => {
	expect(given(...steps).when(one).refusal?.reason).toBe(reason);
});

test("whether an action worked is looked at after the pack's time", () => {
	const { kase } = given(...takenUp, action).when(done);
	expect(kase.improvement.actions[0]?.verifyBy).toBe("2026-04-01T16:00:00.000Z");
});

test("who must do what next is known; in a restricted case it is the safety team", () => {
	const due = (...steps: Step[]) => {
		const { stage } = given(...steps);
		return obligations(stage.kase, pack, stage.now)
			.filter((one) => one.step === "improvement")
			.map((one) => [one.what, one.who]);
	};
	expect(due(...takenUp, proposed)).toEqual([["decide-proposal", { capability: "quality" }]]);
	expect(due(...takenUp, action)).toEqual([["complete-action", { person: "officer" }]]);
	expect(due(...takenUp, action, done)).toEqual([["verify-action", { capability: "quality" }]]);
	expect(due(...takenUp, trained, scored(50))).toEqual([["take-training", { person: "courier-1" }]]);
	expect(due(...takenUp, trained, scored(100))).toEqual([]);
	expect(due(filedInjury(), proposed)).toEqual([["decide-proposal", { capability: "safety" }]]);
	expect(given(filedInjury(), proposed).when({ ...ruled, by: cast.safety }).ok).toBe(true);
});

test("a failed test may be taken again; do-not rules and root causes are written down", () => {
	const { kase } = given(
		...takenUp,
		trained,
		scored(50),
		scored(100),
		by(cast.quality, "AddDoNotRule", { place: "lounge", words: "不看第二遍，不许交" }),
		by(cast.quality, "RecordRootCause", { cause: "careless-check", words: "未核对" }),
	);
	expect(kase.improvement.training[0]?.result).toMatchObject({ score: 100, passed: true });
	expect([kase.improvement.doNot[0]?.place, kase.improvement.rootCause?.cause]).toEqual([
		"lounge",
		"careless-check",
	]);
});

test("whoever is charged is told by when", () => {
	const told = (one: Act) => given(...takenUp).when(one).effects[0];
	expect(told(action)).toMatchObject({ to: { person: "officer" }, notice: "corrective-action" });
	expect(told(trained)).toMatchObject({
		to: { person: "courier-1" },
		notice: "training-assigned",
		values: { due: "2026-03-20T02:00:00.000Z" },
	});
});
