import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import type { Actor } from "../actor.ts";
import { type Act, act, cast, passes, type Step, silently, theatre } from "../given.ts";
import {
	accepted,
	agreedOn,
	carriedOut,
	closed,
	completed,
	computed,
	content,
	damageAgreed,
	filed,
	graded,
	offered,
	photo,
	reached,
	settled,
	takenUp,
} from "../given-story.ts";
import { obligations } from "../journey.ts";
import { instantPlus } from "../time/instant.ts";

const { given, on, pack } = theatre(await readShippedPack("express"));

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

type Row = [name: string, steps: Step[], one: Act, reason: string];
const by = (actor: Actor, type: string, fields = {}) => act(actor, type, fields);
const close = (outcome: string, fields = {}) => closed({ outcome, ...fields });
const tried = by(cast.handler, "RecordConfirmationAttempt", { through: "call" });
const reopen = (because: string, actor: Actor = cast.complainant) =>
	by(actor, "ReopenCase", { because, why: "另有情况" });
const noAnswer = by(cast.handler, "RecordContact", { party: "p1", through: "call", outcome: "no-answer" });
const calls = (...hours: number[]) => hours.flatMap((n): Step[] => [silently(n), noAnswer]);
const final = by(cast.handler, "TakeFinalPosition", { reasons: "上限如此", nothingOwed: true });
const withdrawn = by(cast.complainant, "WithdrawAllegations", { allegations: ["a1"] });
const enquiry = (fields = {}) =>
	filed({ kind: "enquiry", allegations: [{ category: "other", accused: [] }], ...fields });
const settle = (fields = {}) =>
	by(cast.agent, "SettleOnTheSpot", { words: "已说明", satisfied: true, ...fields });
const others = { "case-2": { id: "case-2", number: "N2", closed: false, orders: [], joined: false } };
const joined = [...takenUp, by(cast.handler, "JoinDuplicate", { into: "case-2" })];
const letter = by(cast.liaison, "OpenProceeding", {
	body: "postal-12305",
	direction: "inbound",
	number: "SS1",
	words: "转办",
});

