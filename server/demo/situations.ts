import { instantPlus } from "#engine/time/instant.ts";
import type { Player } from "./player.ts";
import type { Story } from "./stories.ts";

/** States that ordinary cases seldom reach, so that every room of the office has something in it. */

const parcel = (n: number, words: string, more: Record<string, unknown> = {}) => ({
	channel: "phone",
	verbatim: words,
	parties: [
		{ seat: "recipient", name: `周${"甲乙丙丁戊己庚辛"[n % 8]}`, phone: `1990001${String(1000 + n)}` },
		{ seat: "courier", person: n % 2 === 0 ? "courier" : "courier3" },
	],
	orders: [
		{
			number: `YD20261010${String(10 + n)}`,
			facts: { fee: 1800, insured: true, declared: 600000, delayDays: 0, serviceArea: "domestic" },
		},
	],
	...more,
});

async function takenUp(
	player: Player,
	fields: Record<string, unknown>,
	handler: string,
	flags: string[] = [],
): Promise<void> {
	await player.file(fields);
	await player.act("agent", 4, "GradeCase", { flags });
	await player.act(handler, 12, "ClaimCase");
	await player.act(handler, 8, "RecordContact", {
		party: "p1",
		through: "call",
		outcome: "reached",
		words: "已致歉并说明步骤与时限。",
	});
}

/** An insured loss above the handler's limit: the approver has not answered yet. */
async function waitingForApproval(player: Player): Promise<void> {
	await takenUp(
		player,
		parcel(1, "保价六千的相机丢了，一周没有下落，请按保价赔付。", {
			allegations: [{ category: "loss", accused: [1] }],
			claimed: { amount: 600000, currency: "CNY" },
		}),
		"handler",
	);
	await player.act("handler", 5, "AskQuestion", {
		party: "p2",
		about: "explanation",
		words: "请说明揽收与交接经过。",
	});
	await player.act("courier3", 90, "Explain", { words: "已交分拨中心，有交接签字。" });
	await player.establish("handler", {
		lost: true,
		loss: 600000,
		"damage-percent": 100,
		"gross-negligence": false,
		"force-majeure": false,
	});
	await player.try("handler", 5, "ComputeRemedy", { facts: {} });
	await player.try("handler", 5, "RequestApproval", {
		ceiling: 600000,
		grounds: "按保价金额赔付，交接记录证实在途丢失。",
	});
	await player.rest();
}

/** Harassment: restricted to the safety team, an immediate measure that must be reviewed within a day. */
async function harassed(player: Player): Promise<void> {
	await player.file({
		channel: "page",
		verbatim: "司机一路问我住哪里、有没有男朋友，下车后还按订单电话打给我，我很害怕。",
		flags: ["harassment"],
		parties: [
			{ seat: "passenger", name: "何女士", phone: "19900018001" },
			{ seat: "driver", person: "cabbie2" },
		],
		allegations: [{ category: "harassment", accused: [1] }],
		orders: [
			{ number: "WC2026101801", facts: { fee: 3600, cancelFee: 0, rented: true, viaAggregator: false } },
		],
	});
	// restricted from its first word: only the safety team may touch it
	await player.act("safety", 2, "GradeCase", { flags: ["harassment"] });
	if (!player.case.restriction)
		await player.act("safety", 5, "RestrictCase", { why: "性骚扰投诉，仅安全团队处理。" });
	await player.act("safety", 5, "ClaimCase");
	await player.try("safety", 4, "TakeSafetyMeasure", { party: "p2", reason: "先行停派，24小时内复核。" });
	await player.rest();
}

/** The postal regulator forwarded the complaint: its own clock runs. */
async function regulatorAsks(player: Player): Promise<void> {
	await takenUp(
		player,
		parcel(2, "快递七天没有处理我的投诉，我已向邮政管理部门申诉。", {
			source: "regulator",
			allegations: [{ category: "delay", accused: [1] }],
		}),
		"handler2",
		["regulator"],
	);
	const body =
		Object.entries(player.pack.data.proceedings.bodies).find(([, one]) => one.kind === "regulator")?.[0] ??
		"";
	await player.act("liaison", 20, "OpenProceeding", {
		body,
		direction: "inbound",
		number: "12305-2026-110487",
		words: "用户申诉转办，要求核实并答复。",
	});
	await player.rest();
}

/** A courier appeals; nobody has been assigned to review it. */
async function appealWaits(player: Player): Promise<void> {
	await takenUp(
		player,
		parcel(3, "快递员态度极差，让他等两分钟就摔箱子。", {
			allegations: [{ category: "attitude", accused: [1] }],
		}),
		"handler3",
	);
	await player.act("handler3", 5, "AskQuestion", {
		party: "p2",
		about: "explanation",
		words: "请说明当面经过。",
	});
	await player.act("courier3", 60, "Explain", { words: "当时赶时间语气急，没有摔箱子。" });
	await player.establish("handler3", {});
	await player.try("handler3", 3, "ConfirmFacts");
	await player.find("handler3", "楼道监控显示快递员将箱子抛在地上。");
	const findings = player.case.findings.map((one) => one.id);
	await player.try("handler3", 3, "NotifyFinding", { findings });
	await player.try("handler3", 3, "ImposeSanction", {
		party: "p2",
		kind: "points",
		finding: findings[0],
		points: -3,
		reason: "服务态度有责",
		override: "按情节",
	});
	await player.try("courier3", 120, "LodgeAppeal", {
		findings,
		grounds: Object.keys(player.pack.data.appeals.grounds).slice(0, 1),
		words: "监控角度看不清，请调另一路。",
	});
	await player.rest();
}

