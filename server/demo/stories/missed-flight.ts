import { instantPlus } from "#engine/time/instant.ts";
import { followedUp } from "../asking-again.ts";
import type { Player } from "../player.ts";
import { accept, close, offer } from "./settling.ts";

/** R10: the tow truck was sent the wrong way, the flight was missed; the customer is made whole before the shares are settled. */
export async function missedFlight(player: Player): Promise<void> {
	await player.file({
		channel: "phone",
		verbatim:
			"机场高速爆胎叫的救援，走错道晚了一小时二十分，我的航班没赶上，机票酒店全废了，你们不处理我就找媒体。",
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
	await player.act("handler", 4, "RecordContact", {
		party: "p1",
		through: "call",
		outcome: "reached",
		words: "先致歉并确认已到安全地点，告知专组接手。",
	});
	await player.act("handler", 60, "AskQuestion", {
		party: "p3",
		about: "explanation",
		words: "请说明派单与指路经过，并调取通话录音。",
	});
	await player.act("handler", 2, "AskQuestion", {
		party: "p4",
		about: "explanation",
		words: "请说明定位漂移的时段与原因。",
	});
	await player.act("dispatcher", 120, "Explain", { party: "p3", words: "录音证实把南出口说成了北出口。" });
	await player.act("engineer", 60, "Explain", { party: "p4", words: "该路段定位有约四百米漂移，已复现。" });
	await player.act("rescuer", 30, "Explain", { words: "按调度指示行驶，到达后才知道走反了。" });
	const facts = { "wrong-direction": true, "position-drift": true, "travel-loss": 228000 };
	await player.establish("handler", facts);
	await player.try("handler", 5, "ConfirmFacts");
	await player.try("handler", 300, "ComputeRemedy");
	const computation = player.case.computations.at(-1);
	if (computation)
		await offer(
			player,
			"handler",
			30,
			{ computation: computation.id, grounds: "无论责任在哪一方，客户的损失由我们承担。" },
			computation.total.amount,
		);
	await accept(player, 180);
	await close(player, "handler");
	await player.find("handler", "调度指错方向，定位漂移加重延误；救援员按指示行驶，无过错。");
	await player.try("handler", 10, "NotifyFinding", { findings: player.case.findings.map((one) => one.id) });
	await player.try("quality", 600, "RecordRootCause", {
		cause: player.case.findings[0]?.cause ?? "",
		words: "指路话术没有复述确认；该路段定位长期漂移。",
	});
	await player.try("quality", 10, "OpenCorrectiveAction", {
		owner: "engineer",
		organisation: "technology",
		cause: player.case.findings[0]?.cause ?? "",
		words: "限期修复机场高速路段定位漂移",
		due: instantPlus(player.at, { days: 21 }),
	});
	await player.try("quality", 5, "AddDoNotRule", {
		place: "dispatch",
		words: "指路必须复述出口名称与方向，严禁凭印象指路。",
	});
	await followedUp(player, { satisfied: true, score: 5, advice: "赔付及时，希望地图早点修好。" });
	await player.rest();
}