test.each<Row>([
	["confirmed where nothing was agreed", takenUp, content, "NotAgreed"],
	["confirmed before it is done", agreedOn, content, "ItemsOpen"],
	["confirmed twice", [...carriedOut, content], content, "AlreadyDone"],
	["an attempt to confirm what was not agreed", takenUp, tried, "NotAgreed"],
	["an attempt to confirm what is not done", agreedOn, tried, "ItemsOpen"],
	["an attempt after the confirmation", [...carriedOut, content], tried, "AlreadyDone"],
	["closed twice", settled, closed(), "CaseClosed"],
	[
		"settled after three attempts in one hour",
		[...carriedOut, tried, tried, tried],
		closed(),
		"NotConfirmed",
	],
	["not accepted without where to go", takenUp, close("not-accepted", { reason: "x" }), "ReasonMissing"],
	[
		"not accepted while something is owed",
		agreedOn,
		close("not-accepted", { reason: "x", referTo: ["court"] }),
		"ItemsOpen",
	],
	["a deadlock without where to go", [...takenUp, final, content], close("deadlock"), "ReasonMissing"],
	[
		"a deadlock that nobody was asked about",
		[...takenUp, final],
		close("deadlock", { referTo: ["court"] }),
		"NotConfirmed",
	],
	[
		"an enquiry that is no complaint, without saying why",
		[enquiry(), graded],
		close("not-a-complaint"),
		"ReasonMissing",
	],
	[
		"withdrawn while fraud is looked into",
		[
			...takenUp,
			photo,
			by(cast.handler, "JudgeEvidence", { evidence: "e1", as: "forged", why: "x" }),
			withdrawn,
		],
		close("withdrawn"),
		"OutcomeNotAllowed",
	],
	[
		"withdrawn while a regulator waits",
		[...takenUp, letter, withdrawn],
		close("withdrawn"),
		"OutcomeNotAllowed",
	],
	[
		"out of reach though reached before, called once since",
		[...takenUp, ...calls(24, 24), reached, ...calls(24)],
		close("unreachable"),
		"TooEarly",
	],
	[
		"out of reach after three calls too close together",
		[...takenUp, ...calls(1, 1, 1)],
		close("unreachable"),
		"TooEarly",
	],
	["transferred without a reason", takenUp, close("transferred", { referTo: ["court"] }), "ReasonMissing"],
	[
		"transferred while something is owed",
		agreedOn,
		close("transferred", { reason: "x", referTo: ["court"] }),
		"ItemsOpen",
	],
	["on the spot before it was graded", [enquiry()], settle(), "NotTriaged"],
	[
		"on the spot twice",
		[enquiry(), graded, settle(), reopen("new-facts"), settle({ give: false })],
		settle(),
		"CaseClosed",
	],
	[
		"on the spot where it is restricted",
		[enquiry(), graded, by(cast.handler, "RestrictCase", { why: "x" })],
		{ ...settle(), by: cast.safety },
		"OnTheSpotNotAllowed",
	],
	[
		"on the spot with a fact nobody declared",
		[enquiry(), graded],
		settle({ facts: { mood: "bad" } }),
		"Malformed",
	],
	["on the spot though not content", [enquiry(), graded], settle({ satisfied: false }), "Malformed"],
	["reopened though it is open", takenUp, reopen("new-facts"), "CaseNotClosed"],
	["reopened because reached, though it was settled", settled, reopen("contact"), "OutcomeNotAllowed"],
	["reopened for a proceeding that there is none of", settled, reopen("proceeding"), "UnknownProceeding"],
])("refused: %s", (_, steps, one, reason) => {
	expect(given(...steps).when(one).refusal?.reason).toBe(reason);
});

test("joined into another, a case is closed as a duplicate and as nothing else", () => {
	const open = on({ cases: others }, ...joined);
	expect(open.when(close("transferred", { reason: "x", referTo: ["court"] })).refusal?.reason).toBe(
		"CaseJoined",
	);
	expect(open.when(close("duplicate")).kase.closure?.outcome).toBe("duplicate");
});

test("three attempts far enough apart are as good as a confirmation", () => {
	const apart = [tried, silently(8), tried, silently(8), tried];
	expect(given(...carriedOut, ...apart).when(closed()).ok).toBe(true);
	expect(
		given(...carriedOut, tried, silently(7), tried, silently(8), tried).when(closed()).refusal,
	).toMatchObject({ reason: "NotConfirmed", detail: { attempts: 2 } });
});

test.each<[string, Step[], object, string]>([
	["deadlock", [...takenUp, final, content], { referTo: ["court"] }, "deadlock"],
	[
		"deadlock, though not content",
		[...takenUp, final, by(cast.complainant, "Confirm", { through: "page", satisfied: false })],
		{ referTo: ["court"] },
		"deadlock",
	],
	["not accepted", takenUp, { reason: "不属于我司运单", referTo: ["consumer-12315"] }, "not-accepted"],
	["not a complaint", [enquiry(), graded], { reason: "查件" }, "not-a-complaint"],
	["withdrawn", [...takenUp, withdrawn], {}, "withdrawn"],
	["out of reach", [...takenUp, ...calls(24, 24, 24)], {}, "unreachable"],
	["out of reach after having been reached", [...takenUp, reached, ...calls(24, 24, 24)], {}, "unreachable"],
	[
		"out of reach, what is owed being held",
		[
			...damageAgreed,
			by(cast.finance, "HoldItem", { item: "x1", why: "无法联系" }),
			completed("x2"),
			...calls(24, 24, 24),
		],
		{},
		"unreachable",
	],
	["transferred", takenUp, { reason: "管辖在外地", referTo: ["hotline-12345"] }, "transferred"],
])("closed: %s", (_, steps, fields, outcome) => {
	const { kase, refusal } = given(...steps).when(close(outcome, fields));
	expect(refusal).toBeNull();
	expect([kase.closure?.outcome, kase.followUpPlan.length > 0]).toEqual([outcome, outcome === "deadlock"]);
	if (outcome !== "deadlock") expect(kase.skipped["follow-up"]?.why).toBe(`outcome:${outcome}`);
});

