import { formatClock } from "../parts/time.ts";
import { type RoomWords, useRoomWords } from "../words.ts";
import type { DraftState } from "./draft-keeper.ts";
import { content } from "./words.yaml";

/** "Draft kept 10:32": so that one dares to leave. */
export function DraftNote({ state, zone }: { state: DraftState; zone: string }) {
	const t = useRoomWords(content as RoomWords);
	return (
		<span className="draft-note" aria-live="polite">
			{state.is === "kept" && t("kept", { time: formatClock(state.at, zone) })}
			{state.is === "keeping" && t("keeping")}
			{state.is === "here" && t("kept-here")}
		</span>
	);
}
