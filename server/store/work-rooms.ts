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

/** The column of a case's row in which its time in a room stands (migrations/0017-room-dues.sql). */
export const DUE_IN = {
	approvals: "approvals_due",
	questions: "questions_due",
	appeals: "appeals_due",
	outside: "outside_due",
	"follow-ups": "follow_ups_due",
} as const satisfies Record<WorkRoom, string>;
export type RoomDue = (typeof DUE_IN)[WorkRoom];

/**
 * By room the earliest time by which something is asked of a case there: `infinity` where it has no end, null where the
 * case does not stand in the room.
 */
export function roomsOf(
	kase: Case,
	duties: readonly Obligation[],
): Record<RoomDue, string | null> & { incident: string | null } {
	const dueIn = (room: WorkRoom) => {
		const asked: readonly string[] = ROOMS[room];
		const own = duties.filter((one) => asked.includes(one.command)).map((one) => one.due);
		return earliest([...own, ...alsoIn(room, kase)]);
	};
	return {
		approvals_due: dueIn("approvals"),
		questions_due: dueIn("questions"),
		appeals_due: dueIn("appeals"),
		outside_due: dueIn("outside"),
		follow_ups_due: dueIn("follow-ups"),
		incident: incidentOf(kase),
	};
}

/** What waits in a room though it is nobody's duty (any more): the times of each; null: without end. */
function alsoIn(room: WorkRoom, kase: Case): (string | null)[] {
	// answered, it still waits for the body's result
	if (room === "outside")
		return kase.proceedings
			.filter((one) => !one.result && !one.sentBack)
			.map((one) => (one.replies.some((reply) => reply.final) ? null : one.due));
	// a department's silence is no answer: late ones are still asked
	if (room === "questions")
		return kase.questions
			.filter((one) => isForDepartment(one, kase) && !one.answer && !one.withdrawn)
			.map((one) => answerDue(kase, one));
	return [];
}

function earliest(dues: readonly (string | null)[]): string | null {
	if (dues.length === 0) return null;
	return dues.flatMap((due) => due ?? []).sort()[0] ?? "infinity";
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
