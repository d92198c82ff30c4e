import type { Player } from "../player.ts";
import type { Story } from "../stories.ts";
import { express, takenUp } from "./taken-up.ts";

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

/** A review that somebody has. */
export const REVIEWS: readonly Story[] = [{ pack: "express", daysAgo: 4, play: reviewAssigned }];
