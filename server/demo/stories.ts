import { instantPlus } from "#engine/time/instant.ts";
import { carriedOut } from "./ordinary.ts";
import type { Player } from "./player.ts";

/** The cases told in the seed documents, each played to its end through real commands. */
export interface Story {
	pack: string;
	daysAgo: number;
	play: (player: Player) => Promise<void>;
}

const photo = (name: string) => ({ sha256: name.padEnd(64, "0").slice(0, 64).replaceAll(/[^0-9a-f]/g, "0"), bytes: 0, mime: "image/jpeg" });

async function accept(player: Player, minutes: number): Promise<boolean> {
	const offer = player.case.offers.at(-1)?.id ?? "";
	const above = player.pack.data.remedies.signAbove.amount;
	const total = player.case.offers.at(-1)?.total.amount ?? 0;
	if (total <= above) return await player.act(player.complainant(), minutes, "AcceptOffer", { offer, through: "page" });
	if (!(await player.act(player.complainant(), minutes, "AddEvidence", { kind: "document", title: "签署的和解协议" }))) return false;
	return await player.act(player.complainant(), 2, "AcceptOffer", { offer, through: "written", signed: player.case.evidence.at(-1)?.id });
}

/** An approval where the offer needs one, by whoever may give it. */
async function offer(player: Player, by: string, minutes: number, fields: Record<string, unknown>, amount: number): Promise<boolean> {
	const made = await player.try(by, minutes, "MakeOffer", fields);
	if (made === true || made === false) return made;
	if ((await player.try(by, 5, "RequestApproval", { ceiling: amount, grounds: "客户损失已核实，公司先行承担。" })) !== true) return false;
	const approval = player.case.approvals.at(-1)?.id ?? "";
	for (const approver of ["approver", "manager", "legal", "reviewer2"])
		if ((await player.try(approver, 30, "Approve", { approval, words: "同意。" })) === true) return await player.act(by, 5, "MakeOffer", fields);
	return false;
}

async function close(player: Player, handler: string): Promise<boolean> {
	if (!(await carriedOut(player, handler))) return false;
	if (!(await player.act(player.complainant(), 300, "Confirm", { through: "page", satisfied: true, words: "可以接受。" }))) return false;
	return await player.act(handler, 20, "CloseCase", { outcome: "settled" });
}

/** R10: the tow truck was sent the wrong way, the flight was missed; the customer is made whole before the shares are settled. */
async function missedFlight(player: Player): Promise<void> {
	await player.file({
		channel: "phone",
		verbatim: "机场高速爆胎叫的救援，走错道晚了一小时二十分，我的航班没赶上，机票酒店全废了，你们不处理我就找媒体。",
		wished: "赔机票和酒店，给个说法",
		place: "机场高速出口前两公里",
		occurredAt: instantPlus(player.at, { hours: -2 }),
		claimed: { amount: 228000, currency: "CNY" },
		parties: [
			{ seat: "motorist", name: "李启航", phone: "19900009001", plate: "粤B9F21K" },
			{ seat: "rescuer", person: "rescuer" },
			{ seat: "dispatch", organisation: "dispatch" },
			{ seat: "map-platform", organisation: "technology" },
		],
		allegations: [{ category: "missed-trip", accused: [1, 2, 3] }],
		orders: [{ number: "JY2026100081", facts: { fee: 48000, lateMinutes: 80 } }],
		flags: ["media", "churn"],
	});
	await player.act("agent", 4, "GradeCase", { flags: ["consequential-loss"] });
	await player.act("handler", 20, "ClaimCase");
	await player.act("handler", 4, "RecordContact", { party: "p1", through: "call", outcome: "reached", words: "先致歉并确认已到安全地点，告知专组接手。" });
	await player.act("handler", 60, "AskQuestion", { party: "p3", about: "explanation", words: "请说明派单与指路经过，并调取通话录音。" });
	await player.act("handler", 2, "AskQuestion", { party: "p4", about: "explanation", words: "请说明定位漂移的时段与原因。" });
	await player.act("dispatcher", 120, "Explain", { party: "p3", words: "录音证实把南出口说成了北出口。" });
	await player.act("engineer", 60, "Explain", { party: "p4", words: "该路段定位有约四百米漂移，已复现。" });
	await player.act("rescuer", 30, "Explain", { words: "按调度指示行驶，到达后才知道走反了。" });
	const facts = { "wrong-direction": true, "position-drift": true, "travel-loss": 228000 };
	await player.establish("handler", facts);
	await player.try("handler", 5, "ConfirmFacts");
	await player.try("handler", 300, "ComputeRemedy");
	const computation = player.case.computations.at(-1);
	if (computation) await offer(player, "handler", 30, { computation: computation.id, grounds: "无论责任在哪一方，客户的损失由我们承担。" }, computation.total.amount);
	await accept(player, 180);
	await close(player, "handler");
	await player.find("handler", "调度指错方向，定位漂移加重延误；救援员按指示行驶，无过错。");
	await player.try("handler", 10, "NotifyFinding", { findings: player.case.findings.map((one) => one.id) });
	await player.try("quality", 600, "RecordRootCause", { cause: player.case.findings[0]?.cause ?? "", words: "指路话术没有复述确认；该路段定位长期漂移。" });
	await player.try("quality", 10, "OpenCorrectiveAction", { owner: "engineer", organisation: "technology", cause: player.case.findings[0]?.cause ?? "", words: "限期修复机场高速路段定位漂移", due: instantPlus(player.at, { days: 21 }) });
	await player.try("quality", 5, "AddDoNotRule", { place: "dispatch", words: "指路必须复述出口名称与方向，严禁凭印象指路。" });
	await player.rest();
}

