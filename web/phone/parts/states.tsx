import type { Problem } from "../../api.ts";
import { Icon } from "../../parts/icon.tsx";
import { type RoomWords, type Say, useRoomWords, useSay } from "../../words.ts";
import { content } from "../words.yaml";

/** The shape of what will come. */
export function Waiting({ rows = 3 }: { rows?: number }) {
	const say = useSay();
	return (
		<div className="p-waiting" role="status" aria-label={say.ui("loading")}>
			{Array.from({ length: rows }, (_, n) => `row-${n}`).map((key) => (
				<i key={key} />
			))}
		</div>
	);
}

/** An error says what to do. */
export function Failure({ problem, again }: { problem: Problem; again: () => void }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	return (
		<div className="state" role="alert">
			<Icon name={problem.status === 0 ? "offline" : "warn"} size={28} />
			<p>{problem.status === 0 ? t("unreached") : problem.title || say.ui("error")}</p>
			<button type="button" className="p-button" onClick={again}>
				{say.ui("try-again")}
			</button>
		</div>
	);
}

/** What went wrong, in a sentence that says what to do. */
export function problemText(problem: Problem, say: Say): string {
	if (problem.status === 0) return say.ui("offline");
	return problem.detail || problem.title || say.ui("error");
}
