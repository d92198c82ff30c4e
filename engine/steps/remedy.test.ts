import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import type { Actor } from "../actor.ts";
import { type Act, act, cast, passes, type Step, silently, theatre } from "../given.ts";
import {
	accepted,
	agreedOn,
	closed,
	completed,
	computed,
	content,
	damageComputed,
	damageTakenUp,
	damageVerified,
	faultDone,
	filed,
	offered,
	payment,
	photo,
	started,
	takenUp,
} from "../given-story.ts";
import { obligations } from "../journey.ts";

const { given, pack } = theatre(await readShippedPack("express"));

test("what the rules give shows table, row, source and arithmetic", () => {
	const { kase } = given(...damageComputed);
	const [line] = kase.computations[0]?.lines ?? [];
	expect(line).toMatchObject({
		item: "compensation",
		amount: { amount: 30_000, currency: "CNY" },
		legal: "owed",
	});
	expect(line?.explanation?.source.ref).toBeTruthy();
	expect(line?.explanation?.arithmetic.length).toBeGreaterThan(0);
});

test("facts that are missing are asked for by name", () => {
	const { refusal } = given(...takenUp).when(act(cast.handler, "ComputeRemedy"));
	expect(refusal).toMatchObject({ reason: "FactsMissing" });
	expect(refusal?.detail.facts).toContain("lost");
});

test("an offer stands for its time and then expires by itself", () => {
	const open = given(...takenUp, computed, offered());
	expect(open.kase.offers[0]).toMatchObject({ from: "company", accepted: null, expired: null });
	expect(given(...takenUp, computed, offered(), passes(24 * 40)).kase.offers[0]?.expired).not.toBeNull();
});

test("above the handler's own limit nothing goes out without a ceiling", () => {
	expect(given(...damageComputed).when(offered()).refusal).toMatchObject({ reason: "CeilingMissing" });
});

test("accepted, each line becomes an item; a second acceptance is refused", () => {
	const agreed = given(...agreedOn);
	expect(agreed.kase.items.map((one) => one.id)).toEqual(["x1", "x2", "x3"]);
	expect(agreed.when(accepted()).ok).toBe(false);
	expect(agreed.when(offered()).refusal?.reason).toBe("AlreadyDone");
});

test("a counter-offer supersedes, and its author can't accept it", () => {
	const counter = act(cast.complainant, "CounterOffer", {
		offer: "o1",
		lines: [{ item: "compensation", amount: 2000 }],
		words: "再加二十",
	});
	const countered = given(...takenUp, computed, offered(), counter);
	expect(countered.kase.offers[0]?.superseded).not.toBeNull();
	expect(countered.when(accepted("o2")).refusal?.reason).toBe("OwnProposal");
});

test("the worker offers within their limit, in direct talk, and no further", () => {
	const talking = given(...takenUp, act(cast.courier, "OpenDirectTalk"));
	const own = (amount: number) =>
		act(cast.courier, "OfferAsWorker", {
			lines: [{ item: "compensation", amount }],
			grounds: "我来承担一点",
		});
	expect(talking.when(own(10_000_000)).refusal?.reason).toBe("LimitExceeded");
	expect(given(...takenUp).when(own(100)).ok).toBe(false);
});

test("a final position carries reasons and where to go, or says that nothing is owed", () => {
	const position = (fields: object) =>
		act(cast.handler, "TakeFinalPosition", { reasons: "已按规则给出上限", ...fields });
	const taken = given(...takenUp, computed);
	expect(taken.when(position({ nothingOwed: false })).refusal?.reason).toBe("Malformed");
	expect(taken.when(position({ nothingOwed: true, referTo: ["moon-court"] })).refusal?.reason).toBe(
		"UnknownWord",
	);
	expect(taken.when(position({ nothingOwed: true })).kase.finalPosition?.nothingOwed).toBe(true);
});

type Row = [name: string, steps: Step[], one: Act, reason: string];
const by = (actor: Actor, type: string, fields = {}) => act(actor, type, fields);
const reckon = (facts: object, fields = {}) => by(cast.handler, "ComputeRemedy", { facts, ...fields });
const offer = (lines: object[], fields = {}) =>
	by(cast.handler, "MakeOffer", { lines, grounds: "按规则", ...fields });
