import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import type { Actor } from "../actor.ts";
import type { Case } from "../case.ts";
import { type Act, act, cast, type Step, theatre } from "../given.ts";
import { claimed, faultDone, filed, graded, reached, settled, takenUp } from "../given-story.ts";
import { obligations } from "../journey.ts";
import { compileTable } from "../rules/evaluate.ts";

const { given, pack } = theatre(await readShippedPack("express"));

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

type Row = [name: string, steps: Step[], one: Act, reason: string];
const by = (actor: Actor, type: string, fields = {}) => act(actor, type, fields);
const classify = (category: string, fields = {}) =>
	by(cast.handler, "ClassifyAllegation", { allegation: "a1", category, why: "听录音后改判", ...fields });
const regrade = (fields = {}) =>
	by(cast.handler, "RegradeCase", { urgency: "urgent", severity: "B", why: "客户补充情况", ...fields });
const restrict = by(cast.handler, "RestrictCase", { why: "涉及骚扰" });
const nameless = filed({ verbatim: "说不清楚", allegations: [] });

test.each<Row>([
	["graded twice", [filed(), graded], graded, "AlreadyDone"],
	["graded without any category", [nameless], graded, "NotClassified"],
	["graded by finance", [filed()], by(cast.finance, "GradeCase"), "NotAuthorised"],
	["regraded before it was graded", [filed()], regrade(), "NotTriaged"],
	["regraded to what it is", takenUp, regrade({ urgency: "urgent", severity: "C" }), "AlreadyDone"],
	["regraded by a flag nobody knows", takenUp, regrade({ flags: ["moon"] }), "UnknownWord"],
	[
		"an allegation that is not there",
		[filed()],
		classify("delay", { allegation: "a9" }),
		"UnknownAllegation",
	],
	[
		"an allegation withdrawn",
		[filed(), by(cast.complainant, "WithdrawAllegations", { allegations: ["a1"] })],
		classify("delay"),
		"AlreadyWithdrawn",
	],
	["an allegation already found", faultDone, classify("delay"), "AlreadyDecided"],
	[
		"restricted twice",
		[filed(), restrict],
		by(cast.safety, "RestrictCase", { why: "x" }),
		"AlreadyRestricted",
	],
	[
		"restricted with a guardian who is not there",
		[filed()],
		by(cast.safety, "RestrictCase", { why: "x", guardian: "p9" }),
		"UnknownParty",
	],
	[
		"a restriction lifted that there is none of",
		[filed()],
		by(cast.safety, "LiftRestriction", { why: "x" }),
		"NotRestricted",
	],
	[
		"a restriction lifted by its handler",
		[filed(), restrict],
		by(cast.handler, "LiftRestriction", { why: "x" }),
		"NotAuthorised",
	],
	["a hold lifted that there is none of", [filed()], by(cast.legal, "LiftHold", { why: "x" }), "NotOnHold"],
	["assigned to nobody", takenUp, by(cast.manager, "AssignCase", { person: "ghost" }), "UnknownParty"],
	[
		"assigned to somebody who handles nothing",
		takenUp,
		by(cast.manager, "AssignCase", { person: "finance" }),
		"NotAuthorised",
	],
	[
		"assigned to whoever has it",
		takenUp,
		by(cast.manager, "AssignCase", { person: "handler" }),
		"AlreadyClaimed",
	],
	[
		"handed over to oneself",
		takenUp,
		by(cast.handler, "HandOverCase", { person: "handler", note: "x" }),
		"AlreadyClaimed",
	],
	[
		"a restricted case assigned outside the safety team",
		[filed(), restrict],
		by(cast.safety, "AssignCase", { person: "second" }),
		"RestrictedCase",
	],
	[
		"escalated by the complainant",
		takenUp,
		by(cast.complainant, "EscalateCase", { to: "duty", why: "x" }),
		"NotAuthorised",
	],
	["claimed after closure", settled, by(cast.second, "ClaimCase"), "CaseClosed"],
])("refused: %s", (_, steps, one, reason) => {
	expect(given(...steps).when(one).refusal?.reason).toBe(reason);
});

test("a category that the pack restricts shuts the case, and ends direct talk", () => {
	const { kase } = given(...takenUp, by(cast.courier, "OpenDirectTalk")).when(classify("injury"));
	expect(kase.restriction).toMatchObject({ because: "injury", why: null });
	expect(kase.directTalk?.closed?.why).toBe("barred");
});

test("a flag that restricts does so when it is raised, not again after the safety team has lifted it", () => {
	const raised = given(...takenUp).when(regrade({ severity: "A", urgency: "critical", flags: ["injury"] }));
	expect(raised.kase.restriction?.because).toBe("injury");
	const lifted = given(
		...takenUp,
		regrade({ severity: "A", urgency: "critical", flags: ["injury"] }),
		by(cast.safety, "LiftRestriction", { why: "未受伤" }),
	);
	expect(lifted.when(regrade({ flags: ["injury"] })).kase.restriction?.lifted).not.toBeNull();
});

test("restricted, a case is free for the safety team to take, whoever had it", () => {
	const shut = given(...takenUp, restrict);
	expect(shut.when(by(cast.safety, "ClaimCase")).kase.owner?.person).toBe("safety");
	expect(
		given(...takenUp, restrict, by(cast.safety, "ClaimCase")).when(by(cast.safety2, "ClaimCase")).refusal
			?.reason,
	).toBe("AlreadyClaimed");
});

