import type { Case, Finding, Question } from "#engine/case.ts";
import type { CaseAnswer } from "../../../api.ts";
import type { Coach } from "../my-data.ts";

/** What is asked of me in one case, the most pressing first. Pure. */
export type Next =
	| { is: "explain"; question: Question }
	| { is: "contact"; due: string | null }
	| { is: "supplement"; appeal: Case["appeals"][number] }
	| { is: "appeal"; finding: Finding; until: string }
	| { is: "wait" }
	| { is: "ended" };

export function nextOf(
	{ case: kase, own, obligations }: Pick<CaseAnswer, "case" | "own" | "obligations">,
	coach: Pick<Coach, "appeal" | "now" | "contact">,
): Next {
	const question = openQuestion(kase, own ?? "");
	const contact = obligations.find((one) => one.command === "RecordContact");
	// once it is decided, contesting it comes before talking
	const decided = kase.findings.length > 0;
	if (contact && !decided && !coach.contact.barred && (!question || (contact.due ?? "9") <= question.due))
		return { is: "contact", due: contact.due };
	if (question) return { is: "explain", question };
	const asked = kase.appeals.find((one) => !one.decided && one.supplementAsked && !one.supplement);
	if (asked) return { is: "supplement", appeal: asked };
	const against = appealable(kase, coach);
	if (against) return { is: "appeal", ...against };
	return kase.closure || kase.termination ? { is: "ended" } : { is: "wait" };
}

/** The question to me that waits for an answer. */
export function openQuestion(kase: Case, own: string): Question | null {
	return (
		kase.questions.find(
			(one) => "party" in one.to && one.to.party === own && !one.answer && !one.withdrawn && !one.noReply,
		) ?? null
	);
}

/** A finding against me whose window is open and that I have not appealed against. */
export function appealable(
	kase: Case,
	{ appeal, now }: Pick<Coach, "appeal" | "now">,
): { finding: Finding; until: string } | null {
	for (const { finding: id, until } of appeal.until) {
		const finding = kase.findings.find((one) => one.id === id);
		const pending = kase.appeals.some((one) => one.against.findings.includes(id));
		if (finding && finding.upheld !== "no" && now < until && !pending) return { finding, until };
	}
	return null;
}

/** Whether my side has been heard in this round: written, or told to the desk. */
export function myAccounts(kase: Case, own: string): Case["hearings"] {
	return kase.hearings.filter((one) => one.party === own);
}
