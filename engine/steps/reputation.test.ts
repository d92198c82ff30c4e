import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import { scoreAt } from "../conduct.ts";
import { act, cast, passes, theatre } from "../given.ts";
import { faultDone, imposed, photo, takenUp } from "../given-story.ts";

const { given } = theatre(await readShippedPack("express"));

const pack = await readShippedPack("express");

test("points wait for the appeal window, then count", () => {
	const waiting = given(...faultDone, imposed("points"));
	expect(waiting.kase.sanctions[0]?.inForce).toBeNull();
	const { stage } = given(...faultDone, imposed("points"), passes(24 * 30));
	expect(stage.kase.sanctions[0]?.inForce).not.toBeNull();
	const file = stage.conduct["courier-1"];
	expect(file && scoreAt(file, stage.now, pack.data.reputation.score)).toBeLessThan(
		pack.data.reputation.score.base,
	);
});

test("a reversal brings the score back to what it would have been", () => {
	const reverse = act(cast.reviewer, "ReverseSanction", { sanction: "s1", why: "证据不足" });
	const { stage } = given(...faultDone, imposed("points"), passes(24 * 30), reverse);
	const file = stage.conduct["courier-1"];
	expect(file && scoreAt(file, stage.now, pack.data.reputation.score)).toBe(pack.data.reputation.score.base);
});

test.each([
	["without a finding", imposed("points", { finding: undefined }), "NothingFound"],
	["other points than the table's without a reason", imposed("points", { points: -9 }), "ReasonMissing"],
	[
		"a suspension without evidence",
		imposed("suspension", { days: 3, override: "情节重" }),
		"EvidenceMissing",
	],
	["a customer's number that is not there", imposed("points", { party: "p9" }), "UnknownParty"],
])("refused: %s", (_, one, reason) => {
	expect(given(...faultDone).when(one).refusal?.reason).toBe(reason);
});

test("without notice of the finding there is no sanction", () => {
	expect(given(...faultDone.slice(0, -1)).when(imposed("points")).refusal?.reason).toBe("NoticeMissing");
});

test("a block is pairwise, has proof and a term, costs the blocker nothing, and may be lifted by them", () => {
	const block = act(cast.courier, "BlockParty", { party: "p1", reason: "辱骂", evidence: ["e1"] });
	const { kase, stage } = given(...takenUp, photo, block);
	expect(kase.sanctions[0]).toMatchObject({ kind: "block", subject: "customer-1", against: "courier-1" });
	expect(kase.sanctions[0]?.until).not.toBeNull();
	expect(stage.conduct["courier-1"]).toBeUndefined();
	expect(
		given(...takenUp).when(act(cast.courier, "BlockParty", { party: "p1", reason: "x", evidence: [] }))
			.refusal?.reason,
	).toBe("Malformed");
	expect(
		given(...takenUp, photo, block).when(act(cast.courier, "LiftSanction", { sanction: "s1", why: "和解" }))
			.ok,
	).toBe(true);
});

test("a safety measure acts at once and is reviewed by another within a day", () => {
	const measure = act(cast.safety, "TakeSafetyMeasure", { party: "p2", reason: "先行停派" });
	const taken = given(...takenUp, measure);
	expect(taken.kase.sanctions[0]?.inForce).not.toBeNull();
	const review = (by: typeof cast.safety) =>
		act(by, "ReviewSafetyMeasure", { sanction: "s1", keep: false, why: "解除" });
	expect(taken.when(review(cast.safety)).refusal?.reason).toBe("DecidedBefore");
	expect(taken.when(review(cast.safety2)).kase.sanctions[0]?.lifted).not.toBeNull();
});