/** E14: the parcel that went to the neighbour: found, brought in person, with a voucher, and a double check proposed. */
async function misdelivered(player: Player): Promise<void> {
	await player.file({
		channel: "page",
		verbatim: "显示签收但我没收到，签收照片不是我家门口，怀疑送错到别的楼了。",
		wished: "尽快找回来",
		parties: [
			{ seat: "recipient", name: "安可欣", phone: "19900009002" },
			{ seat: "courier", person: "courier2" },
		],
		allegations: [{ category: "misdelivery", accused: [1] }],
		orders: [{ number: "YD2026100035", facts: { fee: 1500, insured: false, delayDays: 0, serviceArea: "same-city" } }],
	});
	await player.act("agent", 2, "GradeCase");
	await player.act("courier2", 9, "RecordContact", { party: "p1", through: "call", outcome: "reached", words: "致歉，承诺两小时内找回。" });
	await player.act("handler2", 10, "ClaimCase");
	await player.act("handler2", 5, "AskQuestion", { party: "p2", about: "explanation", words: "请说明投递楼栋与签收情况。" });
	await player.act("courier2", 60, "Explain", { words: "把三栋看成了八栋，已联系八栋客户取回。" });
	await player.establish("handler2", { lost: false, "customer-fault": false });
	await player.try("handler2", 3, "ConfirmFacts");
	await player.find("handler2", "投递监控与八栋客户证实送错，快递员未二次核对门牌。");
	await player.try("handler2", 3, "NotifyFinding", { findings: player.case.findings.map((one) => one.id) });
	await player.try("handler2", 3, "ComputeRemedy");
	const computation = player.case.computations.at(-1);
	if (computation) await offer(player, "handler2", 5, { computation: computation.id, grounds: "送错已找回，专程送达并致歉。" }, computation.total.amount);
	await accept(player, 20);
	await close(player, "handler2");
	await player.try("quality", 1300, "RecordFollowUp", { satisfied: true, bothered: false, score: 5, advice: "处理很快" });
	await player.try("courier2", 30, "ProposeImprovement", { target: "process", words: "派件前二次核对楼栋与门牌，异楼栋时拦截签收。" });
	await player.rest();
}

