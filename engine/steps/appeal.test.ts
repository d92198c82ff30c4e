import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import type { Actor } from "../actor.ts";
import { type Act, act, cast, passes, type Step, silently, theatre } from "../given.ts";
import {
	asked,
	explained,
	faultDone,
	filed,
	found,
	imposed,
	noticed,
	photo,
	settled,
	takenUp,
	verified,
} from "../given-story.ts";
import { obligations } from "../journey.ts";
import { unfound } from "./responsibility-open.ts";

const { given, on, pack } = theatre(await readShippedPack("express"));

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

type Row = [name: string, steps: Step[], one: Act, reason: string];
const by = (actor: Actor, type: string, fields = {}) => act(actor, type, fields);
const review = (fields = {}, actor: Actor = cast.complainant) =>
	by(actor, "RequestReview", { grounds: [GROUND], words: "处理不公", ...fields });
const open = [...faultDone, lodge()];
const given2 = [...open, assigned];
const dismissed = [...given2, decided("dismissed")];
const upheld = [...given2, decided("upheld")];
const supplement = (actor: Actor = cast.courier, fields = {}) =>
	by(actor, "SupplementAppeal", { appeal: "z1", words: "补充照片", ...fields });
const moreAsked = by(cast.reviewer, "AskForSupplement", { appeal: "z1", words: "请补充派件照片" });
const sanctioned = [...faultDone, imposed("points")];
const falseProved = [
	...takenUp,
	asked(),
	explained,
	verified("proved-false", true, "outlet-record"),
	found({ upheld: "no", liable: false, shares: {} }),
	noticed,
	imposed("customer-warning", { party: "p1" }),
];

test.each<Row>([
	["where nothing was found", takenUp, lodge(), "NothingFound"],
	["against a finding that is not there", faultDone, lodge({ findings: ["f9"] }), "UnknownWord"],
	[
		"against a sanction that is not there",
		faultDone,
		lodge({ findings: [], sanction: "s9" }),
		"UnknownSanction",
	],
	["before notice was given", faultDone.slice(0, -1), lodge(), "NoticeMissing"],
	["a second time while the first is open", open, lodge(), "AlreadyOpen"],
	["a second time after it was decided", dismissed, lodge(), "AlreadyDecided"],
	["against a finding that was overturned", upheld, lodge(), "AlreadyDecided"],
	["against another's sanction", falseProved, lodge({ findings: [], sanction: "s1" }), "NotYourPart"],
	[
		"against a finding of no concern to them",
		faultDone,
		{ ...lodge({ party: "p1" }), by: cast.handler },
		"NotYourPart",
	],
	[
		"for somebody who is not there",
		faultDone,
		{ ...lodge({ party: "p9" }), by: cast.handler },
		"UnknownParty",
	],
	["for another, by a courier", faultDone, lodge({ party: "p1" }), "UnknownParty"],
	[
		"against a sanction taken back",
		[...sanctioned, by(cast.manager, "ReverseSanction", { sanction: "s1", why: "x" })],
		lodge({ findings: [], sanction: "s1" }),
		"AlreadyDone",
	],
	["a review where nothing was decided", takenUp, review(), "NothingFound"],
	["a review while one is open", [...settled, review()], review(), "AlreadyOpen"],
	[
		"a review of what was reviewed",
		[
			...settled,
			review(),
			by(cast.manager, "AssignReviewer", { appeal: "z1", person: "reviewer" }),
			decided("dismissed"),
		],
		review(),
		"AlreadyDecided",
	],
	["a review after the window", [...settled, silently(24 * 8)], review(), "WindowClosed"],
	["a review on a ground that only workers have", settled, review({ grounds: ["not-mine"] }), "UnknownWord"],
	["a review on no ground of the pack", settled, review({ grounds: ["fate"] }), "UnknownWord"],
	["a review with evidence that is not there", settled, review({ evidence: ["e9"] }), "UnknownEvidence"],
	[
		"more asked about nothing",
		open,
		by(cast.reviewer, "AskForSupplement", { appeal: "z9", words: "x" }),
		"UnknownAppeal",
	],
	["more asked by another reviewer", given2, { ...moreAsked, by: cast.reviewer2 }, "NotYourPart"],
	["more asked twice", [...given2, moreAsked], moreAsked, "SupplementUsed"],
	["more asked after it was given", [...given2, supplement()], moreAsked, "SupplementUsed"],
	["more given to nothing", open, supplement(cast.courier, { appeal: "z9" }), "UnknownAppeal"],
	["more given by the other side", open, supplement(cast.complainant), "NotYourPart"],
	[
		"more given with evidence that is not there",
		open,
		supplement(cast.courier, { evidence: ["e9"] }),
		"UnknownEvidence",
	],
	["more given too late", [...given2, moreAsked, silently(24 * 3)], supplement(), "TooLate"],
	[
		"given to nobody known",
		open,
		by(cast.manager, "AssignReviewer", { appeal: "z1", person: "ghost" }),
		"UnknownParty",
	],
	[
		"given to somebody who doesn't review",
		open,
		by(cast.manager, "AssignReviewer", { appeal: "z1", person: "finance" }),
		"NotAuthorised",
	],
	[
		"given to the accused's own line",
		open,
		by(cast.manager, "AssignReviewer", { appeal: "z1", person: "insider" }),
		"AccusedLine",
	],
	[
		"given, another",
		open,
		by(cast.manager, "AssignReviewer", { appeal: "z9", person: "reviewer" }),
		"UnknownAppeal",
	],
	[
		"given where none is open",
		faultDone,
		by(cast.manager, "AssignReviewer", { appeal: "z1", person: "reviewer" }),
		"NotOpen",
	],
	["decided where none is open", dismissed, decided("upheld"), "NotOpen"],
	[
		"decided, another",
		given2,
		by(cast.reviewer, "DecideAppeal", { appeal: "z9", result: "upheld", reasons: "x" }),
		"UnknownAppeal",
	],
])("refused: %s", (_, steps, one, reason) => {
	expect(given(...steps).when(one).refusal?.reason).toBe(reason);
});

