import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import { act, cast, theatre } from "../given.ts";
import { claimed, filed, graded, takenUp } from "../given-story.ts";

const { given } = theatre(await readShippedPack("express"));

test("the rules propose urgency, severity and a route, each with its explanation", () => {
	const { kase } = given(filed()).when(graded);
	expect(kase.triage).toMatchObject({
		urgency: kase.triage?.proposed.urgency,
		severity: kase.triage?.proposed.severity,
	});
	expect(kase.triage?.explanations.every((one) => one.source.ref.length > 0)).toBe(true);
	expect(kase.route).toMatchObject({ fault: true });
});

test("overriding what the rules propose asks why", () => {
	const fresh = given(filed());
	const other = (why?: string) => act(cast.handler, "GradeCase", { urgency: "critical", severity: "A", why });
	expect(fresh.when(other()).refusal).toMatchObject({ reason: "ReasonMissing", detail: { field: "why" } });
	expect(fresh.when(other("媒体已在现场")).kase.triage).toMatchObject({ urgency: "critical", severity: "A" });
});

test("injury raises the grade and restricts the case", () => {
	const { kase } = given(filed({ flags: ["injury"] })).when(
		act(cast.safety, "GradeCase", { flags: ["injury"] }),
	);
	expect(kase.triage?.severity).toBe("A");
	expect(kase.restriction).not.toBeNull();
});

test("a flag the pack does not know is refused", () => {
	expect(given(filed()).when(act(cast.handler, "GradeCase", { flags: ["moon"] })).refusal?.reason).toBe(
		"UnknownWord",
	);
});

test("changing a category that was decided asks why", () => {
	const fresh = given(filed());
	const to = (category: string, why?: string) =>
		act(cast.handler, "ClassifyAllegation", { allegation: "a1", category, why });
	expect(fresh.when(to("misdelivery")).refusal?.reason).toBe("AlreadyDone");
	expect(fresh.when(to("ufo", "x")).refusal?.reason).toBe("UnknownCategory");
	expect(fresh.when(to("delay")).refusal?.reason).toBe("ReasonMissing");
	expect(fresh.when(to("delay", "客户改口")).kase.allegations[0]?.category).toBe("delay");
});

test("the second claimer is told who has it and since when", () => {
	const taken = given(...takenUp);
	const refusal = taken.when(act(cast.second, "ClaimCase")).refusal;
	expect(refusal).toMatchObject({ reason: "AlreadyClaimed", detail: { by: "handler" } });
	expect(refusal?.detail.since).toBe(taken.kase.owner?.since);
});

test("a shift hands over with a note; a stranger to the case may not", () => {
	const taken = given(...takenUp);
	const over = (by: typeof cast.handler, person: string) =>
		act(by, "HandOverCase", { person, note: "已联系，待情况说明" });
	expect(taken.when(over(cast.handler, "second")).kase.owner?.person).toBe("second");
	expect(taken.when(over(cast.handler, "finance")).refusal?.reason).toBe("NotAuthorised");
	expect(given(filed(), graded).when(over(cast.handler, "second")).refusal?.reason).toBe("NotClaimed");
});

test("restricted, only the safety team sees it; only they lift it", () => {
	const shut = given(filed(), graded, claimed, act(cast.handler, "RestrictCase", { why: "涉及未成年人" }));
	expect(shut.when(act(cast.second, "EscalateCase", { to: "duty", why: "x" })).refusal?.reason).toBe(
		"RestrictedCase",
	);
	expect(
		shut.when(act(cast.safety, "LiftRestriction", { why: "已核实不涉及" })).kase.restriction?.lifted,
	).not.toBeNull();
});

test("a hold is for legal to lift", () => {
	const held = given(...takenUp, act(cast.legal, "PlaceHold", { why: "可能诉讼" }));
	expect(held.when(act(cast.legal, "PlaceHold", { why: "x" })).refusal?.reason).toBe("OnHold");
	expect(held.when(act(cast.safety, "LiftHold", { why: "x" })).refusal?.reason).toBe("NotAuthorised");
	expect(held.when(act(cast.legal, "LiftHold", { why: "结束" })).ok).toBe(true);
});
