import { type Actor, can } from "#engine/actor.ts";
import type { Case, Party } from "#engine/case.ts";
import { maySee } from "#engine/journey.ts";
import type { Effect } from "#engine/steps/step.ts";
import { dayOf, type Instant } from "#engine/time/instant.ts";
import { actorOf, lineOf, type Office, type PersonRow } from "../office.ts";

/** Whom a notice is for: somebody with an account here, or a party who must be reached outside. */
export type Recipient =
	| { id: `person:${string}`; person: PersonRow; party: Party | null; language: "zh" | "en" }
	| { id: `party:${string}`; person: null; party: Party; language: "zh" | "en" };

type Notify = Extract<Effect, { do: "notify" }>;

/** Everybody whom a notice is for, each once; those who left the company are left out. */
export function recipientsOf(
	kase: Case,
	{ to, values, notice }: Notify,
	office: Office,
	now: Instant,
): Recipient[] {
	const day = dayOf(now, office.zone);
	if ("party" in to) {
		const party = kase.parties.find((one) => one.id === to.party);
		return party ? [recipientFor(party, kase, office)] : [];
	}
	if ("person" in to) {
		const person = office.people.get(to.person);
		// anybody may be named in a note; only those hear of it who may read it
		const barred = notice === "mentioned" && person && maySee(kase, staffActor(kase, person, office, day));
		return person && !barred ? [inApp(person, kase)] : [];
	}
	const asked = typeof values?.outlet === "string" ? values.outlet : null;
	return [...office.people.values()]
		.filter((one) => {
			const actor = staffActor(kase, one, office, day);
			return can(actor, to.capability) && maySee(kase, actor) === null && concerned(actor, asked);
		})
		.map((one) => inApp(one, kase));
}

function staffActor(kase: Case, person: PersonRow, office: Office, day: string): Actor {
	const line = person.organisation ? lineOf(person.organisation, office.relations, day) : [];
	return actorOf(kase.company, person, line);
}

/** A question to an organisation is for its own people. */
function concerned(actor: Actor, organisation: string | null): boolean {
	return organisation === null || actor.belongsTo.includes(organisation);
}

/** Whom a notice was for, by its own name for them; null when they have left or are no longer of the case. */
export function recipientNamed(name: string, kase: Case, office: Office): Recipient | null {
	if (name.startsWith("person:")) {
		const person = office.people.get(name.slice("person:".length));
		return person ? inApp(person, kase) : null;
	}
	const party = kase.parties.find((one) => `party:${one.id}` === name);
	return party ? recipientFor(party, kase, office) : null;
}

function recipientFor(party: Party, kase: Case, office: Office): Recipient {
	const person = party.person ? office.people.get(party.person) : undefined;
	if (person) return inApp(person, kase);
	return { id: `party:${party.id}`, person: null, party, language: kase.intake?.language ?? "zh" };
}

function inApp(person: PersonRow, kase: Case): Recipient {
	const party = kase.parties.find((one) => one.person === person.id) ?? null;
	return { id: `person:${person.id}`, person, party, language: person.language };
}
