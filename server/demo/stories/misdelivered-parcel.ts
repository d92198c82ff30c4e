import { followedUp } from "../asking-again.ts";
import type { Player } from "../player.ts";
import { accept, close, offer } from "./settling.ts";

/** E14: the parcel that went to the neighbour: found, brought in person, with a voucher, and a double check proposed. */
export async function misdelivered(player: Player): Promise<void> {
	await player.file({
		channel: "page",
		verbatim: "显示签收但我没收到，签收照片不是我家门口，怀疑送错到别的楼了。",
		wished: "尽快找回来",
		parties: [
			{ seat: "recipient", name: "安可欣", phone: "19900009002" },
			{ seat: "courier", person: "courier2" },
		],
		allegations: [{ category: "misdelivery", accused: [1] }],
		orders: [
			{
				number: "YD2026100035",
				facts: { fee: 1500, insured: false, delayDays: 0, serviceArea: "same-city" },
			},
		],
	});
	await player.act("agent", 2, "GradeCase");
	await player.act("courier2", 9, "RecordContact", {
		party: "p1",
		through: "call",
		outcome: "reached",
		words: "致歉，承诺两小时内找回。",
	});
	await player.act("handler2", 10, "ClaimCase");
	await player.act("handler2", 5, "AskQuestion", {
		party: "p2",
		about: "explanation",
		words: "请说明投递楼栋与签收情况。",
	});
	await player.act("courier2", 60, "Explain", { words: "把三栋看成了八栋，已联系八栋客户取回。" });
	await player.establish("handler2", { lost: false, "customer-fault": false });
	await player.try("handler2", 3, "ConfirmFacts");
	await player.find("handler2", "投递监控与八栋客户证实送错，快递员未二次核对门牌。");
	await player.try("handler2", 3, "NotifyFinding", { findings: player.case.findings.map((one) => one.id) });
	await player.try("handler2", 3, "ComputeRemedy");
	const computation = player.case.computations.at(-1);
	if (computation)
		await offer(
			player,
			"handler2",
			5,
			{ computation: computation.id, grounds: "送错已找回，专程送达并致歉。" },
			computation.total.amount,
		);
	await accept(player, 20);
	await close(player, "handler2");
	await followedUp(player, { satisfied: true, score: 5, advice: "处理很快" });
	await player.try("courier2", 30, "ProposeImprovement", {
		target: "process",
		words: "派件前二次核对楼栋与门牌，异楼栋时拦截签收。",
	});
	await player.rest();
}