test("the window closes at the very instant that the last day ends", () => {
	// noticed on Monday the 2nd; three calendar days end with Thursday the 5th
	expect(given(...faultDone, { until: "2026-03-05T15:58:59.999Z" }).when(lodge()).ok).toBe(true);
	expect(given(...faultDone, { until: "2026-03-05T15:59:00.000Z" }).when(lodge()).refusal).toMatchObject({
		reason: "WindowClosed",
		detail: { until: "2026-03-05T16:00:00.000Z" },
	});
	const shut = [
		...faultDone,
		photo,
		imposed("suspension", { days: 7, evidence: ["e1"], override: "情节严重" }),
	];
	const later = { until: "2026-03-08T02:00:00.000Z" };
	expect(given(...shut, later).when(lodge({ findings: [], sanction: "s1" })).ok).toBe(true);
	expect(given(...sanctioned, later).when(lodge({ findings: [], sanction: "s1" })).refusal?.reason).toBe(
		"WindowClosed",
	);
});

test("a customer appeals against what was imposed on them, as the courier does", () => {
	const appeal = by(cast.complainant, "LodgeAppeal", {
		sanction: "s1",
		grounds: [GROUND],
		words: "我没有造假",
	});
	const { kase } = given(...falseProved).when(appeal);
	expect(kase.appeals[0]).toMatchObject({
		side: "complainant",
		party: "p1",
		against: { sanction: "s1", decision: false },
	});
	const { stage } = given(...falseProved, appeal, assigned, decided("upheld"));
	expect(stage.kase.sanctions[0]?.reversed?.why).toBe("appeal:z1");
	expect([stage.kase.round, stage.kase.findings[0]?.id]).toEqual([1, "f1"]);
	const told = stage.effects.filter((one) => one.do === "notify" && one.notice === "appeal-decided");
	expect(told).toEqual([{ do: "notify", to: { party: "p1" }, notice: "appeal-decided" }]);
});