const apology = offer([{ item: "apology" }]);
const final = (fields = {}) =>
	by(cast.handler, "TakeFinalPosition", { reasons: "已按规则给出上限", nothingOwed: true, ...fields });
const counter = (lines: object[] = [], id = "o1") =>
	by(cast.complainant, "CounterOffer", { offer: id, lines, words: "再加二十元" });
const own = (lines: object[]) => by(cast.courier, "OfferAsWorker", { lines, grounds: "我来补送" });
const talk = by(cast.courier, "OpenDirectTalk");
const rounds = [0, 1, 2].flatMap((n) => [
	apology,
	by(cast.complainant, "DeclineOffer", { offer: `o${n + 1}` }),
]);
const open = [...takenUp, computed, offered()];

test.each<Row>([
	["reckoned before it was graded", [filed()], reckon({}), "NotTriaged"],
	[
		"reckoned for an allegation that is not there",
		takenUp,
		reckon({}, { allegation: "a9" }),
		"UnknownAllegation",
	],
	["reckoned with a fact nobody declared", takenUp, reckon({ mood: "bad" }), "Malformed"],
	["reckoned with what the case itself knows", takenUp, reckon({ severity: "A" }), "Malformed"],
	[
		"reckoned against what was confirmed",
		damageTakenUp.concat(damageVerified),
		reckon({ loss: 99 }),
		"Malformed",
	],
	["an offer before it was graded", [filed()], apology, "NotTriaged"],
	["an offer by what nobody reckoned", takenUp, offered({ computation: "r9" }), "UnknownOffer"],
	["an offer of nothing", takenUp, offer([]), "Malformed"],
	["compensation without an amount", takenUp, offer([{ item: "compensation" }]), "Malformed"],
	[
		"borne by a seat that the trade has not",
		takenUp,
		offer([{ item: "apology", bearer: "pilot" }]),
		"UnknownParty",
	],
	["paid to nobody", takenUp, offer([{ item: "voucher", amount: 100, payee: "p9" }]), "UnknownParty"],
	["offered to the accused", takenUp, offer([{ item: "apology" }], { party: "p2" }), "UnknownParty"],
	[
		"grounds that promise too much",
		takenUp,
		offer([{ item: "apology" }], { grounds: "保证全赔，我说了算" }),
		"GuardBlocked",
	],
	[
		"grounds that sell a clause as law",
		takenUp,
		offer([{ item: "apology" }], { grounds: "没保价最多三倍" }),
		"GuardAsksReason",
	],
	["one offer too many", [...takenUp, ...rounds], apology, "RoundsExhausted"],
	["an offer after the last word", [...takenUp, final()], apology, "AlreadyDone"],
	["the worker's offer outside direct talk", takenUp, own([{ item: "apology" }]), "DirectTalkBarred"],
	["the worker's offer before it was graded", [filed()], own([{ item: "apology" }]), "NotTriaged"],
	[
		"of what a worker may not give",
		[...takenUp, talk],
		own([{ item: "refund", amount: 100 }]),
		"LimitExceeded",
	],
	[
		"of two vouchers that are too much together",
		[...takenUp, talk],
		own([
			{ item: "voucher", amount: 900 },
			{ item: "voucher", amount: 900 },
		]),
		"LimitExceeded",
	],
	[
		"in words that lead off the platform",
		[...takenUp, talk],
		by(cast.courier, "OfferAsWorker", { lines: [{ item: "apology" }], grounds: "我微信转你" }),
		"GuardBlocked",
	],
	["a counter-offer where none is open", takenUp, counter(), "NotOpen"],
	["a counter-offer to another", open, counter([], "o9"), "UnknownOffer"],
	["a counter-offer to one's own", [...open, counter()], counter([], "o2"), "OwnProposal"],
	["a counter-offer that nothing can be made of", open, counter([{ item: "refund" }]), "Malformed"],
	["accepted where none is open", takenUp, accepted(), "NotOpen"],
	["accepted, another", open, accepted("o9"), "UnknownOffer"],
	[
		"accepted after its time, though the system has not said so yet",
		[...open, silently(73)],
		accepted(),
		"TooLate",
	],
	["an empty demand accepted", [...open, counter()], { ...accepted("o2"), by: cast.handler }, "Malformed"],
	[
		"a demand above the handler's limit accepted",
		[...open, counter([{ item: "refund", amount: 30_000 }])],
		{ ...accepted("o2"), by: cast.handler },
		"CeilingMissing",
	],
	["declined where none is open", takenUp, by(cast.complainant, "DeclineOffer", { offer: "o1" }), "NotOpen"],
	["declined, another", open, by(cast.complainant, "DeclineOffer", { offer: "o9" }), "UnknownOffer"],
	["run out before its time", open, by(cast.system, "ExpireOffer", { offer: "o1" }), "TooEarly"],
	["run out, another", open, by(cast.system, "ExpireOffer", { offer: "o9" }), "UnknownOffer"],
	["a last word before it was graded", [filed()], final(), "NotTriaged"],
	["a second last word", [...takenUp, final()], final(), "AlreadyDone"],
	["a last word after an agreement", agreedOn, final(), "AlreadyDone"],
	[
		"a last word by what nobody reckoned",
		takenUp,
		final({ computation: "r9", nothingOwed: false }),
		"UnknownOffer",
	],
	[
		"a last word above the handler's limit",
		damageComputed,
		final({ computation: "r1", nothingOwed: false }),
		"CeilingMissing",
	],
	["accepted by the accused", open, { ...accepted(), by: cast.courier }, "NotAuthorised"],
])("refused: %s", (_, steps, one, reason) => {
	expect(given(...steps).when(one).refusal?.reason).toBe(reason);
});