test("what is still offered when a case ends is offered no more, also after it was reopened", () => {
	const steps = [...takenUp, computed, offered(), ...calls(24, 24, 24)];
	const { kase } = given(...steps, close("unreachable"));
	expect(kase.offers[0]?.superseded).not.toBeNull();
	expect(given(...steps, close("unreachable"), reopen("contact")).when(accepted()).refusal?.reason).toBe(
		"NotOpen",
	);
});

test("asked again after the pack's time, from when the last thing was done", () => {
	const steps = [...carriedOut, silently(5), content, closed()];
	const { kase } = given(...steps);
	const done =
		kase.items
			.map((one) => one.done?.at ?? "")
			.sort()
			.at(-1) ?? "";
	expect(kase.followUpPlan).toEqual([{ attempt: "first", due: instantPlus(done, { hours: 24 }) }]);
	const important = [filed({ importance: "important" }), ...steps.slice(1)];
	expect(given(...important).kase.followUpPlan.map((one) => one.attempt)).toEqual(["first", "second"]);
});

test("settled in one call: done, confirmed and closed at once, with what the rules give", () => {
	const noDoor = filed({ allegations: [{ category: "no-door-delivery", accused: [1] }] });
	const { kase } = given(noDoor, graded).when(settle());
	expect(kase.closure).toMatchObject({ outcome: "settled", onTheSpot: true });
	expect(kase.items.map((one) => [one.item, one.amount?.amount ?? 0, one.done !== null])).toEqual([
		["redelivery", 0, true],
		["voucher", 500, true],
		["apology", 0, true],
	]);
	expect(kase.offers[0]).toMatchObject({
		total: { amount: 500, currency: "CNY" },
		accepted: { through: "spoken" },
	});
	expect(kase.clocks.filter((one) => one.kind !== "internal" && !one.stopped)).toEqual([]);
	const money = filed({
		allegations: [{ category: "delay", accused: [1] }],
		orders: [{ number: "1", facts: { fee: 1200, delayDays: 4, insured: false, serviceArea: "domestic" } }],
	});
	expect(
		given(money, graded).when(settle({ facts: { lost: false, "force-majeure": false } })).refusal,
	).toMatchObject({ reason: "OnTheSpotNotAllowed", detail: { items: ["refund"] } });
});

test("what is next for a case that is done with", () => {
	const due = (...steps: Step[]) => {
		const { stage } = on({ cases: others }, ...steps);
		return obligations(stage.kase, pack, stage.now)
			.filter((one) => one.step === "closure")
			.map((one) => `${one.what} ${one.command}`);
	};
	expect(due(...agreedOn)).toEqual([]);
	expect(due(...carriedOut)).toEqual(["confirm Confirm"]);
	expect(due(...carriedOut, content)).toEqual(["close CloseCase"]);
	expect(due(...takenUp, withdrawn)).toEqual(["close CloseCase"]);
	expect(due(...joined)).toEqual(["close CloseCase"]);
	expect(due(...settled)).toEqual([]);
});

test("on the spot, a sum that hangs on what nobody has said asks for it", () => {
	const late = filed({
		allegations: [{ category: "delay", accused: [1] }],
		orders: [{ number: "1", facts: { fee: 1200 } }],
	});
	expect(given(late, graded).when(settle()).refusal).toMatchObject({
		reason: "FactsMissing",
		detail: { facts: expect.arrayContaining(["delay-days"]) },
	});
	expect(given(late, graded).when(settle({ give: false })).ok).toBe(true);
});
