import { clockTimeIn } from "#engine/time/wall.ts";
import type { Player } from "../player.ts";
import type { Story } from "../stories.ts";
import { express, freight, takenUp } from "./taken-up.ts";

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

/** Ceilings asked for, one of them for the second time, and an agreement of the evening to be ratified. */
export const APPROVALS: readonly Story[] = [
	{ pack: "express", daysAgo: 1.2, play: dutyCeiling },
	{ pack: "freight-hailing", daysAgo: 1.4, play: freightCeiling },
	{ pack: "freight-hailing", daysAgo: 2.2, play: returnedOnce },
	{ pack: "express", daysAgo: 2.4, play: agreedInTheEvening },
];
