import { standing } from "#engine/case.ts";
import {
	allegationName,
	bodyName,
	capitalised,
	categoryName,
	causeName,
	clockName,
	factName,
	itemName,
	moneyText,
	type Names,
	organisationName,
	partyName,
	personName,
	seatName,
	textOf,
	timeText,
} from "../labels.ts";

export interface Choice {
	value: string;
	label: string;
}

type Provider = (names: Names) => Choice[];

/** Several kinds of parties may bear a cost or a share. */
const BEARERS = ["company", "customer", "unknown", "force-majeure"];

const parties: Provider = (names) =>
	names.kase.parties.map((one) => ({ value: one.id, label: partyName(names, one.id) }));
const partiesAndCompany: Provider = (names) => [
	...parties(names),
	{ value: "company", label: names.say.of("sides", "company") },
];
const bearers: Provider = (names) => [
	...parties(names),
	...BEARERS.map((one) => ({ value: one, label: names.say.of("values", one) })),
];
const people: Provider = (names) =>
	sorted(Object.keys(names.people).map((id) => ({ value: id, label: personName(names, id) })));
const organisations: Provider = (names) =>
	Object.keys(names.organisations).map((id) => ({ value: id, label: organisationName(names, id) }));
const evidence: Provider = (names) =>
	names.kase.evidence.map((one) => ({
		value: one.id,
		label: `${textOf(names, one.title)} · ${names.say.of("values", `kind.${one.kind}`)}`,
	}));
const clocks: Provider = (names) =>
	names.kase.clocks
		.filter((one) => !one.stopped)
		.map((one) => ({ value: one.id, label: `${clockName(names, one.id)} · ${timeText(names, one.due)}` }));
const proceedings: Provider = (names) =>
	names.kase.proceedings.map((one) => ({
		value: one.id,
		label: `${bodyName(names, one.body)} ${one.number}`,
	}));
const causes: Provider = (names) =>
	Object.keys(names.pack?.data.responsibility.causes ?? {}).map((id) => ({
		value: id,
		label: causeName(names, id),
	}));
const bodies: Provider = (names) =>
	Object.keys(names.pack?.data.proceedings.bodies ?? {}).map((id) => ({
		value: id,
		label: bodyName(names, id),
	}));
const allegations: Provider = (names) =>
	standing(names.kase).map((one) => ({ value: one.id, label: allegationName(names, one.id) }));
const flags: Provider = ({ say, pack }) =>
	(pack?.data.routes.flags ?? []).map((one) => ({ value: one.id, label: say.bi(one.name) }));
const talk: Provider = (names) => {
	const steps = names.pack?.data.wording[names.say.language].talk.contact ?? {};
	return Object.values(steps).flatMap((tracks) =>
		(tracks ?? []).flatMap((track) =>
			track.lines.map((line, n) => ({
				value: `${track.id}.${n + 1}`,
				label: `${track.title} · ${line.act}`,
			})),
		),
	);
};

function sorted(choices: Choice[]): Choice[] {
	return choices.toSorted((a, b) => a.label.localeCompare(b.label, "zh-CN"));
}

