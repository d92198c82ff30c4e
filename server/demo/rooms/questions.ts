import type { Player } from "../player.ts";
import type { Story } from "../stories.ts";
import { express, freight, takenUp } from "./taken-up.ts";

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

/** What departments, outlets and partners are asked. */
export const QUESTIONS: readonly Story[] = [
	{ pack: "express", daysAgo: 1.3, play: asksDepartments },
	{ pack: "freight-hailing", daysAgo: 2.3, play: asksDispatch },
	{ pack: "logistics-enterprise", daysAgo: 1.6, play: asksCarrier },
];
