import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import type { Actor } from "../actor.ts";
import { type ConductFile, emptyConduct, scoreAt } from "../conduct.ts";
import { type Act, act, COMPANY, cast, MONDAY, passes, type Step, theatre } from "../given.ts";
import {
	asked,
	claimed,
	explained,
	faultDone,
	filed,
	found,
	graded,
	imposed,
	noticed,
	photo,
	takenUp,
	verified,
} from "../given-story.ts";
import { obligations } from "../journey.ts";

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

type Row = [name: string, steps: Step[], one: Act, reason: string];
const by = (actor: Actor, type: string, fields = {}) => act(actor, type, fields);
const proved = [...faultDone, photo];
const points = [...faultDone, imposed("points")];
const shut = (fields = {}) =>
	imposed("suspension", { days: 7, evidence: ["e1"], override: "情节严重", ...fields });
const block = (fields = {}, actor: Actor = cast.courier) =>
	by(actor, "BlockParty", { party: "p1", reason: "言语辱骂", evidence: ["e1"], ...fields });
const on1 = (type: string, actor: Actor, fields = {}) =>
	by(actor, type, { sanction: "s1", why: "核查后", ...fields });
const measure = by(cast.safety, "TakeSafetyMeasure", { party: "p2", reason: "先行停派" });
const reviewed = (actor: Actor, fields = {}) => on1("ReviewSafetyMeasure", actor, { keep: false, ...fields });
const appeal = by(cast.courier, "LodgeAppeal", { findings: ["f1"], grounds: ["facts-wrong"], words: "x" });
const decided = (result: string): Step[] => [
	by(cast.manager, "AssignReviewer", { appeal: "z1", person: "reviewer" }),
	by(cast.reviewer, "DecideAppeal", { appeal: "z1", result, reasons: "x" }),
];
const praised = filed({ kind: "praise", allegations: [{ category: "other", accused: [] }] });
const thanks = (kind: string, fields = {}) => imposed(kind, { finding: undefined, ...fields });
const notUpheld = (...more: Step[]): Step[] => [
	...takenUp,
	asked(),
	explained,
	...more,
	found({ upheld: "no", liable: false, shares: {} }),
	noticed,
];
const falsehood = verified("proved-false", true, "outlet-record");
const warning = (fields = {}) => imposed("customer-warning", { party: "p1", ...fields });

