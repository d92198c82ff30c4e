import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import type { Actor } from "../actor.ts";
import { type Act, act, cast, passes, type Step, theatre } from "../given.ts";
import {
	asked,
	claimed,
	damageTakenUp,
	explained,
	faultDone,
	filed,
	found,
	graded,
	noticed,
	photo,
	takenUp,
	verified,
} from "../given-story.ts";
import { obligations } from "../journey.ts";

const { given, pack } = theatre(await readShippedPack("express"));

const heard = [...takenUp, asked(), explained, verified("customer-fault", false, "outlet-record")];

test("a finding stands with shares, rule and cause", () => {
	const { kase } = given(...heard).when(found());
	expect(kase.findings[0]).toMatchObject({
		allegation: "a1",
		upheld: "yes",
		shares: { p2: 80, company: 20 },
		round: 1,
	});
	expect(kase.findings[0]?.explanation?.source.ref).toBeTruthy();
});

test("nobody is found at fault unheard", () => {
	expect(given(...takenUp).when(found()).refusal).toMatchObject({
		reason: "Unheard",
		detail: { parties: ["p2"] },
	});
});

test("an allegation that is not upheld needs nobody heard and holds no share", () => {
	const fields = { upheld: "no", liable: false, shares: {}, override: undefined };
	expect(given(...takenUp).when(found(fields)).ok).toBe(true);
	expect(given(...takenUp).when(found({ ...fields, shares: { p2: 100 } })).refusal?.reason).toBe(
		"ShareNotUpheld",
	);
});

test.each([
	["shares that don't add up", { shares: { p2: 80 } }, "SharesNot100"],
	["a share for a stranger", { shares: { p9: 100 } }, "UnknownParty"],
	["a cause the pack does not know", { cause: "bad-luck" }, "UnknownWord"],
	["an allegation that is not there", { allegation: "a9" }, "UnknownAllegation"],
	[
		"shares other than the table's, without a reason",
		{ override: undefined, shares: { p2: 10, company: 90 } },
		"ReasonMissing",
	],
])("refused: %s", (_, fields, reason) => {
	expect(given(...heard).when(found(fields)).refusal?.reason).toBe(reason);
});

test("the accused's own line decides nothing", () => {
	expect(given(...heard).when({ ...found(), by: cast.insider }).refusal?.reason).toBe("AccusedLine");
});

test("decided once in a round; notice goes to both sides, once", () => {
	expect(given(...heard, found()).when(found()).refusal?.reason).toBe("AlreadyDecided");
	const told = given(...heard, found()).when(noticed);
	expect(told.effects.filter((one) => one.do === "notify" && one.notice === "finding-notice")).toHaveLength(
		2,
	);
	expect(given(...faultDone).when(noticed).ok).toBe(false);
});

type Row = [name: string, steps: Step[], one: Act, reason: string];
const by = (actor: Actor, type: string, fields = {}) => act(actor, type, fields);
const attest = by(cast.second, "AttestUnobtainable", { party: "p2", why: "left", words: "已离职" });
const withHub = filed({
	parties: [
		{ seat: "recipient", person: "customer-1" },
		{ seat: "courier", person: "courier-1", organisation: "outlet-7", line: ["outlet-7"] },
		{ seat: "partner", organisation: "station-1", line: ["station-1"] },
	],
});

test.each<Row>([
	["a finding before it was graded", [filed()], found(), "NotTriaged"],
	["a finding where nobody has taken the case", [filed(), graded], found(), "NotClaimed"],
	[
		"a finding where the route asks for none",
		[filed({ kind: "enquiry", allegations: [{ category: "other" }] }), graded, claimed],
		found(),
		"NoFaultTrack",
	],
	[
		"a finding on an allegation without a category",
		[filed({ allegations: [] }), graded, claimed, explained],
		found(),
		"NotClassified",
	],
	[
		"a finding on an allegation withdrawn",
		[...heard, by(cast.complainant, "WithdrawAllegations", { allegations: ["a1"] })],
		found(),
		"UnknownAllegation",
	],
	["liable though not upheld", takenUp, found({ upheld: "no", liable: true, shares: {} }), "ShareNotUpheld"],
	[
		"too little verified",
		[...damageTakenUp, by(cast.courier, "Explain", { words: "x" })],
		found({ shares: { p2: 80, company: 20 } }),
		"VerificationMissing",
	],
	[
		"facts that the table asks for and nobody knows",
		[...takenUp, asked(), explained],
		found({ override: undefined }),
		"FactsMissing",
	],
	[
		"by whoever attested that the accused can't be heard",
		[...takenUp, attest],
		{ ...found(), by: cast.second },
		"SameAttestor",
	],
	[
		"a share for a partner who was not heard",
		[withHub, graded, claimed, explained],
		found({ shares: { p2: 50, p3: 50 } }),
		"Unheard",
	],
	["notice of nothing", takenUp, by(cast.handler, "NotifyFinding", { findings: ["f1"] }), "NothingFound"],
	[
		"notice of a finding that is not there",
		[...heard, found()],
		by(cast.handler, "NotifyFinding", { findings: ["f9"] }),
		"UnknownWord",
	],
	[
		"reasons with a phone number, unexplained",
		heard,
		found({ reasons: "当事人电话13812345678" }),
		"GuardAsksReason",
	],
])("refused: %s", (_, steps, one, reason) => {
	expect(given(...steps).when(one).refusal?.reason).toBe(reason);
});