/** F: not carried upstairs: the driver offers, the customer declines; found liable, appeals with proof, the score is restored. */
async function notCarried(player: Player): Promise<void> {
	await player.file({
		channel: "page",
		verbatim: "下单时选了搬运上六楼，司机把货放在一楼物业就走了，搬运费照收。",
		wished: "退搬运费",
		parties: [
			{ seat: "shipper", name: "孟佳", phone: "19900009003" },
			{ seat: "driver", person: "driver" },
		],
		allegations: [{ category: "not-carried", accused: [1] }],
		orders: [{ number: "HY2026100052", facts: { fee: 26000, carryingOrdered: true, carryingFee: 6000, requirementShown: true, feePaid: true, photosTaken: true } }],
	});
	await player.act("agent", 3, "GradeCase");
	await player.act("handler3", 6, "ClaimCase");
	await player.try("driver", 10, "OpenDirectTalk");
	await player.try("driver", 4, "RecordContact", { party: "p1", through: "call", outcome: "reached", words: "先道歉，复述没搬上楼的情况，问还有什么没说到。" });
	await player.try("driver", 5, "OfferAsWorker", { lines: [{ item: "refund", amount: 3000 }], grounds: "退一半搬运费，下次免费搬运。" });
	const first = player.case.offers.at(-1)?.id;
	if (first) await player.try(player.complainant(), 30, "DeclineOffer", { offer: first, why: "要求全退。" });
	await player.try("handler3", 20, "CloseDirectTalk", { why: "not-agreed" });
	await player.act("handler3", 10, "AskQuestion", { party: "p2", about: "explanation", words: "请说明为何没有搬上楼，并附证据。" });
	await player.act("driver", 300, "Explain", { words: "电梯停用，客户当面同意放物业处，当时没有留下文字。" });
	await player.establish("handler3", { "carrying-done": 0, "lift-out-of-order": false, "customer-agreed": false });
	await player.try("handler3", 5, "ConfirmFacts");
	await player.find("handler3", "订单含搬运，未完成，且无客户同意变更的记录。");
	const findings = player.case.findings.map((one) => one.id);
	await player.try("handler3", 5, "NotifyFinding", { findings });
	await player.try("handler3", 5, "ComputeRemedy");
	const computation = player.case.computations.at(-1);
	if (computation) await offer(player, "handler3", 5, { computation: computation.id, grounds: "搬运服务未提供，退还搬运费。" }, computation.total.amount);
	await accept(player, 60);
	await close(player, "handler3");
	await player.try("handler3", 10, "ImposeSanction", { party: "p2", kind: "points", finding: findings[0], points: -1, reason: "未按订单提供搬运服务", override: "初次" });
	await player.try("driver", 200, "AddEvidence", { kind: "photo", title: "电梯停用告示照片" });
	await player.try("driver", 3, "LodgeAppeal", { findings, grounds: Object.keys(player.pack.data.appeals.grounds).slice(0, 1), words: "补交电梯停用照片与物业证明，请复核。", evidence: [player.case.evidence.at(-1)?.id ?? ""] });
	const appeal = player.case.appeals.at(-1)?.id;
	if (appeal) {
		await player.try("manager", 60, "AssignReviewer", { appeal, person: "reviewer" });
		await player.try("reviewer", 900, "DecideAppeal", { appeal, result: "upheld", reasons: "物业证明属实，原认定依据不足，撤销并恢复服务分；客户已得退款不受影响。" });
	}
	await player.rest();
}

/** H: a refused ride, and a passenger who complains again and again without ground: blocked, warned, and heard. */
async function refusedRide(player: Player): Promise<void> {
	await player.file({
		channel: "page",
		verbatim: "司机又拒载我，看到是我就不来，必须封号。",
		wished: "封号并赔偿",
		claimed: { amount: 50000, currency: "CNY" },
		repeat: 6,
		parties: [
			{ seat: "passenger", person: "customer-1", name: "窦某", phone: "19900009004" },
			{ seat: "driver", person: "cabbie" },
		],
		allegations: [{ category: "refused", accused: [1] }],
		orders: [{ number: "WC2026100066", facts: { fee: 2300, cancelFee: 0, rented: true, viaAggregator: false } }],
	});
	await player.act("agent2", 3, "GradeCase");
	await player.act("handler2", 15, "ClaimCase");
	await player.act("handler2", 5, "RecordContact", { party: "p1", through: "call", outcome: "reached", words: "询问经过与期望，说明核实步骤。" });
	await player.act("handler2", 5, "AskQuestion", { party: "p2", about: "explanation", words: "请说明该单未完成的原因。" });
	await player.act("cabbie", 120, "AddEvidence", { kind: "audio", title: "行程录音与通话记录", file: photo("cab") });
	await player.act("cabbie", 5, "Explain", { words: "到达后等候十二分钟，乘客要求超员上车，我当面说明后其自行取消。", evidence: ["e1"] });
	await player.establish("handler2", {});
	await player.try("handler2", 5, "ConfirmFacts");
	await player.find("handler2", "录音与轨迹证实司机到点等候，乘客要求超员，属正当拒绝。", "no");
	await player.try("handler2", 5, "NotifyFinding", { findings: player.case.findings.map((one) => one.id) });
	await player.try("cabbie", 30, "BlockParty", { party: "p1", reason: "多次不实投诉并要求超员。", evidence: ["e1"] });
	await player.try("handler2", 30, "TakeFinalPosition", { nothingOwed: true, reasons: "经核实不属拒载，依据录音与轨迹。", referTo: Object.keys(player.pack.data.proceedings.bodies).slice(0, 1) });
	await player.rest();
}

