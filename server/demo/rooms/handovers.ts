import type { Player } from "../player.ts";
import type { Story } from "../stories.ts";
import { express, takenUp } from "./taken-up.ts";

function handedOver(n: number, words: string, note: string) {
	return async (player: Player) => {
		await takenUp(player, "handler2", express(n, `${"俞任袁柳"[n % 4]}先生`, words, "delay"));
		await player.act("handler2", 90, "HandOverCase", { person: "handler", note });
		await player.rest();
	};
}

/** Cases handed over at the end of a shift. */
export const HANDOVERS: readonly Story[] = [
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