/** Agreed, and the first payment came back: the payee's account was wrong. */
async function paymentFailed(player: Player): Promise<void> {
	await takenUp(
		player,
		parcel(4, "杯子寄到碎了，保价了，麻烦赔一下。", {
			allegations: [{ category: "damage", accused: [1] }],
			claimed: { amount: 8000, currency: "CNY" },
		}),
		"handler",
	);
	await player.act("handler", 10, "MakeOffer", {
		lines: [{ item: "compensation", amount: 8000, legal: "owed" }],
		grounds: "保价件内件破损，按实际损失赔付。",
	});
	await player.act(player.complainant(), 30, "AcceptOffer", { offer: "o1", through: "page" });
	await player.act("finance", 60, "StartItem", { item: "x1", method: "wechat" });
	const system = {
		...player.as("finance"),
		id: "system",
		kind: "system" as const,
		capabilities: ["system" as const],
	};
	await player.act(system, 1, "RecordPaymentResult", {
		item: "x1",
		key: player.case.items[0]?.pending?.key ?? "",
		result: "failed",
		reason: "收款账户异常",
	});
	await player.rest();
}

/** A hub without power: one incident, its complaints attached to it. */
async function incident(player: Player): Promise<void> {
	await takenUp(
		player,
		parcel(5, "分拨中心停电，一批同城件全部延误，先登记批量事件。", {
			source: "platform",
			allegations: [{ category: "delay", accused: [1] }],
		}),
		"handler2",
	);
	player.remember("incident");
	await player.rest();
}

function ofIncident(n: number) {
	return async (player: Player): Promise<void> => {
		await takenUp(
			player,
			parcel(n, "同城件三天没到，客服说分拨停电。", { allegations: [{ category: "delay", accused: [1] }] }),
			"handler2",
		);
		await player.act("handler2", 3, "AttachToMassIncident", { incident: player.remembered("incident") });
		await player.rest();
	};
}

/** Complained of twice, by page and by phone: joined. */
async function twice(player: Player): Promise<void> {
	await player.file(
		parcel(8, "我刚才在网页投诉过，再打电话催一下，包裹还是没到。", {
			kind: "urging",
			allegations: [{ category: "delay", accused: [1] }],
		}),
	);
	await player.act("agent", 3, "JoinDuplicate", {
		into: player.remembered("incident"),
		why: "同一事项，已有案件在处理。",
	});
	await player.rest();
}

/** Praise enters the conduct file too. */
async function praised(player: Player): Promise<void> {
	await player.file(
		parcel(6, "暴雨天快递员把药送到家门口，还帮老人拆封，必须表扬。", {
			kind: "praise",
			allegations: [{ category: "other", accused: [] }],
		}),
	);
	await player.act("agent", 5, "GradeCase");
	await player.try("quality", 200, "ImposeSanction", {
		party: "p2",
		kind: "praise",
		points: 1,
		reason: "雨天送药到户，客户来电表扬。",
		override: "客户表扬",
	});
	await player.rest();
}

/** A second look in the night: the duty manager agreed, to be ratified. */
async function atNight(player: Player): Promise<void> {
	await player.file({
		channel: "phone",
		verbatim: "拖车迟到一个多小时，孩子发烧等在路边，你们得负责。",
		parties: [
			{ seat: "motorist", name: "邓先生", phone: "19900018009", plate: "粤B7K31D" },
			{ seat: "rescuer", person: "rescuer2" },
		],
		allegations: [{ category: "late-arrival", accused: [1] }],
		orders: [
			{
				number: "JY2026101809",
				takenAt: instantPlus(player.at, { hours: -3 }),
				facts: { fee: 32000, lateMinutes: 70 },
			},
		],
	});
	await player.act("agent", 3, "GradeCase");
	await player.act("handler4", 10, "ClaimCase");
	await player.act("handler4", 6, "RecordContact", {
		party: "p1",
		through: "call",
		outcome: "reached",
		words: "先安抚并确认人员安全。",
	});
	await player.try("handler4", 5, "ComputeRemedy");
	await player.rest();
}

export const SITUATIONS: readonly Story[] = [
	{ pack: "express", daysAgo: 2, play: waitingForApproval },
	{ pack: "ride-hailing", daysAgo: 1, play: harassed },
	{ pack: "express", daysAgo: 3, play: regulatorAsks },
	{ pack: "express", daysAgo: 3, play: appealWaits },
	{ pack: "express", daysAgo: 2, play: paymentFailed },
	{ pack: "express", daysAgo: 3, play: incident },
	{ pack: "express", daysAgo: 2.6, play: ofIncident(10) },
	{ pack: "express", daysAgo: 2.5, play: ofIncident(12) },
	{ pack: "express", daysAgo: 2.4, play: ofIncident(14) },
	{ pack: "express", daysAgo: 2.3, play: ofIncident(16) },
	{ pack: "express", daysAgo: 2.2, play: ofIncident(18) },
	{ pack: "express", daysAgo: 2.4, play: twice },
	{ pack: "express", daysAgo: 5, play: praised },
	{ pack: "roadside-rescue", daysAgo: 1.5, play: atNight },
];
