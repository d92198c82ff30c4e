import { followedUp } from "../asking-again.ts";
import type { Player } from "../player.ts";
import { accept, close, offer } from "./settling.ts";

/** F: not carried upstairs: the driver offers, the customer declines; found liable, appeals with proof, the score is restored. */
export async function notCarried(player: Player): Promise<void> {
	await player.file({
		channel: "page",
		verbatim: "下单时选了搬运上六楼，司机把货放在一楼物业就走了，搬运费照收。",
		wished: "退搬运费",
		parties: [
			{ seat: "shipper", name: "孟佳", phone: "19900009003" },
			{ seat: "driver", person: "driver" },
		],
		allegations: [{ category: "not-carried", accused: [1] }],
		orders: [
			{
				number: "HY2026100052",
				facts: {
					fee: 26000,
					carryingOrdered: true,
					carryingFee: 6000,
					requirementShown: true,
					feePaid: true,
					photosTaken: true,
				},
			},
		],
	});
	await player.act("agent", 3, "GradeCase");
	await player.act("handler3", 6, "ClaimCase");
	await player.try("driver", 10, "OpenDirectTalk");
	await player.try("driver", 4, "RecordContact", {
		party: "p1",
		through: "call",
		outcome: "reached",
		words: "先道歉，复述没搬上楼的情况，问还有什么没说到。",
	});
	await player.try("driver", 5, "OfferAsWorker", {
		lines: [{ item: "refund", amount: 3000 }],
		grounds: "退一半搬运费，下次免费搬运。",
	});
	const first = player.case.offers.at(-1)?.id;
	if (first) await player.try(player.complainant(), 30, "DeclineOffer", { offer: first, why: "要求全退。" });
	await player.try("handler3", 20, "CloseDirectTalk", { why: "not-agreed" });
	await player.act("handler3", 10, "AskQuestion", {
		party: "p2",
		about: "explanation",
		words: "请说明为何没有搬上楼，并附证据。",
	});
	await player.act("driver", 300, "Explain", { words: "电梯停用，客户当面同意放物业处，当时没有留下文字。" });
	await player.establish("handler3", {
		"carrying-done": 0,
		"lift-out-of-order": false,
		"customer-agreed": false,
	});
	await player.try("handler3", 5, "ConfirmFacts");
	await player.find("handler3", "订单含搬运，未完成，且无客户同意变更的记录。");
	const findings = player.case.findings.map((one) => one.id);
	await player.try("handler3", 5, "NotifyFinding", { findings });
	await player.try("handler3", 5, "ComputeRemedy");
	const computation = player.case.computations.at(-1);
	if (computation)
		await offer(
			player,
			"handler3",
			5,
			{ computation: computation.id, grounds: "搬运服务未提供，退还搬运费。" },
			computation.total.amount,
		);
	await accept(player, 60);
	await close(player, "handler3");
	await sanctionAppealed(player, findings);
	await followedUp(player, { satisfied: true, score: 4, advice: "搬运费退了，希望下单时就说清楚电梯。" });
	await player.rest();
}

/** The points wait for the appeal window; the driver proves that the lift was out of order, and they are reversed. */
async function sanctionAppealed(player: Player, findings: string[]): Promise<void> {
	await player.try("handler3", 10, "ImposeSanction", {
		party: "p2",
		kind: "points",
		finding: findings[0],
		points: -1,
		reason: "未按订单提供搬运服务",
		override: "初次",
	});
	await player.try("driver", 200, "AddEvidence", { kind: "photo", title: "电梯停用告示照片" });
	await player.try("driver", 3, "LodgeAppeal", {
		findings,
		grounds: Object.keys(player.pack.data.appeals.grounds).slice(0, 1),
		words: "补交电梯停用照片与物业证明，请复核。",
		evidence: [player.case.evidence.at(-1)?.id ?? ""],
	});
	const appeal = player.case.appeals.at(-1)?.id;
	if (appeal) {
		await player.try("manager", 60, "AssignReviewer", { appeal, person: "reviewer" });
		await player.try("reviewer", 900, "DecideAppeal", {
			appeal,
			result: "upheld",
			reasons: "物业证明属实，原认定依据不足，撤销并恢复服务分；客户已得退款不受影响。",
		});
	}
}
