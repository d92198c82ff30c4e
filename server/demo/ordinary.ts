import { isPaid, openItems } from "#engine/steps/execution-items.ts";
import { instantPlus } from "#engine/time/instant.ts";
import { followedUp } from "./asking-again.ts";
import type { CastMember } from "./company.ts";
import { WORKERS } from "./company.ts";
import type { Player } from "./player.ts";
import { type dice, GIVEN, PLACES, SAID, SURNAMES, WISHES } from "./words.ts";

type Dice = ReturnType<typeof dice>;

const CHANNELS = ["phone", "phone", "page", "message", "mail", "in-person"] as const;
const HANDLERS = ["handler", "handler2", "handler3"] as const;

/** An order's frozen facts, plausible for the trade. Money in minor units. */
function orderFacts(trade: string, roll: Dice): Record<string, unknown> {
	const fee = 800 + roll.below(60) * 100;
	const late = roll.below(4) * 25;
	switch (trade) {
		case "express":
			return {
				fee: 1200 + roll.below(30) * 100,
				insured: roll.below(3) === 0,
				declared: 20000 + roll.below(8) * 5000,
				delayDays: roll.below(6),
				serviceArea: roll.pick(["same-city", "domestic"]),
			};
		case "freight-hailing":
			return {
				fee: fee * 10,
				lateMinutes: late,
				insured: false,
				carryingOrdered: true,
				carryingFee: 6000,
				requirementShown: true,
				photosTaken: roll.below(2) === 0,
				liabilityCap: 200000,
				waitingBilled: 2000,
				cancelFee: 0,
				cancelledBy: "driver",
				feePaid: true,
				emptyRunFee: 0,
			};
		case "ride-hailing":
			return { fee, lateMinutes: late, cancelFee: 500, rented: true, viaAggregator: false };
		case "logistics-enterprise":
			return {
				fee: fee * 60,
				insured: roll.below(2) === 0,
				declared: 3000000,
				delayDays: roll.below(4),
				clauseLimit: 500000,
				delayAgreed: true,
				delayDamagesPerDay: 30000,
				delayDamagesCap: 150000,
				feePaid: true,
			};
		default:
			return { fee: 15000 + roll.below(30) * 1000, lateMinutes: late + 20 };
	}
}

const COMPLAINANT_SEAT: Record<string, string> = {
	express: "recipient",
	"freight-hailing": "shipper",
	"ride-hailing": "passenger",
	"logistics-enterprise": "contract-customer",
	"roadside-rescue": "motorist",
};

/** The fields of an ordinary complaint; number n of the demo. */
function complaint(trade: string, n: number, roll: Dice, at: string): Record<string, unknown> {
	const category = roll.pick(Object.keys(SAID[trade] ?? {}));
	const verbatim = roll.pick(SAID[trade]?.[category] ?? ["请处理"]);
	const worker = roll.pick(WORKERS.filter((one) => one.trade === trade)) as CastMember & { seat: string };
	const name = `${roll.pick([...SURNAMES])}${roll.pick(GIVEN)}`;
	const kind = roll.below(14) === 0 ? "enquiry" : "complaint";
	return {
		kind,
		channel: roll.pick(CHANNELS),
		source: roll.below(12) === 0 ? "platform" : "customer",
		verbatim,
		wished: roll.pick(WISHES),
		place: roll.pick(PLACES),
		occurredAt: instantPlus(at, { hours: -(2 + roll.below(20)) }),
		claimed: { amount: roll.below(3) === 0 ? 0 : (1 + roll.below(40)) * 1000, currency: "CNY" },
		parties: [
			{
				seat: COMPLAINANT_SEAT[trade],
				name,
				phone: `1990000${String(1000 + n)}`,
				...(trade === "roadside-rescue" ? { plate: `粤B${String(10000 + n * 7)}` } : {}),
			},
			{ seat: worker.seat, person: worker.id },
		],
		allegations: [{ words: verbatim, category, accused: [1] }],
		orders: [
			{
				number: `${trade.slice(0, 2).toUpperCase()}${String(2026000000 + n * 37)}`,
				takenAt: instantPlus(at, { hours: -30 }),
				facts: orderFacts(trade, roll),
			},
		],
		importance: roll.below(10) === 0 ? "important" : "ordinary",
	};
}

/**
 * One ordinary case as far as time allows: received, taken up, both sides heard, found, settled or not, paid, closed,
 * asked again. The dice choose the turnings, so that every state is met.
 */
