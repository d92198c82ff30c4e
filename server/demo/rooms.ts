import { instantPlus } from "#engine/time/instant.ts";
import { clockTimeIn } from "#engine/time/wall.ts";
import type { Player } from "./player.ts";
import type { Story } from "./stories.ts";

/** What waits in the rooms of work: ceilings asked for, questions to departments, outside bodies, a review, a hand-over. */

interface Told {
	name: string;
	n: number;
	words: string;
	seats: [string, string];
	worker: string;
	category: string;
	facts: Record<string, unknown>;
	more?: Record<string, unknown>;
}

async function takenUp(
	player: Player,
	handler: string,
	{ name, n, words, seats, worker, category, facts, more }: Told,
) {
	await player.file({
		channel: "phone",
		verbatim: words,
		parties: [
			{ seat: seats[0], name, phone: `1990002${String(1000 + n)}` },
			{ seat: seats[1], person: worker },
		],
		allegations: [{ category, accused: [1] }],
		orders: [
			{ number: `XH20261101${String(10 + n)}`, takenAt: instantPlus(player.at, { hours: -30 }), facts },
		],
		...more,
	});
	await player.act("agent", 3, "GradeCase");
	await player.act(handler, 15, "ClaimCase");
	await player.act(handler, 6, "RecordContact", {
		party: "p1",
		through: "call",
		outcome: "reached",
		words: "已致歉，说明步骤与答复时间。",
	});
}

const express = (
	n: number,
	name: string,
	words: string,
	category: string,
	more?: Record<string, unknown>,
): Told => ({
	...{ n, name, words, category, more },
	seats: ["recipient", "courier"],
	worker: "courier",
	facts: { fee: 2600, insured: true, declared: 300000, delayDays: 2, serviceArea: "domestic" },
});

const freight = (
	n: number,
	name: string,
	words: string,
	category: string,
	more?: Record<string, unknown>,
): Told => ({
	...{ n, name, words, category, more },
	seats: ["shipper", "driver"],
	worker: "driver2",
	facts: { fee: 38000, lateMinutes: 60, carryingOrdered: true, carryingFee: 8000, feePaid: true },
});

/** Asks for a ceiling after both sides were heard. */
async function asksFor(player: Player, handler: string, worker: string, ceiling: number, grounds: string) {
	await player.act(handler, 5, "AskQuestion", {
		party: "p2",
		about: "explanation",
		words: "请说明经过并附证据。",
	});
	await player.act(worker, 70, "Explain", { words: "装车时已提醒易碎，路上急刹一次，没有再检查。" });
	await player.act(handler, 20, "RequestApproval", { ceiling, grounds });
}

async function dutyCeiling(player: Player) {
	const claimed = { amount: 42000, currency: "CNY" };
	await takenUp(
		player,
		"handler",
		express(1, "钟女士", "保价三千的咖啡机外壳裂了，我只要换壳的钱四百二。", "damage", { claimed }),
	);
	await asksFor(player, "handler", "courier", 42000, "维修报价单四百二十元，保价范围内，建议全额承担。");
	await player.rest();
}

async function freightCeiling(player: Player) {
	const claimed = { amount: 160000, currency: "CNY" };
	await takenUp(
		player,
		"handler3",
		freight(2, "柳先生", "搬家的钢琴磕掉一块漆，师傅说跟他没关系，我要一千六修复费。", "goods-damaged", {
			claimed,
		}),
	);
	await asksFor(player, "handler3", "driver2", 160000, "修复报价一千六百元，交接照片显示装车前完好。");
	await player.rest();
}

/** Returned once, and asked for again with less. */
async function returnedOnce(player: Player) {
	await takenUp(
		player,
		"handler2",
		freight(3, "施先生", "等了一个多小时，耽误了展会布展，要求退一半运费并赔误工。", "late", {
			claimed: { amount: 90000, currency: "CNY" },
		}),
	);
	await asksFor(player, "handler2", "driver2", 90000, "客户误工损失九百元。");
	await player.act("approver", 40, "ReturnForRework", {
		approval: "l1",
		why: "误工没有凭证，请先取得布展合同或收入证明，再按能证明的部分提。",
	});
	await player.act("handler2", 45, "RequestApproval", {
		ceiling: 45000,
		grounds: "客户补来布展合同，能证明的误工损失四百五十元。",
	});
	await player.rest();
}

