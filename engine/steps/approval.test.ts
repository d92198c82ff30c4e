import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import type { Actor } from "../actor.ts";
import { type Act, act, cast, type Step, theatre } from "../given.ts";
import {
	accepted,
	approved,
	ceilingAsked,
	damageAgreed,
	damageComputed,
	filed,
	offered,
	started,
	takenUp,
} from "../given-story.ts";
import { obligations } from "../journey.ts";

const { given, on, pack } = theatre(await readShippedPack("express"));

const pending = [...damageComputed, ceilingAsked()];

test("a ceiling lets the offer out up to its amount", () => {
	expect(given(...pending, approved()).when(offered()).ok).toBe(true);
	const lower = given(...pending, approved({ ceiling: 10_000 })).when(offered());
	expect(lower.refusal).toMatchObject({
		reason: "CeilingExceeded",
		detail: { total: 30_000, ceiling: 10_000 },
	});
});

test("none by the proposer, none by the accused's own line", () => {
	expect(
		given(...pending).when({ ...approved(), by: { ...cast.handler, capabilities: ["approve"] } }).refusal
			?.reason,
	).toBe("OwnProposal");
	expect(given(...pending).when({ ...approved(), by: cast.insider }).refusal?.reason).toBe("AccusedLine");
});

test("what needs no approval is not asked for, and not twice", () => {
	expect(given(...takenUp).when(ceilingAsked(1)).refusal?.reason).toBe("AlreadyDone");
	expect(given(...pending).when(ceilingAsked()).refusal?.reason).toBe("AlreadyOpen");
});

test("returned with a reason, it must be asked for again", () => {
	const back = given(
		...pending,
		act(cast.approver, "ReturnForRework", { approval: "l1", why: "缺少购买凭证" }),
	);
	expect(back.kase.approvals[0]?.returned).not.toBeNull();
	expect(back.when(offered()).refusal?.reason).toBe("CeilingMissing");
	expect(back.when(approved()).refusal?.reason).toBe("NotOpen");
});

test("with nobody eligible the duty rises up the ladder", () => {
	const { kase } = on({ people: [] }, ...damageComputed).when(ceilingAsked());
	expect(kase.approvals[0]?.raised.map((one) => one.to)).toEqual([
		"parent",
		"head-office",
		"outside-reviewer",
	]);
});

test("in office hours the duty manager sends one to the approver", () => {
	expect(given(...pending).when(act(cast.duty, "AgreeAsDutyManager", { approval: "l1" })).ok).toBe(false);
});

type Row = [name: string, steps: Step[], one: Act, reason: string];
const by = (actor: Actor, type: string, fields = {}) => act(actor, type, fields);
const decide = (type: string, actor: Actor, fields = {}) => by(actor, type, { approval: "l1", ...fields });
const night: Step = { until: "2026-03-02T14:00:00.000Z" };
const agreedAtNight = [...damageComputed, ceilingAsked(), night, decide("AgreeAsDutyManager", cast.duty)];
const both = (...capabilities: Actor["capabilities"]): Actor => ({
	...cast.approver,
	id: "both",
	capabilities,
});
const dear = [...damageComputed, ceilingAsked(300_000)];

test.each<Row>([
	["asked before it was graded", [filed()], ceilingAsked(), "NotTriaged"],
	["agreed where nothing is asked", damageComputed, approved(), "NotOpen"],
	["agreed, another", pending, approved({ approval: "l9" }), "NotOpen"],
	["agreed to more than was asked", pending, approved({ ceiling: 30_001 }), "LimitExceeded"],
	[
		"agreed by whoever asked",
		[...damageComputed, { ...ceilingAsked(), by: both("handle", "approve") }],
		{ ...approved(), by: both("handle", "approve") },
		"OwnProposal",
	],
	[
		"agreed by whoever made an offer",
		[
			...damageComputed,
			{
				...by(cast.handler, "MakeOffer", { lines: [{ item: "apology" }], grounds: "x" }),
				by: both("handle", "approve"),
			},
			ceilingAsked(),
		],
		{ ...approved(), by: both("handle", "approve") },
		"OwnProposal",
	],
	[
		"agreed by whoever has paid",
		[...damageAgreed, started(), ceilingAsked(40_000)],
		{ ...decide("Approve", { ...cast.finance, capabilities: ["pay", "approve"] }, { approval: "l2" }) },
		"ApproverPays",
	],
	["agreed by duty above what duty may", dear, decide("Approve", cast.duty), "NotAuthorised"],
	[
		"agreed at night above the duty limit",
		[...dear, night],
		decide("AgreeAsDutyManager", cast.duty),
		"LimitExceeded",
	],
	[
		"agreed at night, another",
		[...pending, night],
		decide("AgreeAsDutyManager", cast.duty, { approval: "l9" }),
		"NotOpen",
	],
	[
		"agreed at night by the own line",
		[...pending, night],
		decide("AgreeAsDutyManager", cast.insider),
		"AccusedLine",
	],
	[
		"ratified where nothing waits for it",
		[...pending, approved()],
		decide("RatifyApproval", cast.approver, { ratified: true }),
		"NotOpen",
	],
	[
		"ratified by whoever agreed",
		agreedAtNight,
		decide("RatifyApproval", { ...cast.duty, capabilities: ["duty", "approve"] }, { ratified: true }),
		"DecidedBefore",
	],
	[
		"ratified by whoever asked",
		agreedAtNight,
		decide("RatifyApproval", { ...cast.handler, capabilities: ["approve"] }, { ratified: true }),
		"OwnProposal",
	],
	[
		"ratified by the own line",
		agreedAtNight,
		decide("RatifyApproval", cast.insider, { ratified: true }),
		"AccusedLine",
	],
	[
		"not ratified, without a reason",
		agreedAtNight,
		decide("RatifyApproval", cast.approver, { ratified: false }),
		"ReasonMissing",
	],
	[
		"returned, another",
		pending,
		decide("ReturnForRework", cast.approver, { approval: "l9", why: "x" }),
		"NotOpen",
	],
	["raised where nothing is asked", damageComputed, decide("RaiseApproval", cast.handler), "NotOpen"],
	[
		"raised above the last rung",
		[...pending, ...[0, 1, 2].map(() => decide("RaiseApproval", cast.handler))],
		decide("RaiseApproval", cast.handler),
		"NobodyEligible",
	],
	["withdrawn where nothing is asked", damageComputed, decide("WithdrawRequest", cast.handler), "NotOpen"],
	["a ceiling of nothing", damageComputed, ceilingAsked(0), "Malformed"],
])("refused: %s", (_, steps, one, reason) => {
	expect(given(...steps).when(one).refusal?.reason).toBe(reason);
});

