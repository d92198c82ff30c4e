import { standing } from "#engine/case.ts";
import type { Refusal } from "#engine/decision.ts";
import type { CaseAnswer } from "../../../api.ts";
import { type Names, partyName } from "../../../labels.ts";

/** To whom one may write in a case, and what goes with it. No page. */

export type TargetKind = "complainant" | "respondent" | "department" | "company" | "note";

export interface Target {
	/** Under which its draft is kept. */
	form: string;
	kind: TargetKind;
	command: "SendMessage" | "AskQuestion" | "AddNote";
	/** Of a message: the party, or `company`. */
	to: string | null;
	name: string;
	/** How a party hears of it. */
	through: "sms" | "in-app" | "none";
	/** Why not, where it may not be done. */
	no: Refusal | null;
}

/** The targets, complainant first; those that this person could never use are left out. */
export function targetsOf(names: Names, { viewer, allowed, own }: CaseAnswer): Target[] {
	const no = (command: Target["command"]) => {
		const answer = allowed[command];
		return answer === undefined || answer === true ? null : answer;
	};
	const message = (party: Names["kase"]["parties"][number], kind: TargetKind): Target => ({
		form: `SendMessage.${party.id}`,
		kind,
		command: "SendMessage",
		to: party.id,
		name: partyName(names, party.id),
		through: party.person ? "in-app" : party.phone ? "sms" : "none",
		no: no("SendMessage"),
	});
	if (viewer !== "staff")
		return [
			{
				...blank(names, "company", "SendMessage", no("SendMessage")),
				form: "SendMessage.company",
				to: "company",
			},
		].filter(isPossible);
	const parties = names.kase.parties.filter((one) => one.id !== own);
	return [
		...parties.filter((one) => one.side === "complainant").map((one) => message(one, "complainant")),
		...accusedFirst(
			names,
			parties.filter((one) => one.side === "respondent"),
		).map((one) => message(one, "respondent")),
		blank(names, "department", "AskQuestion", no("AskQuestion")),
		blank(names, "note", "AddNote", no("AddNote")),
	].filter(isPossible);
}

function accusedFirst<P extends { id: string }>({ kase }: Names, parties: readonly P[]): P[] {
	const accused = new Set(standing(kase).flatMap((one) => one.accused));
	return parties.toSorted((a, b) => Number(accused.has(b.id)) - Number(accused.has(a.id)));
}

function isPossible({ no }: Target): boolean {
	return no?.reason !== "NotAuthorised";
}

function blank(names: Names, kind: TargetKind, command: Target["command"], no: Refusal | null): Target {
	return {
		form: command,
		kind,
		command,
		to: null,
		name: kind === "company" ? names.say.of("sides", "company") : "",
		through: "in-app",
		no,
	};
}
