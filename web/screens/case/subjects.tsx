import { lazy, Suspense } from "react";
import type { StepName } from "#engine/steps/names.ts";
import type { CaseAnswer } from "../../api.ts";
import type { Names } from "../../labels.ts";
import { Waiting } from "../../parts/states.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import type { Open } from "../case.tsx";
import { useWho } from "../who.ts";
import { isFor } from "./duty.tsx";

/** What a panel about one subject of a case is given. */
export interface PanelProps {
	names: Names;
	answer: CaseAnswer;
	open: Open;
}

const Timeline = lazy(async () => ({ default: (await import("./timeline.tsx")).Timeline }));
const Investigation = lazy(async () => ({
	default: (await import("../../steps/investigation.tsx")).Investigation,
}));
const Responsibility = lazy(async () => ({
	default: (await import("../../steps/responsibility.tsx")).Responsibility,
}));
const Remedy = lazy(async () => ({ default: (await import("../../steps/remedy.tsx")).Remedy }));
const Contact = lazy(async () => ({ default: (await import("../../steps/contact.tsx")).Contact }));
const Afterwards = lazy(async () => ({ default: (await import("../../steps/afterwards.tsx")).Afterwards }));

/** The subjects of a case; the history first, each of the others loaded when it is opened. */
export function Subjects({
	subject,
	onSubject,
	...props
}: PanelProps & { subject: string; onSubject: (subject: string) => void }) {
	const { say, kase } = props.names;
	const staff = props.answer.viewer === "staff";
	const afterwards =
		kase.appeals.length + kase.proceedings.length + kase.sanctions.length + kase.improvement.actions.length;
	const subjects = [
		...(staff ? [{ key: "history", label: say.ui("history"), content: () => <Timeline {...props} /> }] : []),
		{
			key: "contact",
			label: counted(say.of("steps", "contact"), kase.contacts.length + kase.messages.length),
			content: () => <Contact {...props} />,
		},
		{
			key: "investigation",
			label: counted(say.of("steps", "investigation"), kase.evidence.length + kase.questions.length),
			content: () => <Investigation {...props} />,
		},
		{
			key: "responsibility",
			label: counted(say.of("steps", "responsibility"), kase.findings.length),
			content: () => <Responsibility {...props} />,
		},
		{
			key: "remedy",
			label: counted(say.of("steps", "remedy"), kase.offers.length + kase.items.length),
			content: () => <Remedy {...props} />,
		},
		{
			key: "afterwards",
			label: counted(say.ui("afterwards"), afterwards),
			content: () => <Afterwards {...props} />,
		},
	].filter((one) => props.answer.viewer !== "department" || OF_DEPARTMENT.includes(one.key));
	return (
		<section className="panel subjects" aria-label={say.ui("case")}>
			<Tabs
				label={say.ui("case")}
				{...(subject && { open: subject })}
				onOpen={onSubject}
				tabs={subjects.map((one) => ({
					...one,
					content: () => <Suspense fallback={<Waiting />}>{one.content()}</Suspense>,
				}))}
			/>
		</section>
	);
}

/** Whoever comes for one thing finds it open: an approver the sums, a reviewer the appeal. The desk begins with the history. */
export function useFirstSubject(answer: CaseAnswer): string {
	const who = useWho();
	if (who.capabilities.some((one) => one === "handle" || one === "intake")) return "";
	const own = answer.obligations.find((one) => isFor(one, who));
	if (own) return subjectOf(own.step);
	return answer.viewer === "department" && answer.case.improvement.actions.length > 0 ? "afterwards" : "";
}

/** What a department is asked, and what it is charged with. */
const OF_DEPARTMENT: readonly string[] = ["investigation", "afterwards"];

/** Under which subject the records of a step are. */
export function subjectOf(step: StepName): string {
	switch (step) {
		case "intake":
		case "triage":
			return "history";
		case "contact":
		case "investigation":
		case "responsibility":
		case "remedy":
			return step;
		case "approval":
		case "execution":
			return "remedy";
		default:
			return "afterwards";
	}
}

function counted(name: string, count: number): string {
	return count > 0 ? `${name} ${count}` : name;
}
