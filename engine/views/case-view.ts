import { type Actor, can } from "../actor.ts";
import type { Case, Intake, Party, RemedyLine } from "../case.ts";
import type { Kept } from "../kept.ts";

/**
 * What each role may see of a case. Staff see it whole (names and numbers masked until revealed); the complainant and
 * the respondent see their side: what was said, what is asked of them, what was decided and why; never the other
 * side's name, number or address.
 */
export type Viewer = "staff" | "complainant" | "respondent" | "department";

export function viewerOf(kase: Case, actor: Actor): Viewer {
	if (actor.kind === "complainant" || isOn(kase, actor, "complainant")) return "complainant";
	if (actor.kind === "respondent" || isOn(kase, actor, "respondent")) return "respondent";
	return can(actor, "answer") &&
		!can(
			actor,
			"handle",
			"triage",
			"intake",
			"review",
			"approve",
			"safety",
			"liaise",
			"legal",
			"quality",
			"manage",
			"pay",
			"duty",
		)
		? "department"
		: "staff";
}

/** Whoever is a party sees what a party sees, whatever else they may do. */
function isOn(kase: Case, actor: Actor, side: Party["side"]): boolean {
	return kase.parties.some((one) => one.person === actor.id && one.side === side);
}

/** A case as one viewer may see it: the same shape, with what is not theirs left out. */
export function viewOf(kase: Case, actor: Actor): Case {
	const viewer = viewerOf(kase, actor);
	if (viewer === "staff") return kase;
	const own = ownParty(kase, actor);
	const shared = { ...withoutInternals(kase), improvement: ownImprovement(kase, actor) };
	if (viewer === "department") return forDepartment(shared, actor);
	return viewer === "complainant" ? forComplainant(shared, own) : forRespondent(shared, own, actor);
}

export function ownParty(kase: Case, actor: Actor): Party | null {
	return kase.parties.find((one) => one.id === actor.link?.party || one.person === actor.id) ?? null;
}

/** Nobody outside the office sees these. */
function withoutInternals(kase: Case): Case {
	return {
		...kase,
		intake: kase.intake && withoutCall(kase.intake),
		triage: kase.triage && { ...kase.triage, why: null, explanations: [], flags: [] },
		regradings: [],
		owner: kase.owner && { person: kase.owner.person, since: kase.owner.since, by: kase.owner.by },
		owners: [],
		escalations: [],
		restriction: null,
		hold: null,
		consultations: [],
		computations: [],
		approvals: [],
		inspections: [],
		verifications: [],
		proceedings: [],
		rounds: [],
		termination: kase.termination,
		relations: [],
		findings: kase.findings.filter((one) => one.noticedAt).map((one) => ({ ...one, override: null })),
		clocks: kase.clocks.filter((one) => one.kind !== "internal"),
	};
}

/** How a call was taken, and by which script, is the office's own business. */
function withoutCall({ call: _, said: __, ...intake }: Intake): Intake {
	return intake;
}

/** What somebody outside the office is charged with or proposed. */
function ownImprovement({ improvement }: Case, { id }: Actor): Case["improvement"] {
	return {
		proposals: improvement.proposals.filter((one) => one.by === id),
		actions: improvement.actions.filter((one) => one.owner === id),
		training: improvement.training.filter((one) => one.person === id),
		...{ rootCause: null, doNot: [], study: null },
	};
}

function faceless(party: Party): Party {
	return {
		...party,
		person: null,
		organisation: null,
		line: [],
		name: null,
		phone: null,
		address: null,
		plate: null,
	};
}

function parties(kase: Case, own: Party | null): Party[] {
	return kase.parties.map((one) => (one.id === own?.id || one.actsFor === own?.id ? one : faceless(one)));
}

function forComplainant(kase: Case, own: Party | null): Case {
	const mine = own?.id ?? "";
	return {
		...kase,
		parties: parties(kase, own),
		corrections: kase.corrections?.filter((one) => one.party === mine) ?? [],
		hearings: [],
		contacts: kase.contacts
			.filter((one) => one.party === mine)
			.map((one) => ({ ...one, words: null, said: [] })),
		messages: kase.messages
			.filter((one) => one.to === mine || one.from === mine)
			.map((one) => ({ ...one, guard: [] })),
		questions: kase.questions.filter((one) => "party" in one.to && one.to.party === mine),
		evidence: kase.evidence.filter((one) => one.from === mine).map((one) => ({ ...one, flags: [] })),
		appeals: kase.appeals.filter((one) => one.party === mine),
		sanctions: ownSanctions(kase, own),
		followUps: kase.followUps.map((one) =>
			"waived" in one.result ? { ...one, result: { ...one.result, why: null } } : one,
		),
	};
}

