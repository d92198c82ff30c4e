import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import { act, cast, passes, theatre } from "../given.ts";
import { faultDone, found, imposed, settled } from "../given-story.ts";

const { given } = theatre(await readShippedPack("express"));

const lodge = (fields: object = {}) =>
	act(cast.courier, "LodgeAppeal", {
		findings: ["f1"],
		grounds: [GROUND],
		words: "监控能证明我核对过",
		...fields,
	});
const GROUND = Object.keys((await readShippedPack("express")).data.appeals.grounds)[0] ?? "";
const assigned = act(cast.manager, "AssignReviewer", { appeal: "z1", person: "reviewer" });
const decided = (result: string) =>
	act(cast.reviewer, "DecideAppeal", { appeal: "z1", result, reasons: "另一路监控属实" });

test("the respondent appeals within the window, and not after it", () => {
	expect(given(...faultDone).when(lodge()).kase.appeals[0]).toMatchObject({
		side: "respondent",
		party: "p2",
	});
	expect(given(...faultDone, passes(24 * 30)).when(lodge()).refusal?.reason).toBe("WindowClosed");
});

test.each([
	["without notice of a finding", lodge({ findings: [] }), "NothingFound"],
	["on a ground the pack does not know", lodge({ grounds: ["fate"] }), "UnknownWord"],
	["with evidence that is not there", lodge({ evidence: ["e9"] }), "UnknownEvidence"],
])("refused: %s", (_, one, reason) => {
	expect(given(...faultDone).when(one).refusal?.reason).toBe(reason);
});

test("who decided does not review; who was not asked does not decide", () => {
	const open = given(...faultDone, lodge());
	expect(open.when(act(cast.manager, "AssignReviewer", { appeal: "z1", person: "handler" })).ok).toBe(false);
	expect(open.when(decided("upheld")).ok).toBe(false);
	expect(
		given(...faultDone, lodge(), assigned).when({ ...decided("upheld"), by: cast.reviewer2 }).refusal?.reason,
	).toBe("NotYourPart");
});

test("one supplement, no more", () => {
	const supplement = act(cast.courier, "SupplementAppeal", { appeal: "z1", words: "补交截图" });
	expect(given(...faultDone, lodge(), supplement).when(supplement).refusal?.reason).toBe("SupplementUsed");
});

test("upheld: a new round by other people, and the points are reversed", () => {
	const sanctioned = given(...faultDone, imposed("points"), lodge(), assigned);
	const { kase } = sanctioned.when(decided("upheld"));
	expect(kase.round).toBe(2);
	expect(kase.sanctions[0]?.reversed).not.toBeNull();
	const again = given(...faultDone, imposed("points"), lodge(), assigned, decided("upheld")).when(found());
	expect(again.refusal?.reason).toBe("DecidedBefore");
});

test("dismissed: everything stands", () => {
	const { kase } = given(...faultDone, imposed("points"), lodge(), assigned).when(decided("dismissed"));
	expect(kase.round).toBe(1);
	expect(kase.sanctions[0]?.reversed).toBeNull();
});

test("the complainant asks for a review of the decision", () => {
	const review = act(cast.complainant, "RequestReview", { grounds: [GROUND], words: "金额不对" });
	expect(given(...settled).when(review).kase.appeals[0]?.side).toBe("complainant");
});
