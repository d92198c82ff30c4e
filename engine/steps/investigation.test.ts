import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import { act, cast, passes, theatre } from "../given.ts";
import { asked, damageTakenUp, damageVerified, explained, photo, takenUp, verified } from "../given-story.ts";

const { given } = theatre(await readShippedPack("express"));

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
