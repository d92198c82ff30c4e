import { useSay } from "../words.ts";

/** Urgency and severity together: 特急 A. Only 特急 is red. */
export function GradeTag({ urgency, severity }: { urgency: string | null; severity: string | null }) {
	const say = useSay();
	if (!urgency || !severity) return <span className="grade grade-none">{say.ui("ungraded")}</span>;
	return (
		<span className={`grade grade-${urgency}`}>
			{say.of("values", urgency)} {severity}
		</span>
	);
}