test.each<Row>([
	["by the accused's own line", faultDone, { ...imposed("points"), by: cast.insider }, "AccusedLine"],
	["on a finding that is not there", faultDone, imposed("points", { finding: "f9" }), "NothingFound"],
	[
		"on a finding that holds nobody liable",
		[...takenUp, asked(), explained, found({ liable: false }), noticed],
		imposed("points", { override: "x" }),
		"NothingUpheld",
	],
	["on a complaint that was not upheld", notUpheld(), imposed("points", { override: "x" }), "NothingUpheld"],
	[
		"a customer's sanction for a courier",
		proved,
		imposed("customer-ban", { evidence: ["e1"], override: "x" }),
		"Malformed",
	],
	["a courier's sanction for a customer", notUpheld(falsehood), warning({ kind: "points" }), "Malformed"],
	[
		"a customer warned for a complaint that was upheld",
		faultDone,
		warning({ override: "x" }),
		"NothingUpheld",
	],
	["a block as a sanction", proved, imposed("block", { evidence: ["e1"] }), "Malformed"],
	[
		"points to the good as a sanction",
		faultDone,
		imposed("points", { points: 3, override: "x" }),
		"Malformed",
	],
	[
		"points to the bad as praise",
		[praised, graded],
		thanks("praise", { points: -1, override: "x" }),
		"Malformed",
	],
	["suspended without proof", faultDone, shut({ evidence: [] }), "EvidenceMissing"],
	["suspended without a term", proved, shut({ days: 0 }), "TermMissing"],
	["with proof that is not there", proved, shut({ evidence: ["e9"] }), "UnknownEvidence"],
	["twice for one finding", points, imposed("points"), "AlreadyDone"],
	[
		"blacklisted without a history of falsehood",
		[...notUpheld(falsehood), photo],
		warning({ kind: "blacklist", days: 30, evidence: ["e1"], override: "x" }),
		"TooEarly",
	],
	[
		"on somebody without an account",
		[filed({ parties: [{ seat: "recipient" }, { seat: "courier" }] }), graded, claimed],
		imposed("points"),
		"UnknownParty",
	],
	["a block of oneself", [...takenUp, photo], block({ party: "p2" }), "UnknownParty"],
	["a block by whoever has no part", [...takenUp, photo], block({}, cast.safety), "UnknownParty"],
	["a block on proof that is not there", takenUp, block(), "UnknownEvidence"],
	["a block twice", [...takenUp, photo, block()], block(), "AlreadyDone"],
	[
		"a safety measure against nobody",
		takenUp,
		by(cast.safety, "TakeSafetyMeasure", { party: "p9", reason: "x" }),
		"UnknownParty",
	],
	["a safety measure twice", [...takenUp, measure], { ...measure, by: cast.duty }, "AlreadyDone"],
	["a review of no measure", takenUp, reviewed(cast.safety2), "NotOpen"],
	[
		"a review of another",
		[...takenUp, measure],
		reviewed(cast.safety2, { sanction: "s9" }),
		"UnknownSanction",
	],
	[
		"a measure kept without a term",
		[...takenUp, measure],
		reviewed(cast.safety2, { keep: true }),
		"TermMissing",
	],
	[
		"a measure kept until yesterday",
		[...takenUp, measure],
		reviewed(cast.safety2, { keep: true, until: "2026-03-01T10:00:00+08:00" }),
		"TooEarly",
	],
	["in force, another", points, by(cast.system, "PutSanctionInForce", { sanction: "s9" }), "UnknownSanction"],
	["in force before its time", points, by(cast.system, "PutSanctionInForce", { sanction: "s1" }), "TooEarly"],
	[
		"in force twice",
		[...points, passes(24 * 5)],
		by(cast.system, "PutSanctionInForce", { sanction: "s1" }),
		"AlreadyDone",
	],
	[
		"in force while appealed against",
		[...points, appeal, passes(24 * 5)],
		by(cast.system, "PutSanctionInForce", { sanction: "s1" }),
		"AppealPending",
	],
	["lifted where there is none", faultDone, on1("LiftSanction", cast.manager), "NotOpen"],
	["lifted, another", points, on1("LiftSanction", cast.manager, { sanction: "s9" }), "UnknownSanction"],
	["lifted by whoever bears it", points, on1("LiftSanction", cast.courier), "NotAuthorised"],
	["lifted by the accused's own line", points, on1("LiftSanction", cast.insider), "AccusedLine"],
	[
		"a block lifted by whoever was blocked",
		[...takenUp, photo, block()],
		on1("LiftSanction", cast.complainant),
		"NotAuthorised",
	],
	["taken back where there is none", faultDone, on1("ReverseSanction", cast.reviewer), "NotOpen"],
	[
		"taken back, another",
		points,
		on1("ReverseSanction", cast.reviewer, { sanction: "s9" }),
		"UnknownSanction",
	],
	["taken back by the accused's own line", points, on1("ReverseSanction", cast.insider), "AccusedLine"],
	[
		"taken back by whoever imposed it",
		[...faultDone, { ...imposed("points"), by: { ...cast.quality, capabilities: ["quality", "review"] } }],
		on1("ReverseSanction", { ...cast.quality, capabilities: ["quality", "review"] }),
		"DecidedBefore",
	],
])("refused: %s", (_, steps, one, reason) => {
	expect(given(...steps).when(one).refusal?.reason).toBe(reason);
});

test("what the table gives needs no reason, and brings the row with its source", () => {
	const { kase } = given(...faultDone).when(imposed("points"));
	expect(kase.sanctions[0]).toMatchObject({
		points: -1,
		rule: { row: "main-c", source: { kind: "company" } },
		inForce: null,
		effectiveFrom: "2026-03-05T16:00:00.000Z",
		until: "2027-03-05T16:00:00.000Z",
	});
	// a share of a fifth is warned about, not fined
	const less = given(...takenUp, asked(), explained, found({ shares: { p2: 20, company: 80 } }), noticed);
	expect(less.when(imposed("points")).refusal).toMatchObject({
		reason: "ReasonMissing",
		detail: { proposed: "" },
	});
	expect(less.when(imposed("warning")).kase.sanctions[0]?.rule?.row).toBe("lesser");
});

test("an appeal in vain does not shorten a sanction: its term begins when it begins", () => {
	const steps = [...points, appeal, passes(24 * 20), ...decided("dismissed"), passes(0, 1)];
	const one = given(...steps).kase.sanctions[0];
	expect(one?.inForce?.at.slice(0, 10)).toBe("2026-03-22");
	expect(one?.until?.slice(0, 10)).toBe("2027-03-22");
});