/** In the evening the duty manager agreed: to be ratified. */
async function agreedInTheEvening(player: Player) {
	await takenUp(
		player,
		"handler",
		express(4, "欧女士", "冷链海鲜化了，今晚请客用不上了，我要重新买的钱。", "damage", {
			claimed: { amount: 38000, currency: "CNY" },
		}),
	);
	await player.act("handler", 10, "RequestApproval", {
		ceiling: 38000,
		grounds: "冷链断链有温度记录，客户需当晚重购，三百八十元有小票。",
	});
	const zone = player.pack.data.head.zone;
	const [hours = 0, minutes = 0] = clockTimeIn(player.at, zone).split(":").map(Number);
	const wait = 18 * 60 + 25 - (hours * 60 + minutes);
	await player.act("duty", wait > 0 ? wait : wait + 24 * 60, "AgreeAsDutyManager", {
		approval: "l1",
		words: "小票与温度记录已看过，今晚先答复客户。",
	});
	await player.rest();
}

async function asksDepartments(player: Player) {
	await takenUp(
		player,
		"handler2",
		express(5, "龚先生", "物流显示到了中心仓三天没动，到底在哪里？", "delay"),
	);
	await player.act("handler2", 8, "AskQuestion", {
		organisation: "warehouse-sz",
		about: "records",
		words: "请提供该件在中心仓的入库、上架、出库扫描记录，并说明三天未动的原因。",
	});
	await player.act("handler2", 4, "AskQuestion", {
		organisation: "outlet-longhua",
		about: "question",
		words: "请核实当天派送安排，能否今天补派并由站长电话致歉？",
	});
	await player.rest();
}

async function asksDispatch(player: Player) {
	await takenUp(
		player,
		"handler3",
		freight(6, "苗女士", "系统派的车装不下，师傅要加价才肯跑第二趟。", "wrong-vehicle"),
	);
	await player.act("handler3", 8, "AskQuestion", {
		organisation: "dispatch",
		about: "records",
		words: "请导出派单记录：客户选的车型、实际派出的车辆、改派过程。",
	});
	await player.act("dispatcher", 160, "AnswerQuestion", {
		question: "q1",
		words: "客户选 4.2 米，系统因附近无车降级派 3.3 米，未弹窗提示客户。记录已导出。",
	});
	await player.act("handler3", 30, "AskQuestion", {
		organisation: "dispatch",
		about: "question",
		words: "降级派车前为什么没有征得客户同意？请说明规则并给出整改时间。",
	});
	await player.act("handler3", 5, "AskQuestion", {
		organisation: "technology",
		about: "records",
		words: "请核对该订单降级弹窗的日志，确认是未触发还是未显示。",
	});
	await player.rest();
}

async function asksCarrier(player: Player) {
	await takenUp(player, "handler", {
		n: 7,
		name: "盛达贸易",
		words: "整车货少了两托，签收时司机不让点数。",
		seats: ["contract-customer", "carrier"],
		worker: "trucker",
		category: "shortage",
		facts: { fee: 480000, insured: true, declared: 3000000, clauseLimit: 500000, feePaid: true },
	});
	await player.act("handler", 8, "AskQuestion", {
		organisation: "carrier-hongda",
		about: "records",
		words: "请提供装车清点单、封签照片、途中停靠记录和签收回单。",
	});
	await player.rest();
}

/** Four bodies, each with its own number and term; one has been answered and waits for the result. */
function asksOutside(body: RegExp, n: number, number: string, words: string, answered: string | null) {
	return async (player: Player) => {
		await takenUp(
			player,
			"handler2",
			express(n, `${"温汪洪翁"[n % 4]}女士`, "投诉一周没有结果，我只好向外面反映。", "delay"),
		);
		const found = Object.keys(player.pack.data.proceedings.bodies).find((one) => body.test(one)) ?? "";
		await player.act("liaison", 60, "OpenProceeding", { body: found, direction: "inbound", number, words });
		if (answered)
			await player.act("liaison", 400, "ReplyToBody", { proceeding: "g1", words: answered, final: true });
		await player.rest();
	};
}

async function insured(player: Player) {
	await takenUp(
		player,
		"handler3",
		freight(12, "费先生", "冰箱从尾板摔下来，整机报废。", "goods-damaged", {
			claimed: { amount: 520000, currency: "CNY" },
		}),
	);
	const body =
		Object.entries(player.pack.data.proceedings.bodies).find(([, one]) => one.kind === "insurer")?.[0] ?? "";
	await player.act("liaison", 30, "OpenProceeding", {
		body,
		direction: "outbound",
		number: "BA20261120077",
		words: "货运险报案：尾板跌落，整机损毁，照片与装车单已上传。",
	});
	await player.act("liaison", 20, "RecordInsuranceStep", { proceeding: "g1", step: "reported" });
	await player.act("liaison", 300, "RecordInsuranceStep", { proceeding: "g1", step: "surveyed" });
	await player.rest();
}