/** By field, or by `Command.field`. */
const PROVIDERS: Record<string, Provider> = {
	accused: parties,
	action: (names) =>
		names.kase.improvement.actions.map((one) => ({ value: one.id, label: textOf(names, one.words) })),
	actsFor: parties,
	allegation: allegations,
	allegations,
	appeal: (names) =>
		names.kase.appeals.map((one) => ({
			value: one.id,
			label: `${partyName(names, one.party)} · ${timeText(names, one.at)}`,
		})),
	approval: (names) =>
		names.kase.approvals.map((one) => ({
			value: one.id,
			label: `${moneyText(names.say, one.ceiling)} · ${timeText(names, one.at)}`,
		})),
	assignment: (names) =>
		names.kase.improvement.training.map((one) => ({
			value: one.id,
			label: `${personName(names, one.person)} · ${names.say.bi(names.pack?.data.improvement.training[one.training]?.name)}`,
		})),
	attempt: (names) =>
		names.kase.followUpPlan.map((one) => ({
			value: one.attempt,
			label: `${one.attempt} · ${timeText(names, one.due)}`,
		})),
	bearer: bearers,
	body: bodies,
	category: (names) =>
		(names.pack?.data.categories.categories ?? []).map((one) => ({
			value: one.id,
			label: categoryName(names, one.id),
		})),
	cause: causes,
	clock: clocks,
	computation: (names) =>
		names.kase.computations.map((one) => ({
			value: one.id,
			label: `${moneyText(names.say, one.total)} · ${timeText(names, one.at)}`,
		})),
	evidence,
	fact: (names) =>
		Object.keys(names.pack?.sheet ?? {}).map((id) => ({ value: id, label: factName(names, id) })),
	finding: findings,
	findings,
	flags,
	from: partiesAndCompany,
	grounds: ({ say, pack }) =>
		Object.entries(pack?.data.appeals.grounds ?? {}).map(([id, name]) => ({
			value: id,
			label: say.bi(name),
		})),
	guardian: parties,
	inspection: (names) =>
		names.kase.inspections.map((one) => ({
			value: one.id,
			label: `${textOf(names, one.place)} · ${timeText(names, one.planned)}`,
		})),
	inspector: people,
	item: (names) => names.kase.items.map((one) => ({ value: one.id, label: itemName(names, one.id) })),
	offer: (names) =>
		names.kase.offers.map((one) => ({
			value: one.id,
			label: `${names.say.of("sides", one.from)} ${moneyText(names.say, one.total)} · ${timeText(names, one.at)}`,
		})),
	organisation: organisations,
	owner: people,
	party: parties,
	payee: parties,
	person: people,
	piece: ({ say, pack }) =>
		Object.values(pack?.data.evidence.recipes ?? {}).flatMap((recipe) =>
			recipe.pieces.map((one) => ({ value: one.id, label: say.bi(one.name) })),
		),
	proceeding: proceedings,
	proposal: (names) =>
		names.kase.improvement.proposals.map((one) => ({ value: one.id, label: textOf(names, one.words) })),
	question: (names) =>
		names.kase.questions
			.filter((one) => !one.answer)
			.map((one) => ({ value: one.id, label: textOf(names, one.words) })),
	recipe: ({ say, pack }) =>
		Object.entries(pack?.data.evidence.recipes ?? {}).map(([id, one]) => ({
			value: id,
			label: say.bi(one.name),
		})),
	referTo: bodies,
	said: talk,
	sanction: (names) =>
		names.kase.sanctions.map((one) => ({
			value: one.id,
			label: `${names.say.of("sanctions", one.kind)} · ${partyName(names, one.party)}`,
		})),
	seat: (names) =>
		Object.keys(names.pack?.data.head.seats ?? {}).map((id) => ({
			value: id,
			label: capitalised(seatName(names, id)),
		})),
	signed: evidence,
	source: ({ say, pack }) =>
		Object.entries(pack?.data.evidence.sources ?? {}).map(([id, name]) => ({
			value: id,
			label: say.bi(name),
		})),
	to: parties,
	training: ({ say, pack }) =>
		Object.entries(pack?.data.improvement.training ?? {}).map(([id, one]) => ({
			value: id,
			label: say.bi(one.name),
		})),
	with: organisations,
	// from a party, or from an insurer that a proceeding is open with
	"RecordRecovery.from": (names) => [...parties(names), ...proceedings(names)],
	"WaiveFollowUp.reason": ({ say, pack }) =>
		Object.entries(pack?.data.followUp.waivers ?? {}).map(([id, name]) => ({
			value: id,
			label: say.bi(name),
		})),
};

function findings(names: Names): Choice[] {
	return names.kase.findings.map((one) => ({
		value: one.id,
		label: `${allegationName(names, one.allegation)} · ${names.say.of("values", `upheld.${one.upheld}`)}`,
	}));
}

/** What may stand in a field that refers to something known; null: nothing is known, so it is typed. */
export function choicesFor(command: string, field: string, names: Names): Choice[] | null {
	const provider = PROVIDERS[`${command}.${field}`] ?? PROVIDERS[field];
	return provider ? provider(names) : null;
}
