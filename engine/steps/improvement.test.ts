import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import { act, cast, theatre } from "../given.ts";
import { takenUp } from "../given-story.ts";

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

test("a case study is published by a second person", () => {
	const draft = act(cast.quality, "DraftCaseStudy", { text: "某网点错投一件", lesson: "二次核对" });
	const open = given(...takenUp, draft);
	expect(open.when(act(cast.quality, "PublishCaseStudy")).refusal?.reason).toBe("OwnProposal");
	expect(open.when(act(cast.quality2, "PublishCaseStudy")).kase.improvement.study?.published).not.toBeNull();
});