/** The complainant asks for a review of the decision; a reviewer has it, and asked for one supplement. */
async function reviewAssigned(player: Player) {
	await takenUp(
		player,
		"handler",
		express(13, "邵先生", "签收不是我本人，包裹至今没有找到。", "signed-without-consent"),
	);
	await player.act("handler", 5, "AskQuestion", {
		party: "p2",
		about: "explanation",
		words: "请说明签收经过。",
	});
	await player.act("courier", 60, "Explain", { words: "放在门口鞋柜上，电话里客户说可以。" });
	await player.establish("handler", { "consent-given": true });
	await player.try("handler", 3, "ConfirmFacts");
	await player.find("handler", "通话记录显示当天有一通四十秒电话，采信快递员说法。", "no");
	const findings = player.case.findings.map((one) => one.id);
	await player.try("handler", 3, "NotifyFinding", { findings });
	const grounds = Object.keys(player.pack.data.appeals.grounds).filter((one) => /evidence|new/.test(one));
	await player.act(player.complainant(), 90, "RequestReview", {
		grounds,
		words: "那通电话是快递员打给物业的，我这里有运营商的通话清单，请重新查。",
	});
	const id = player.case.appeals.at(-1)?.id ?? "";
	await player.act("manager", 30, "AssignReviewer", { appeal: id, person: "reviewer" });
	await player.act("reviewer", 40, "AskForSupplement", {
		appeal: id,
		words: "请上传运营商通话清单的截图，包含当天 9 点到 12 点。",
	});
	await player.act(player.complainant(), 120, "SupplementAppeal", {
		appeal: id,
		words: "清单已传，当天没有来自快递员号码的通话。",
	});
	await player.rest();
}

function handedOver(n: number, words: string, note: string) {
	return async (player: Player) => {
		await takenUp(player, "handler2", express(n, `${"俞任袁柳"[n % 4]}先生`, words, "delay"));
		await player.act("handler2", 90, "HandOverCase", { person: "handler", note });
		await player.rest();
	};
}

export const ROOMS_OF_WORK: readonly Story[] = [
	{ pack: "express", daysAgo: 1.2, play: dutyCeiling },
	{ pack: "freight-hailing", daysAgo: 1.4, play: freightCeiling },
	{ pack: "freight-hailing", daysAgo: 2.2, play: returnedOnce },
	{ pack: "express", daysAgo: 2.4, play: agreedInTheEvening },
	{ pack: "express", daysAgo: 1.3, play: asksDepartments },
	{ pack: "freight-hailing", daysAgo: 2.3, play: asksDispatch },
	{ pack: "logistics-enterprise", daysAgo: 1.6, play: asksCarrier },
	{
		pack: "express",
		daysAgo: 4,
		play: asksOutside(
			/12345/,
			8,
			"SZ12345-26112034",
			"市民来电反映快件滞留，请于五个工作日内核实并答复市民。",
			null,
		),
	},
	{
		pack: "express",
		daysAgo: 12,
		play: asksOutside(/12315/, 9, "44030026110911", "消费者投诉延误与客服态度，请提交处理情况。", null),
	},
	{
		pack: "express",
		daysAgo: 2,
		play: asksOutside(/^media$/, 10, "南山都市报-1121", "记者来函核实快件滞留一事，拟于三日后见报。", null),
	},
	{
		pack: "express",
		daysAgo: 8,
		play: asksOutside(
			/12305/,
			11,
			"12305-2026-109922",
			"用户申诉转办，请十五日内答复。",
			"经核查，快件因分拨停电滞留三日，已于次日送达并致歉，按约补偿运费，用户表示接受。",
		),
	},
	{ pack: "freight-hailing", daysAgo: 3, play: insured },
	{ pack: "express", daysAgo: 4, play: reviewAssigned },
	{
		pack: "express",
		daysAgo: 1.5,
		play: handedOver(14, "催了两次还是没有派送。", "网点答应明天上午补派，客户要求派前一小时电话，已答应。"),
	},
	{
		pack: "express",
		daysAgo: 1.4,
		play: handedOver(
			15,
			"少了一件，两件发的只到一件。",
			"已发协查给中心仓要出库记录，今天 18 点前应回；客户只接受补发。",
		),
	},
];