test("upheld, only what was appealed against is found anew, and what rested on it is taken back", () => {
	const twice = [
		filed({
			allegations: [
				{ category: "misdelivery", accused: [1] },
				{ category: "delay", accused: [1] },
			],
		}),
		...takenUp.slice(1),
		asked(),
		explained,
		found(),
		found({ allegation: "a2", shares: { company: 100 }, cause: "line-haul" }),
		by(cast.handler, "NotifyFinding", { findings: ["f1", "f2"] }),
		imposed("points"),
		lodge(),
		assigned,
		decided("upheld"),
	];
	const { kase, when } = given(...twice);
	expect([kase.round, kase.sanctions[0]?.reversed !== null]).toEqual([2, true]);
	expect(unfound(kase)).toEqual(["a1"]);
	expect(when({ ...found(), by: cast.second }).ok).toBe(true);
	expect(when({ ...found({ allegation: "a2" }), by: cast.second }).refusal?.reason).toBe("AlreadyDecided");
	expect(when(imposed("points", { override: "x" })).refusal?.reason).toBe("NothingFound");
});

test("a review upheld reopens what was closed: other people offer again", () => {
	const steps = [...settled, review(), assigned, decided("upheld")];
	const { kase } = given(...steps);
	expect([kase.closure, kase.reopenings[0]?.because, kase.round]).toEqual([null, "appeal", 2]);
	expect(
		given(...steps).when(
			by(cast.second, "MakeOffer", { lines: [{ item: "voucher", amount: 2_000 }], grounds: "复核后补偿" }),
		).ok,
	).toBe(true);
	const last = [
		...takenUp,
		by(cast.handler, "TakeFinalPosition", { reasons: "x", nothingOwed: true }),
		review(),
		assigned,
	];
	const opened = given(...last, decided("upheld-in-part")).kase;
	expect([opened.finalPosition, opened.reopenings]).toEqual([null, []]);
	expect(given(...last, decided("dismissed")).kase.finalPosition).not.toBeNull();
});

test("whoever decided, owned, imposed or decided an earlier appeal does not review", () => {
	const all = (person: string, steps: Step[], name: string) =>
		given(...steps).when(by(cast.manager, "AssignReviewer", { appeal: name, person })).refusal?.reason;
	expect(all("handler", open, "z1")).toBe("NotAuthorised");
	const people = [
		{ id: "handler", capabilities: ["review"], belongsTo: [] },
		{ id: "quality", capabilities: ["review"], belongsTo: [] },
		{ id: "reviewer", capabilities: ["review"], belongsTo: [] },
	] as const;
	const assign = (steps: Step[], appeal: string, person: string) =>
		on({ people: [...people] }, ...steps).when(by(cast.manager, "AssignReviewer", { appeal, person })).refusal
			?.reason;
	expect(assign(open, "z1", "handler")).toBe("DecidedBefore");
	expect(assign([...sanctioned, lodge({ findings: [], sanction: "s1" })], "z1", "quality")).toBe(
		"DecidedBefore",
	);
	const second = [
		...sanctioned,
		lodge(),
		assigned,
		decided("dismissed"),
		lodge({ findings: [], sanction: "s1" }),
	];
	expect(assign(second, "z2", "reviewer")).toBe("DecidedBefore");
});

test("while an appeal is open the decision's promise runs; whoever reviews is asked for, then asked", () => {
	const due = (...steps: Step[]) => {
		const { stage } = given(...steps);
		return obligations(stage.kase, pack, stage.now)
			.filter((one) => one.step === "appeal")
			.map((one) => [one.what, one.due]);
	};
	expect(due(...open)).toEqual([["assign-reviewer", "2026-03-09T16:00:00.000Z"]]);
	expect(due(...given2)).toEqual([["decide-appeal", "2026-03-09T16:00:00.000Z"]]);
	expect(due(...dismissed)).toEqual([]);
	expect(given(...dismissed).kase.clocks.find((one) => one.name === "appeal-decision")?.stopped?.why).toBe(
		"appeal-decided",
	);
});

test("asked for more, an appellant has the pack's time, and is told by when", () => {
	const { effects, kase } = given(...given2).when(moreAsked);
	expect(kase.appeals[0]?.supplementAsked?.due).toBe("2026-03-04T16:00:00.000Z");
	expect(effects).toContainEqual({
		do: "notify",
		to: { party: "p2" },
		notice: "appeal-supplement-asked",
		values: { due: "2026-03-04T16:00:00.000Z" },
	});
});