export async function ordinaryCase(player: Player, n: number, roll: Dice): Promise<void> {
	await player.file(complaint(player.pack.name, n, roll, player.at), roll.pick(["agent", "agent2"]));
	const handler = roll.pick(HANDLERS);
	// of the last days' cases some have only just come in, some wait for a handler
	const recent = player.recent;
	if (recent && roll.below(12) === 0) return player.rest();
	if ((await player.try("agent", 3, "GradeCase")) !== true) return player.rest();
	if (recent && roll.below(12) === 0) return player.rest();
	if (!(await player.act(handler, 20 + roll.below(90), "ClaimCase"))) return;
	if (
		player.case.route?.onTheSpot &&
		roll.below(2) === 0 &&
		(await player.try(handler, 8, "SettleOnTheSpot", {
			words: "已说明处理经过并致歉，客户当场认可。",
			satisfied: true,
		})) === true
	) {
		await asked(player, roll);
		return player.rest();
	}
	if (roll.below(12) === 0)
		await player.act(handler, 15, "RecordContact", { party: "p1", through: "call", outcome: "no-answer" });
	if (
		!(await player.act(handler, 10 + roll.below(60), "RecordContact", {
			party: "p1",
			through: "call",
			outcome: "reached",
			words: "已致电，听客户说完经过，复述确认要点。",
		}))
	)
		return;
	if (roll.below(20) === 0) return withdrawn(player, handler);
	if (player.case.route?.fault && !(await heardAndFound(player, handler, roll))) return player.rest();
	if (!(await settled(player, handler, roll))) return player.rest();
	await asked(player, roll);
	await player.rest();
}

async function withdrawn(player: Player, handler: string): Promise<void> {
	const allegations = player.case.allegations.map((one) => one.id);
	if (
		await player.act(player.complainant(), 60, "WithdrawAllegations", {
			allegations,
			why: "已经私下沟通清楚，不再追究。",
		})
	)
		await player.try(handler, 20, "CloseCase", { outcome: "withdrawn" });
	await player.rest();
}

async function heardAndFound(player: Player, handler: string, roll: Dice): Promise<boolean> {
	const respondent = player.party("respondent");
	if (
		!(await player.act(handler, 5, "AskQuestion", {
			party: respondent,
			about: "explanation",
			words: "请说明当时情况，并附照片或记录。",
		}))
	)
		return false;
	if (player.recent && roll.below(5) === 0) return player.rest().then(() => false);
	const worker = player.case.parties.find((one) => one.id === respondent)?.person ?? "";
	const hours = 2 + roll.below(18);
	if (
		!(await player.act(worker, hours * 60, "Explain", {
			words: roll.pick([
				"当时按流程操作，确实没有再打一次电话，是我疏忽。",
				"路上堵车，我在群里报过，没有直接联系客户。",
				"交接时外箱就有压痕，我没有拍照留底。",
			]),
		}))
	)
		return false;
	await player.establish(handler, {
		"damage-percent": 60,
		loss: 12000 + roll.below(20) * 1000,
		"clause-notified": true,
		"gross-negligence": false,
	});
	if (player.over) return false;
	await player.try(handler, 3, "ConfirmFacts");
	const upheld = roll.pick(["yes", "yes", "yes", "in-part", "no", "unverifiable"] as const);
	if (!(await player.find(handler, "依据双方陈述、订单记录与现有证据认定。", upheld))) return false;
	const findings = player.case.findings.map((one) => one.id);
	return await player.act(handler, 6, "NotifyFinding", { findings });
}

async function settled(player: Player, handler: string, roll: Dice): Promise<boolean> {
	const facts = { "damage-percent": 60, loss: 15000, "clause-notified": true, "gross-negligence": false };
	const computed = await player.try(handler, 4, "ComputeRemedy", { facts: knownFacts(player, facts) });
	if (computed === false) return false;
	const computation = player.case.computations.at(-1);
	const nothing = computed !== true || !computation || computation.lines.length === 0;
	const offer = nothing
		? { lines: [{ item: "apology" }], grounds: "核实后向您致歉，并已提醒相关人员改进。" }
		: { computation: computation.id, grounds: "依据核实结果与赔付规则。" };
	const made = await player.try(handler, 10, "MakeOffer", offer);
	if (made === false) return false;
	if (made !== true && !(await withCeiling(player, handler, computation?.total.amount ?? 0, offer)))
		return false;
	return roll.below(6) === 0 ? await deadlock(player, handler) : await agreed(player, handler, roll);
}