function forRespondent(kase: Case, own: Party | null, actor: Actor): Case {
	const mine = own?.id ?? "";
	const about = new Set(kase.allegations.filter((one) => one.accused.includes(mine)).map((one) => one.id));
	const findings = kase.findings.filter((one) => about.has(one.allegation));
	const talking = kase.directTalk?.party === mine;
	return {
		...kase,
		intake: kase.intake && {
			...kase.intake,
			place: null,
			by: "",
			summary: null,
			verbatim: kase.intake.verbatim,
		},
		parties: parties(kase, own),
		corrections: [],
		allegations: kase.allegations.filter((one) => about.has(one.id)),
		contacts: kase.contacts.filter((one) => one.by === own?.person),
		messages: kase.messages
			.filter((one) => one.to === mine || one.from === mine)
			.map((one) => ({ ...one, guard: one.from === mine ? one.guard : [] })),
		// an officer who is a party still answers for their department
		questions: kase.questions.filter(({ to }) =>
			"party" in to ? to.party === mine : can(actor, "answer") && actor.belongsTo.includes(to.organisation),
		),
		hearings: kase.hearings.filter((one) => one.party === mine),
		evidence: kase.evidence.filter((one) => one.from === mine).map((one) => ({ ...one, flags: [] })),
		findings,
		offers: kase.offers
			.filter((one) => one.party === mine || talking)
			.map((one) => ({ ...one, lines: one.lines.map(facelessLine) })),
		finalPosition: null,
		items: kase.items.filter((one) =>
			kase.offers.some((offer) => offer.id === one.from && offer.party === mine),
		),
		confirmation: null,
		amendments: [],
		urgings: [],
		followUps: [],
		followUpPlan: [],
		appeals: kase.appeals.filter((one) => one.party === mine),
		sanctions: ownSanctions(kase, own),
	};
}

/** Those against oneself, and blocks that one asked for. */
function ownSanctions(kase: Case, own: Party | null): Case["sanctions"] {
	if (!own) return [];
	return kase.sanctions.filter(
		(one) =>
			one.party === own.id || (one.kind === "block" && own.person !== null && one.against === own.person),
	);
}

function facelessLine(line: RemedyLine): RemedyLine {
	return { ...line, payee: null };
}

function forDepartment(kase: Case, actor: Actor): Case {
	const seats = kase.parties.filter(
		(one) => !one.person && one.organisation !== null && actor.belongsTo.includes(one.organisation),
	);
	const asked = kase.questions.filter(({ to }) =>
		"organisation" in to
			? actor.belongsTo.includes(to.organisation)
			: seats.some((one) => one.id === to.party),
	);
	return {
		...forComplainant(kase, null),
		parties: kase.parties.map(faceless),
		questions: asked,
		evidence: kase.evidence
			.filter(
				(one) => one.by === actor.id || asked.some((question) => question.answer?.evidence.includes(one.id)),
			)
			.map((one) => ({ ...one, flags: [] })),
		offers: [],
		// what it owes itself it has to see, in order to do it
		items: kase.items
			.filter((one) => seats.some(({ seat }) => seat === one.bearer))
			.map((one) => ({ ...one, payee: null })),
		finalPosition: null,
		findings: [],
		followUps: [],
	};
}

/** Every kept reference in a view, with the paths' texts still to be looked up. */
export function keptIn(view: unknown): Kept[] {
	const found: Kept[] = [];
	const walk = (value: unknown): void => {
		if (Array.isArray(value)) for (const one of value) walk(one);
		else if (value !== null && typeof value === "object") {
			if (isKept(value)) found.push(value);
			else for (const one of Object.values(value)) walk(one);
		}
	};
	walk(view);
	return found;
}

function isKept(value: object): value is Kept {
	return "ref" in value && "hash" in value && Object.keys(value).length === 2;
}