test("another category measures the clocks anew, with the calendar that goes with it, and asks for a new grade", () => {
	const open = given(filed(), graded);
	const clock = (kase: Case, name: string) => kase.clocks.find((one) => one.name === name);
	expect(clock(open.kase, "first-contact")?.due).toBe("2026-03-02T02:16:00.000Z");
	const { kase } = open.when({ ...classify("attitude"), after: 600 });
	expect(clock(kase, "first-contact")).toMatchObject({
		due: "2026-03-02T03:01:00.000Z",
		duration: { amount: 1, unit: "working-hours" },
		calendar: "service",
	});
	const toSafety = open.when({ ...classify("injury"), after: 600 }).kase;
	expect(clock(toSafety, "first-contact")).toMatchObject({
		calendar: "always",
		duration: { unit: "minutes" },
	});
	expect(obligations(kase, pack, kase.changedAt).map((one) => one.what)).toContain("regrade");
	expect(given(filed(), graded, classify("attitude"), regrade()).kase.route?.row).not.toBe(
		open.kase.route?.row,
	);
});

test("a clock that the right category has runs from its moment, unless what stops it has happened", () => {
	const late = given(filed(), graded).when({ ...classify("no-door-delivery"), after: 1200 }).kase;
	expect(late.clocks.find((one) => one.name === "redelivery-reply")).toMatchObject({
		startedAt: "2026-03-02T02:01:00.000Z",
		due: "2026-03-02T03:01:00.000Z",
	});
	const done = given(filed(), graded, reached).when(classify("no-door-delivery")).kase;
	expect(done.clocks.map((one) => one.name)).not.toContain("redelivery-reply");
});

test("a clock that the category has no use for ends; a statutory one runs on", () => {
	const { kase } = given(...takenUp, reached).when(classify("delay"));
	expect(kase.clocks.find((one) => one.name === "find-parcel")?.stopped?.why).toBe("not-applicable");
	expect(kase.clocks.find((one) => one.name === "resolve")?.stopped).toBeNull();
});

test("taken before it was graded, nobody is asked to take it again", () => {
	const { kase } = given(filed(), claimed).when(graded);
	expect(kase.clocks.find((one) => one.name === "handover")?.stopped?.why).toBe("claimed");
});

test("escalation calls in whom it names", () => {
	const calls = (to: string) =>
		given(...takenUp).when(by(cast.handler, "EscalateCase", { to, why: "媒体来电" })).effects;
	expect(calls("safety")[0]).toMatchObject({ to: { capability: "safety" } });
	expect(calls("team-lead")[0]).toMatchObject({ to: { capability: "triage" } });
	expect(calls("head-office")[0]).toMatchObject({ to: { capability: "manage" } });
});

test("an inbound letter of a regulator raises the grade that the tables propose", () => {
	const letter = by(cast.liaison, "OpenProceeding", {
		body: "postal-12305",
		direction: "inbound",
		number: "SS1",
		words: "转办",
	});
	expect(given(filed(), letter).when(graded).kase.triage).toMatchObject({ urgency: "urgent", severity: "B" });
});

test("handed over by its owner, or by whoever triages", () => {
	const colleague = { ...cast.second, capabilities: ["handle"] } as Actor;
	const over = (actor: Actor) => by(actor, "HandOverCase", { person: "second", note: "换班" });
	expect(given(...takenUp).when(over(colleague)).refusal).toMatchObject({
		reason: "NotYourCase",
		detail: { owner: "handler" },
	});
	expect(given(...takenUp).when(over(cast.duty)).ok).toBe(true);
});

test("whoever is given a case by somebody else is told, and so is the complainant", () => {
	const over = given(...takenUp).when(by(cast.handler, "HandOverCase", { person: "second", note: "换班" }));
	expect(over.effects).toEqual([
		{ do: "notify", to: { party: "p1" }, notice: "owner-taken" },
		{ do: "notify", to: { person: "second" }, notice: "case-assigned" },
	]);
	const own = given(filed(), graded).when(claimed).effects;
	expect(JSON.stringify(own)).not.toContain("case-assigned");
});

test("a hand-over leaves its note with the next owner, who alone confirms having read it, once", () => {
	const over = by(cast.handler, "HandOverCase", { person: "second", note: "网点明早补派" });
	const confirm = (actor: Actor) => by(actor, "ConfirmHandOver");
	expect(given(...takenUp).when(confirm(cast.handler)).refusal?.reason).toBe("NotOpen");
	const handed = given(...takenUp, over);
	expect(handed.kase.owner?.handOver).toMatchObject({ from: "handler", read: null });
	expect(handed.when(confirm(cast.handler)).refusal).toMatchObject({
		reason: "NotYourCase",
		detail: { owner: "second" },
	});
	const read = given(...takenUp, over, confirm(cast.second));
	expect(read.kase.owner?.handOver?.read).toMatchObject({ by: "second" });
	expect(read.when(confirm(cast.second)).refusal?.reason).toBe("AlreadyDone");
});

test("a grade that hangs on what nobody has said asks for it, unless a person sets both", async () => {
	const table = structuredClone(pack.data.routes.severity);
	table.rows.unshift({
		id: "lost",
		when: "lost",
		gives: { severity: '"A"' },
		source: { kind: "company", ref: "x", sure: "company-default" },
	});
	const asking = { ...pack, tables: { ...pack.tables, severity: compileTable(table, pack.sheet) } };
	const { given: played } = theatre(asking);
	expect(played(filed()).when(graded).refusal).toMatchObject({
		reason: "FactsMissing",
		detail: { facts: ["lost"] },
	});
	const both = by(cast.handler, "GradeCase", { urgency: "urgent", severity: "B" });
	expect(played(filed()).when(both).kase.triage).toMatchObject({
		severity: "B",
		proposed: { severity: "B" },
	});
});