/** Only facts that the trade knows of. */
function knownFacts(player: Player, facts: Record<string, unknown>): Record<string, unknown> {
	const established = new Set(player.case.verifications.map((one) => one.fact));
	return Object.fromEntries(
		Object.entries(facts).filter(([name]) => player.pack.sheet[name] && !established.has(name)),
	);
}

async function withCeiling(
	player: Player,
	handler: string,
	amount: number,
	offer: Record<string, unknown>,
): Promise<boolean> {
	if (
		amount === 0 ||
		(await player.try(handler, 2, "RequestApproval", {
			ceiling: amount,
			grounds: "超出本人权限，依据已附。",
		})) !== true
	)
		return false;
	const approval = player.case.approvals.at(-1)?.id ?? "";
	for (const by of ["approver", "manager", "legal", "reviewer2"]) {
		const answer = await player.try(by, 45, "Approve", { approval, words: "同意，依据充分。" });
		if (answer === false) return false;
		if (answer === true) return await player.act(handler, 6, "MakeOffer", offer);
	}
	return false;
}

async function agreed(player: Player, handler: string, roll: Dice): Promise<boolean> {
	const offer = player.case.offers.at(-1)?.id ?? "";
	if (player.recent && roll.below(4) === 0) return player.rest().then(() => false);
	const accepted = await player.try(player.complainant(), 90 + roll.below(600), "AcceptOffer", {
		offer,
		through: "page",
	});
	if (accepted !== true) return false;
	if (!(await carriedOut(player, handler))) return false;
	if (!(await player.act(player.complainant(), 120, "Confirm", { through: "page", satisfied: true })))
		return false;
	return await player.act(handler, 30, "CloseCase", { outcome: "settled" });
}

async function deadlock(player: Player, handler: string): Promise<boolean> {
	const offer = player.case.offers.at(-1)?.id ?? "";
	if (!(await player.act(player.complainant(), 200, "DeclineOffer", { offer, why: "金额太低，不接受。" })))
		return false;
	const computation = player.case.computations.at(-1);
	const lines =
		computation && computation.lines.length > 0 ? { computation: computation.id } : { nothingOwed: true };
	const bodies = Object.entries(player.pack.data.proceedings.bodies)
		.filter(([, one]) => one.refer)
		.map(([id]) => id);
	const position = {
		...lines,
		reasons: "已按规则给出上限方案，双方未能达成一致。",
		referTo: bodies.slice(0, 2),
	};
	if ((await player.try(handler, 60, "TakeFinalPosition", position)) !== true) return false;
	if (!(await carriedOut(player, handler))) return false;
	if (
		!(await player.act(player.complainant(), 300, "Confirm", {
			through: "page",
			satisfied: false,
			words: "知道了，我会向主管部门反映。",
		}))
	)
		return false;
	return await player.act(handler, 30, "CloseCase", { outcome: "deadlock", referTo: bodies.slice(0, 2) });
}

/** Money by finance, the rest by the handler; a payment's result comes back from the payer. */
export async function carriedOut(player: Player, handler: string): Promise<boolean> {
	for (const item of openItems(player.case)) {
		if (!isPaid(item)) {
			if (!(await player.act(handler, 25, "CompleteItem", { item: item.id, words: "已完成并告知客户。" })))
				return false;
			continue;
		}
		if (!(await player.act("finance", 180, "StartItem", { item: item.id, method: "wechat" }))) return false;
		const key = player.case.items.find((one) => one.id === item.id)?.pending?.key ?? "";
		if (
			!(await player.act(
				{ ...player.as("finance"), id: "system", kind: "system", capabilities: ["system"] },
				2,
				"RecordPaymentResult",
				{ item: item.id, key, result: "done", receipt: `DEMO-${key.slice(-12)}` },
			))
		)
			return false;
	}
	return true;
}

/** Of the last days' cases some are still to be asked. */
async function asked(player: Player, roll: Dice): Promise<void> {
	if (roll.below(5) === 0 && player.recent) return;
	await followedUp(player, {
		satisfied: roll.below(9) !== 0,
		score: 3 + roll.below(3),
		advice: "希望以后第一时间告知进展。",
	});
}
