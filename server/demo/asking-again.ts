import { openPlan } from "#engine/steps/follow-up.ts";
import type { Player } from "./player.ts";

/** Asked again whenever it is planned, shortly before it is due; nobody asks once more who is not satisfied. */
export async function followedUp(
	player: Player,
	answer: { satisfied: boolean; score: number; advice: string },
): Promise<void> {
	for (const { due } of openPlan(player.case)) {
		const minutes = Math.floor((Date.parse(due) - Date.parse(player.at)) / 60_000) - 60;
		const fields = { ...answer, bothered: false };
		if ((await player.try("quality", Math.max(5, minutes), "RecordFollowUp", fields)) !== true) return;
		if (!answer.satisfied) return;
	}
}
