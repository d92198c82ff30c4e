import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import { act, cast, passes, theatre } from "../given.ts";
import { agreedOn, carriedOut, closed, content, filed, graded, settled, takenUp } from "../given-story.ts";

const { given } = theatre(await readShippedPack("express"));

test("settled needs agreement, items ended and a confirmation", () => {
	expect(given(...takenUp).when(closed()).refusal?.reason).toBe("NotAgreed");
	expect(given(...agreedOn).when(closed()).refusal?.reason).toBe("ItemsOpen");
	expect(given(...carriedOut).when(closed()).refusal?.reason).toBe("NotConfirmed");
	const { kase } = given(...carriedOut, content).when(closed());
	expect(kase.closure?.outcome).toBe("settled");
	expect(kase.followUpPlan.length).toBeGreaterThan(0);
});

test.each([
	["deadlock without a final position", { outcome: "deadlock" }, "NotAgreed"],
	["not accepted without a reason", { outcome: "not-accepted" }, "ReasonMissing"],
	["a complaint as no complaint", { outcome: "not-a-complaint", reason: "x" }, "OutcomeNotAllowed"],
	["withdrawn while an allegation stands", { outcome: "withdrawn" }, "OutcomeNotAllowed"],
	["unreachable without attempts", { outcome: "unreachable" }, "TooEarly"],
	["a duplicate of nothing", { outcome: "duplicate" }, "NotJoined"],
	["transferred without where to", { outcome: "transferred", reason: "x" }, "ReasonMissing"],
])("refused: %s", (_, fields, reason) => {
	expect(given(...takenUp).when(closed(fields)).refusal?.reason).toBe(reason);
});

test("closed, the customer's track refuses and the fault track goes on", () => {
	const over = given(...settled);
	expect(
		over.when(act(cast.handler, "MakeOffer", { lines: [{ item: "apology" }], grounds: "x" })).refusal?.reason,
	).toBe("CaseClosed");
	expect(
		over.when(act(cast.handler, "AskQuestion", { party: "p2", about: "explanation", words: "请说明" })).ok,
	).toBe(true);
});

test("new facts always reopen, and a new round of offers begins", () => {
	const again = given(
		...settled,
		act(cast.handler, "ReopenCase", { because: "new-facts", why: "又少了一件" }),
	);
	expect(again.kase.closure).toBeNull();
	expect(
		given(...takenUp).when(act(cast.handler, "ReopenCase", { because: "new-facts", why: "x" })).refusal
			?.reason,
	).toBe("CaseNotClosed");
});

test("an enquiry is settled in one call", () => {
	const enquiry = given(filed({ kind: "enquiry" }), graded, act(cast.handler, "ClaimCase"));
	const spot = enquiry.when(
		act(cast.handler, "SettleOnTheSpot", { words: "已说明派送时间", give: false, satisfied: true }),
	);
	expect(spot.refusal).toBeNull();
	expect(spot.kase.closure).toMatchObject({ outcome: "settled", onTheSpot: true });
});

test("what the pack does not allow on the spot is refused", () => {
	const grave = given(
		filed({ flags: ["injury"] }),
		act(cast.safety, "GradeCase", { flags: ["injury"] }),
		passes(0, 5),
	);
	const spot = act(cast.safety, "SettleOnTheSpot", { words: "x", satisfied: true });
	expect(
		grave.when({ ...spot, by: { ...cast.safety, capabilities: [...cast.safety.capabilities, "settle"] } })
			.refusal?.reason,
	).toBe("OnTheSpotNotAllowed");
});