test("above an amount an agreement is signed", () => {
	const dear = [
		...takenUp,
		by(cast.handler, "RequestApproval", { ceiling: 60_000, grounds: "x" }),
		by(cast.approver, "Approve", { approval: "l1" }),
		offer([{ item: "compensation", amount: 60_000 }]),
	];
	expect(given(...dear).when(accepted()).refusal).toMatchObject({
		reason: "SignatureMissing",
		detail: { above: 50_000 },
	});
	expect(given(...dear).when(accepted("o1", { signed: "e9" })).refusal?.reason).toBe("SignatureMissing");
	expect(given(...dear, photo).when(accepted("o1", { signed: "e1" })).ok).toBe(true);
});

test("nothing is split to stay beneath a limit: what was agreed before counts", () => {
	const ninety = offer([{ item: "refund", amount: 9_000 }]);
	const paid = [
		...takenUp,
		ninety,
		accepted(),
		started(),
		payment("done"),
		content,
		closed(),
		by(cast.complainant, "ReopenCase", { because: "new-facts", why: "又发现一处" }),
	];
	expect(given(...paid).when(ninety).refusal).toMatchObject({
		reason: "CeilingMissing",
		detail: { total: 18_000 },
	});
	expect(given(...paid).when(offer([{ item: "refund", amount: 1_000 }])).ok).toBe(true);
	const ceiling = [
		...paid,
		by(cast.handler, "RequestApproval", { ceiling: 17_000, grounds: "x" }),
		by(cast.approver, "Approve", { approval: "l1" }),
	];
	expect(given(...ceiling).when(ninety).refusal).toMatchObject({
		reason: "CeilingExceeded",
		detail: { total: 18_000, ceiling: 17_000 },
	});
});

test("nobody offers under a ceiling that they gave themself", () => {
	const both = { ...cast.approver, capabilities: ["approve", "handle"] } as Actor;
	const agreed = [
		...damageComputed,
		by(cast.handler, "RequestApproval", { ceiling: 30_000, grounds: "x" }),
		{ ...by(both, "Approve", { approval: "l1" }) },
	];
	expect(given(...agreed).when({ ...offered(), by: both }).refusal?.reason).toBe("OwnProposal");
	expect(given(...agreed).when(offered()).ok).toBe(true);
});

