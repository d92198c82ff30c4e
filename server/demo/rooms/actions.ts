import { instantPlus } from "#engine/time/instant.ts";
import type { Player } from "../player.ts";
import type { Story } from "../stories.ts";
import { express, takenUp } from "./taken-up.ts";

/** A warehouse that let parcels lie is charged with putting it right; it has not answered yet. */
async function chargedWarehouse(player: Player) {
	await takenUp(
		player,
		"handler2",
		express(16, "骆先生", "同一个仓这个月第三次压件，每次都说下不为例。", "delay"),
	);
	await player.act("handler2", 8, "AskQuestion", {
		organisation: "warehouse-sz",
		about: "records",
		words: "请提供本月该仓滞留超过 48 小时的件数与原因。",
	});
	await player.act("officer", 180, "AnswerQuestion", {
		question: "q1",
		words: "本月滞留 41 件，其中 33 件因夜班缺人没有上架扫描。",
	});
	const [cause = ""] = Object.keys(player.pack.data.responsibility.causes);
	await player.act("handler2", 30, "RecordRootCause", {
		cause,
		words: "夜班缺两名扫描员，滞留件第二天才被发现。",
	});
	await player.act("quality", 60, "OpenCorrectiveAction", {
		owner: "officer",
		organisation: "warehouse-sz",
		cause,
		words: "补齐夜班两名扫描员，并在凌晨四点加一次滞留盘点；上传排班表和连续三天的盘点记录。",
		due: instantPlus(player.at, { days: 5 }),
	});
	await player.rest();
}

/** What departments are to put right. */
export const ACTIONS: readonly Story[] = [{ pack: "express", daysAgo: 3, play: chargedWarehouse }];