test("an appeal upheld takes back what rested on the finding, before it was ever in force", () => {
	const { stage } = given(...points, appeal, ...decided("upheld"), passes(24 * 30));
	expect(stage.kase.sanctions[0]).toMatchObject({ inForce: null, reversed: { why: "appeal:z1" } });
	expect(stage.conduct["courier-1"]?.entries ?? []).toEqual([]);
});

test("a praise gives points back at once, an ordinary complaint gives none", () => {
	const { stage } = given(praised, graded, thanks("praise"), thanks("points"));
	expect(stage.kase.sanctions.map((one) => [one.kind, one.points, one.inForce !== null])).toEqual([
		["praise", 0, true],
		["points", 1, true],
	]);
	expect(scoreAt(stage.conduct["courier-1"]!, stage.now, pack.data.reputation.score)).toBe(21);
	expect(stage.effects).toContainEqual({
		do: "notify",
		to: { party: "p2" },
		notice: "praise",
		values: { points: 0 },
	});
});

test("a customer is warned for falsehood proved, and not because a complaint failed", () => {
	expect(given(...notUpheld()).when(warning()).refusal?.reason).toBe("ReasonMissing");
	expect(given(...notUpheld(falsehood)).when(warning()).kase.sanctions[0]).toMatchObject({
		kind: "customer-warning",
		subject: "customer-1",
		rule: { row: "customer-false" },
	});
});

test("a blacklist entry that no table gives rests on the person's file: count, proportion, a warning before", () => {
	const listed = warning({ kind: "blacklist", days: 30, evidence: ["e1"], override: "屡次造假" });
	const file = (complaints: number, proved: number, warned: boolean): ConductFile => ({
		...emptyConduct("customer-1", COMPANY),
		complaints: Array.from({ length: complaints }, (_, n) => ({
			case: `c${n}`,
			at: MONDAY,
			upheld: false,
			provedFalse: n < proved,
		})),
		entries: warned
			? [
					{
						id: "w",
						case: "c0",
						kind: "customer-warning",
						points: 0,
						until: null,
						against: null,
						rule: "",
						inForce: MONDAY,
						lifted: null,
						reversed: null,
						at: MONDAY,
						by: "quality",
					},
				]
			: [],
	});
	const refusal = (known: ConductFile) => {
		const { stage } = given(...notUpheld(falsehood), photo);
		stage.conduct["customer-1"] = known;
		return stage.try(listed).refusal;
	};
	expect(refusal(file(9, 2, true))).toMatchObject({ reason: "TooEarly", detail: { have: 2, need: 3 } });
	expect(refusal(file(9, 4, true))).toMatchObject({ reason: "TooEarly", detail: { percent: 44, least: 50 } });
	expect(refusal(file(6, 3, false))?.reason).toBe("NoticeMissing");
	expect(refusal(file(6, 3, true))).toBeNull();
});

test("a safety measure kept has a term in the file; not kept, it is lifted there", () => {
	const kept = given(
		...takenUp,
		measure,
		reviewed(cast.safety2, { keep: true, until: "2026-03-10T10:00:00+08:00" }),
	).stage;
	expect(kept.conduct["courier-1"]?.entries[0]).toMatchObject({
		kind: "safety-measure",
		until: "2026-03-10T02:00:00.000Z",
		lifted: null,
	});
	const ended = given(...takenUp, measure, reviewed(cast.safety2)).stage;
	expect(ended.conduct["courier-1"]?.entries[0]?.lifted).toBe(ended.now);
	expect(given(...takenUp, measure).kase.sanctions[0]?.review?.due).toBe("2026-03-03T02:04:00.000Z");
	const due = given(...takenUp, measure).stage;
	expect(obligations(due.kase, pack, due.now)).toContainEqual(
		expect.objectContaining({ what: "review-safety", due: "2026-03-03T02:04:00.000Z" }),
	);
});

test("months are those of the calendar on the wall", () => {
	const { kase } = given(...takenUp, photo).when(block());
	expect(kase.sanctions[0]?.until).toBe("2027-03-02T02:05:00.000Z");
	expect(
		given(...takenUp, photo).when(block({ party: "p2", for: "p1" }, cast.safety)).kase.sanctions[0],
	).toMatchObject({ subject: "courier-1", against: "customer-1" });
});

test("lifted before its time, a sanction never comes into force", () => {
	const { stage } = given(...points, on1("LiftSanction", cast.manager), passes(24 * 10));
	expect([stage.kase.sanctions[0]?.inForce, stage.conduct["courier-1"]?.entries ?? []]).toEqual([null, []]);
});
