import type { Case, Question } from "#engine/case.ts";
import { answerDue } from "#engine/steps/investigation-hearing.ts";
import type { Obligation } from "#engine/steps/step.ts";

/** The rooms of work where cases wait for something, each with the commands that are asked for there. */
export const ROOMS = {
	approvals: ["Approve", "RatifyApproval"],
	questions: ["AnswerQuestion"],
	appeals: ["AssignReviewer", "DecideAppeal"],
	outside: ["ReplyToBody"],
	"follow-ups": ["RecordFollowUp", "WaiveFollowUp"],
} as const;
export type WorkRoom = keyof typeof ROOMS;

/** In which rooms a case stands, and the earliest time by which something is asked of it there (or `infinity`). */
export function roomsOf(
	kase: Case,
	duties: readonly Obligation[],
): { rooms: WorkRoom[]; room_due: string; incident: string | null } {
	const asked = new Map<WorkRoom, (string | null)[]>();
	for (const room of Object.keys(ROOMS) as WorkRoom[]) {
		const mine = duties.filter(({ command }) => (ROOMS[room] as readonly string[]).includes(command));
		if (mine.length > 0)
			asked.set(
				room,
				mine.map((one) => one.due),
			);
	}
	// answered, it still waits for the body's result
	if (!asked.has("outside") && kase.proceedings.some((one) => !one.result && !one.sentBack))
		asked.set("outside", []);
	// a department's silence is no answer: late ones are still asked
	const questions = kase.questions.filter(
		(one) => isForDepartment(one, kase) && !one.answer && !one.withdrawn,
	);
	if (questions.length > 0)
		asked.set(
			"questions",
			questions.map((one) => answerDue(kase, one)),
		);
	const dues = [...asked.values()].flatMap((list) => list.flatMap((due) => due ?? []));
	return { rooms: [...asked.keys()], room_due: dues.sort()[0] ?? "infinity", incident: incidentOf(kase) };
}

/** Asked of an organisation: as such, or as a party with no one person in its seat. */
function isForDepartment({ to }: Question, kase: Case): boolean {
	if ("organisation" in to) return true;
	const party = kase.parties.find((one) => one.id === to.party);
	return party !== undefined && party.person === null && party.organisation !== null;
}

/** The mass incident that a case was put under last. */
function incidentOf(kase: Case): string | null {
	return kase.relations.findLast((one) => one.kind === "mass-incident" && !one.parted)?.case ?? null;
}
