import { type Case, examined, findingOf } from "../case.ts";

/** What is still to be found, and who is still to be heard. */

/** Allegations that the fault track goes through and that have no finding in force: none yet, or one overturned. */
export function unfound(kase: Case): string[] {
	return examined(kase)
		.filter((one) => findingOf(kase, one.id) === null)
		.map((one) => one.id);
}

/**
 * Law 2: accused parties without explanation, recorded no-reply, or unobtainable attested. In an appeal's round the
 * earlier hearing stands.
 */
export function whoIsUnheard(kase: Case, allegation?: string): string[] {
	const concerned = examined(kase).filter((one) => !allegation || one.id === allegation);
	const accused = new Set(concerned.flatMap((one) => one.accused));
	return [...accused].filter((id) => !kase.hearings.some((one) => one.party === id));
}
