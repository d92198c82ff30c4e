import type { ReactNode } from "react";
import type { Names } from "../../labels.ts";
import { GradeTag } from "../../parts/grade-tag.tsx";
import { aboutOf } from "./item-head.tsx";

/** The two lines of what waits: how grave, what about, its figure; below, in words, and its clock. */
export function WorkLineText({
	names,
	title,
	end,
	below,
	band,
}: {
	names: Names;
	/** Instead of what the case is about. */
	title?: string;
	/** At the right of the first line. */
	end?: ReactNode;
	below: ReactNode;
	band?: ReactNode;
}) {
	const { kase } = names;
	return (
		<>
			<span className="work-line-one">
				<GradeTag urgency={kase.triage?.urgency ?? null} severity={kase.triage?.severity ?? null} />
				<b>{title ?? aboutOf(names)}</b>
				<span className="work-line-end">{end}</span>
			</span>
			<span className="work-line-two">
				<span className="work-line-cut">{below}</span>
				{band}
			</span>
		</>
	);
}