/** L: a pallet crushed between warehouse and partner carrier; insured or not. */
function damagedFreight(insured: boolean) {
	return async (player: Player): Promise<void> => {
		await player.file({
			channel: "mail",
			verbatim: insured ? "已投保的精密模具到货时木箱破损，两件报废，请按声明价值赔付。" : "一托盘塑胶件塌箱，三十六件开裂，客户拒收，请赔偿。",
			wished: "赔偿货损",
			claimed: { amount: insured ? 2600000 : 980000, currency: "CNY" },
			parties: [
				{ seat: "contract-customer", name: "龙岗某模具厂", phone: insured ? "19900009005" : "19900009006" },
				{ seat: "carrier", person: "trucker" },
				{ seat: "warehouse", person: "keeper" },
			],
			allegations: [{ category: "damage", accused: [1, 2] }],
			orders: [{ number: insured ? "WL2026100071" : "WL2026100072", facts: { fee: 320000, insured, declared: 2600000, clauseLimit: 500000, feePaid: true } }],
			importance: "important",
		});
		await player.act("agent", 15, "GradeCase");
		await player.act("handler3", 30, "ClaimCase");
		await player.act("handler3", 20, "RecordContact", { party: "p1", through: "call", outcome: "reached", words: "确认破损件数与现场，请保留包装。" });
		if (insured) await player.try("liaison", 30, "OpenProceeding", { body: Object.entries(player.pack.data.proceedings.bodies).find(([, one]) => one.kind === "insurer")?.[0] ?? "", direction: "outbound", number: "AT-2026-1187", words: "维修前先行报案，附照片与交接单。" });
		await player.act("handler3", 10, "AskQuestion", { party: "p2", about: "explanation", words: "请说明在途装载与急刹情况，提供行车记录。" });
		await player.act("handler3", 2, "AskQuestion", { party: "p3", about: "explanation", words: "请提供出库交接单与码放照片。" });
		await player.act("handler3", 2, "OrderInspection", { place: "坪山区出口加工区二号仓", planned: instantPlus(player.at, { hours: 24 }), inspector: "officer" });
		await player.act("trucker", 240, "Explain", { words: "途中一次急刹，到站发现上层倾斜。" });
		await player.act("keeper", 120, "Explain", { words: "出库时码放两层，缠绕膜完好，有照片。" });
		await player.act("officer", 1500, "RecordInspection", { inspection: "i1", words: "现场清点破损件，外箱受压变形，与急刹位移相符。" });
		await player.establish("handler3", {
			stage: "partner-leg",
			excuse: "none",
			"insurance-answer": "pending",
			loss: insured ? 2600000 : 900000,
			"clause-notified": false,
			"gross-negligence": false,
		});
		await player.try("handler3", 5, "ConfirmFacts");
		await player.find("handler3", "多方核实：在途急刹致位移为主因，码放未加护角为次因。");
		await player.try("handler3", 5, "NotifyFinding", { findings: player.case.findings.map((one) => one.id) });
		await player.try("handler3", 30, "Consult", { with: ["manager", "officer"], impact: "medium", view: "客户重要，先赔后追偿承运商。" });
		await player.try("handler3", 10, "ComputeRemedy");
		const computation = player.case.computations.at(-1);
		if (computation) await offer(player, "handler3", 20, { computation: computation.id, grounds: "承运人责任，按核实损失赔付。" }, computation.total.amount);
		await accept(player, 600);
		await close(player, "handler3");
		await player.rest();
	};
}

export const STORIES: readonly Story[] = [
	{ pack: "roadside-rescue", daysAgo: 19, play: missedFlight },
	{ pack: "express", daysAgo: 6, play: misdelivered },
	{ pack: "freight-hailing", daysAgo: 9, play: notCarried },
	{ pack: "ride-hailing", daysAgo: 4, play: refusedRide },
	{ pack: "logistics-enterprise", daysAgo: 24, play: damagedFreight(true) },
	{ pack: "logistics-enterprise", daysAgo: 16, play: damagedFreight(false) },
];