test("who is asked goes by the amount", () => {
	const need = (ceiling: number) =>
		given(...damageComputed).when(ceilingAsked(ceiling)).kase.approvals[0]?.need;
	expect([need(10_001), need(50_000), need(50_001), need(500_001), need(5_000_001)]).toEqual([
		"duty",
		"duty",
		"approve",
		"head-office",
		"outside",
	]);
});

test("raised, only the next rung may agree", () => {
	const raised = [...pending, decide("RaiseApproval", cast.handler), decide("RaiseApproval", cast.handler)];
	expect(given(...raised).when(approved()).refusal?.reason).toBe("NotAuthorised");
	expect(given(...raised).when({ ...approved(), by: cast.manager }).ok).toBe(true);
	const outside = given(...raised, decide("RaiseApproval", cast.handler));
	expect(outside.when({ ...approved(), by: cast.manager }).refusal?.reason).toBe("NotAuthorised");
	expect(outside.when({ ...approved(), by: cast.reviewer }).ok).toBe(true);
});

test("whoever made an offer, or belongs to the accused's line, is nobody to ask", () => {
	const people = [cast.insider, cast.handler].map(({ id, capabilities, belongsTo }) => ({
		id,
		capabilities,
		belongsTo,
	}));
	const { events } = on({ people }, ...damageComputed).when(ceilingAsked());
	expect(events.filter((one) => one.type === "ApprovalRaised")).toHaveLength(3);
});

test("the duty manager agrees at night and on holidays, to be ratified in the next working day", () => {
	const at = (until: string) => given(...pending, { until }).when(decide("AgreeAsDutyManager", cast.duty));
	// during the midday break, in the evening, on a Sunday, on a holiday; the office is open again after
	for (const until of [
		"2026-03-02T04:30:00.000Z",
		"2026-03-02T10:00:00.000Z",
		"2026-03-08T03:00:00.000Z",
		"2026-04-06T03:00:00.000Z",
	])
		expect(at(until).refusal).toBeNull();
	for (const until of ["2026-03-02T03:58:59.999Z", "2026-03-02T05:30:00.000Z", "2026-03-02T09:58:59.000Z"])
		expect(at(until).refusal?.reason).toBe("TooEarly");
	expect(at("2026-03-06T12:00:00.000Z").kase.approvals[0]?.ratify?.due).toBe("2026-03-09T10:00:00.000Z");
});

test("ratified, the agreement stands; not ratified, nothing more goes out under it", () => {
	const ratified = given(
		...agreedAtNight,
		offered(),
		decide("RatifyApproval", cast.approver, { ratified: true }),
	);
	expect(ratified.when(accepted()).ok).toBe(true);
	const refused = [
		...agreedAtNight,
		offered(),
		accepted(),
		decide("RatifyApproval", cast.approver, { ratified: false, why: "依据不足" }),
	];
	expect(given(...refused).when(started()).refusal?.reason).toBe("CeilingMissing");
	// with a new ceiling it is paid after all
	const anew = [ceilingAsked(), decide("Approve", cast.manager, { approval: "l2" })];
	expect(given(...refused, ...anew).when(started()).ok).toBe(true);
	expect(
		given(
			...agreedAtNight,
			offered(),
			accepted(),
			decide("RatifyApproval", { ...cast.finance, capabilities: ["approve", "pay"] }, { ratified: true }),
		).when(started()).refusal?.reason,
	).toBe("ApproverPays");
});

test("what is asked has a clock, which its answer stops", () => {
	const { kase } = given(...pending);
	expect(kase.clocks.at(-1)).toMatchObject({ name: "approval", party: "l1", stopped: null });
	for (const one of [
		approved(),
		decide("ReturnForRework", cast.approver, { why: "补材料" }),
		decide("WithdrawRequest", cast.handler),
	])
		expect(
			given(...pending)
				.when(one)
				.kase.clocks.find((clock) => clock.party === "l1")?.stopped?.why,
		).toBe("approval-given");
});

test("whoever has to decide or ratify is known", () => {
	const due = (...steps: Step[]) => {
		const { stage } = given(...steps);
		return obligations(stage.kase, pack, stage.now)
			.filter((one) => one.step === "approval")
			.map((one) => [one.what, one.who]);
	};
	expect(due(...pending)).toEqual([["approve", { capability: "duty" }]]);
	expect(due(...dear)).toEqual([["approve", { capability: "approve" }]]);
	expect(due(...agreedAtNight)).toEqual([["ratify", { capability: "approve" }]]);
	expect(due(...pending, approved())).toEqual([]);
});