test("what the table proposes needs no reason; the explanation of its row stands in the finding", () => {
	const known = [...heard, verified("customer-fault", false, "courier")];
	const both = filed({
		parties: [
			{ seat: "recipient", person: "customer-1" },
			{ seat: "courier", person: "courier-1", organisation: "outlet-7" },
			{ seat: "outlet", organisation: "outlet-7" },
		],
		allegations: [{ category: "misdelivery", accused: [1, 2] }],
	});
	const steps = [
		both,
		graded,
		claimed,
		asked("p2"),
		explained,
		by(cast.handler, "Explain", { party: "p3", words: "x" }),
		known.at(-1) as Step,
	];
	const { kase, refusal } = given(...steps).when(found({ shares: { p2: 80, p3: 20 }, override: undefined }));
	expect(refusal).toBeNull();
	expect(kase.findings[0]).toMatchObject({
		override: null,
		explanation: { row: "wrong-door", source: { kind: "seed" } },
	});
	expect(given(...steps).when(found({ shares: { p2: 100 }, override: undefined })).refusal).toMatchObject({
		reason: "ReasonMissing",
		detail: { proposed: "courier 80%, outlet 20%" },
	});
});

test("silence, or another's word that nobody can be heard, is enough to be heard; the evidence decides", () => {
	expect(given(...takenUp, asked(), passes(25)).when(found()).ok).toBe(true);
	expect(given(...takenUp, attest).when(found()).ok).toBe(true);
});

test("a formal text may quote what was said, with a reason", () => {
	const { ok } = given(...heard).when(found({ reasons: "快递员原话：滚蛋，加我微信", reason: "引用原话" }));
	expect(ok).toBe(true);
});

test("what the complainant withdrew goes on where safety or fraud is at stake", () => {
	const forged = [
		photo,
		by(cast.handler, "JudgeEvidence", { evidence: "e1", as: "forged", why: "图片拼接" }),
	];
	const withdrawn = by(cast.complainant, "WithdrawAllegations", { allegations: ["a1"] });
	expect(given(...heard, ...forged, withdrawn).when(found()).ok).toBe(true);
	expect(given(...heard, ...forged, withdrawn).when({ ...found(), by: cast.insider }).refusal?.reason).toBe(
		"AccusedLine",
	);
});

test("a notice goes to both sides, and each conduct file counts the complaint once", () => {
	const { effects } = given(...heard, found()).when(noticed);
	const told = effects.flatMap((one) => (one.do === "notify" && "party" in one.to ? [one.to.party] : []));
	expect(told.sort()).toEqual(["p1", "p2"]);
	const { stage } = given(...faultDone);
	expect(stage.conduct["courier-1"]?.complaints).toEqual([
		{ case: "case-1", upheld: true, provedFalse: false, at: stage.now },
	]);
	expect(stage.conduct["customer-1"]?.complaints).toHaveLength(1);
});

test("finding, then notice, is what is due; nothing more after it", () => {
	const due = (...steps: Step[]) => {
		const { stage } = given(...steps);
		return obligations(stage.kase, pack, stage.now)
			.filter((one) => one.step === "responsibility")
			.map((one) => [one.what, one.about]);
	};
	expect(due(...takenUp)).toEqual([]);
	expect(due(...heard)).toEqual([["find", "a1"]]);
	expect(due(...heard, found())).toEqual([["notify-finding", "f1"]]);
	expect(due(...faultDone)).toEqual([]);
});

test("notice of a finding is given once", () => {
	const twice = filed({
		allegations: [
			{ category: "misdelivery", accused: [1] },
			{ category: "delay", accused: [] },
		],
	});
	const steps = [
		twice,
		graded,
		claimed,
		asked(),
		explained,
		found(),
		noticed,
		found({ allegation: "a2", shares: { company: 100 }, cause: "line-haul" }),
	];
	expect(given(...steps).when(noticed).refusal).toMatchObject({
		reason: "AlreadyDone",
		detail: { finding: "f1" },
	});
});