test("an agreement refused in ratification does not bind: the offer can't be accepted under it", () => {
	const night = { until: "2026-03-02T14:00:00.000Z" };
	const refused = [
		...damageComputed,
		by(cast.handler, "RequestApproval", { ceiling: 30_000, grounds: "x" }),
		night,
		by(cast.duty, "AgreeAsDutyManager", { approval: "l1" }),
		offered(),
		by(cast.approver, "RatifyApproval", { approval: "l1", ratified: false, why: "依据不足" }),
	];
	expect(given(...refused).when(accepted()).refusal?.reason).toBe("CeilingMissing");
});

test("an offer runs out at the very instant, and a newer one takes its place before that", () => {
	const { kase } = given(...open);
	expect(kase.offers[0]?.until).toBe("2026-03-05T02:05:00.000Z");
	expect(given(...open, { until: "2026-03-05T02:04:59.999Z" }).kase.offers[0]?.expired).toBeNull();
	expect(given(...open, { until: "2026-03-05T02:05:00.000Z" }).kase.offers[0]?.expired).toBe(
		"2026-03-05T02:05:00.000Z",
	);
	const newer = given(...open, apology).kase.offers;
	expect([newer[0]?.superseded !== null, newer[1]?.superseded]).toEqual([true, null]);
});

test("a worker's own offer is not the company's answer: its clocks run on", () => {
	const { kase } = given(...takenUp, talk, own([{ item: "apology" }]));
	expect(kase.offers[0]).toMatchObject({
		from: "respondent",
		party: "p2",
		lines: [{ bearer: "courier", legal: "goodwill" }],
	});
	expect(kase.clocks.find((one) => one.name === "resolve")?.stopped).toBeNull();
	expect(given(...open).kase.clocks.find((one) => one.name === "resolve")?.stopped?.why).toBe("answered");
});

test("a worker who is respondent in a restricted case offers nothing, though the talk was open", () => {
	const shut = [...takenUp, talk, by(cast.handler, "RestrictCase", { why: "骚扰" })];
	expect(given(...shut).when(own([{ item: "apology" }])).refusal?.reason).toBe("DirectTalkBarred");
});

test("whoever agreed and is not content with what was done gets a last word", () => {
	const discontent = by(cast.complainant, "Confirm", { through: "page", satisfied: false });
	const steps = [...agreedOn, ...["x1", "x2", "x3"].map(completed), discontent];
	expect(given(...steps).when(closed()).refusal?.reason).toBe("NotConfirmed");
	expect(
		given(...steps, final()).when(closed({ outcome: "deadlock", referTo: ["mediation"] })).kase.closure
			?.outcome,
	).toBe("deadlock");
	expect(given(...steps, content).when(closed()).ok).toBe(true);
});

test("a respondent's appeal leaves what the complainant was promised as it is", () => {
	const appealed = [
		...faultDone,
		computed,
		offered(),
		accepted(),
		by(cast.courier, "LodgeAppeal", { findings: ["f1"], grounds: ["facts-wrong"], words: "x" }),
		by(cast.manager, "AssignReviewer", { appeal: "z1", person: "reviewer" }),
		by(cast.reviewer, "DecideAppeal", { appeal: "z1", result: "upheld", reasons: "x" }),
		...["x1", "x2", "x3"].map(completed),
	];
	expect(given(...appealed).when(apology).refusal?.reason).toBe("AlreadyDone");
	expect(given(...appealed, content).when(closed()).ok).toBe(true);
});

test("what is next: reckon, offer, answer, or the last word", () => {
	const due = (...steps: Step[]) => {
		const { stage } = given(...steps);
		return obligations(stage.kase, pack, stage.now)
			.filter((one) => one.step === "remedy")
			.map((one) => `${one.what} ${one.command}`);
	};
	expect(due(...takenUp)).toEqual(["compute ComputeRemedy"]);
	expect(due(...takenUp, computed)).toEqual(["offer MakeOffer"]);
	expect(due(...open)).toEqual(["answer-offer AcceptOffer"]);
	expect(due(...open, counter())).toEqual(["offer MakeOffer"]);
	expect(due(...takenUp, ...rounds)).toEqual(["final-position TakeFinalPosition"]);
	expect(due(...agreedOn)).toEqual([]);
	expect(due(...takenUp, by(cast.complainant, "WithdrawAllegations", { allegations: ["a1"] }))).toEqual([]);
});
