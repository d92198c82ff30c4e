import { type Evaluation, type Explanation, evaluateTable, type Hit } from "../rules/evaluate.ts";
import type { FactValue, FactValues } from "../rules/facts.ts";
import { type DayTable, type Duration, due } from "../time/calendar.ts";
import { dayOf, type Instant } from "../time/instant.ts";
import type { Example } from "./example.ts";
import type { LoadedPack } from "./loaded.ts";
import { proposeCategory } from "./propose.ts";

/** What a pack makes of a situation: category, grade, route, due times, fault, remedies, approval, sanctions. */
export interface Trial {
	category: { id: string; because: string[] };
	urgency: string | null;
	severity: string | null;
	route: Record<string, unknown> | null;
	/** By clock name, for clocks that run from receipt or filing. */
	due: Record<string, Instant | "none">;
	fault: Hit | null;
	remedies: Hit[];
	/** Minor units. */
	total: number | null;
	/** Facts that must be known before the remedies, or else the fault, can be reckoned. */
	needs: string[];
	approval: string | null;
	sanctions: Hit[];
	followUps: string[];
	/** What could not be reckoned, in words. */
	problems: string[];
	explanations: Explanation[];
}

/** Facts that a fresh complaint has unless the situation says otherwise. */
const FRESH: FactValues = {
	kind: "complaint",
	source: "customer",
	channel: "page",
	claimed: 0,
	"repeat-complaints": 0,
	"important-customer": false,
	accused: true,
	forged: false,
	praise: false,
	"proved-false": false,
	injury: false,
	minor: false,
	harassment: false,
	media: false,
	regulator: false,
	churn: false,
};

/** Tries a situation against a pack. The same tables in the same order as a case goes through them. */
export function tryPack(pack: LoadedPack, given: Example["given"], days: DayTable): Trial {
	const day = dayOf(given.received, pack.data.head.zone);
	const proposed = proposeCategory(given.words ?? "", pack);
	const id = given.category ?? proposed?.category ?? "other";
	const asked = new Asking(day);
	const facts = startingFacts(pack, given, id);
	const early = { ...facts };
	facts.severity ??= asked.word(pack.tables.severity, facts, "severity");
	facts.urgency ??= asked.word(pack.tables.urgency, facts, "urgency");
	const route = asked.first(pack.tables.route, facts);
	const finding = evaluateTable(pack.tables.faults, { upheld: "yes", ...facts }, day);
	const fault = finding.ok ? (finding.hits[0] ?? null) : null;
	if (fault) Object.assign(facts, faultFacts(fault, pack), pickKnown(facts));
	const remedies = evaluateTable(pack.tables.remedies, facts, day);
	const total = remedies.ok
		? remedies.hits.reduce((sum, one) => sum + Number(one.values.amount ?? 0), 0)
		: null;
	const approval = total === null ? null : asked.first(pack.tables.limits, { ...facts, total });
	const sanctions = fault || "liable" in facts ? evaluateTable(pack.tables.sanctions, facts, day) : null;
	const followUps = asked.all(pack.tables.followUps, facts);
	return {
		category: { id, because: proposed?.category === id ? proposed.because : [] },
		urgency: textOf(facts.urgency),
		severity: textOf(facts.severity),
		route: route?.values ?? null,
		due: dueTimes(pack, given.received, early, days, asked),
		fault,
		remedies: remedies.ok ? remedies.hits : [],
		total,
		needs: needsOf(remedies).length > 0 || !remedies.ok ? needsOf(remedies) : needsOf(finding),
		approval: approval ? String(approval.values.by) : null,
		sanctions: sanctions?.ok ? sanctions.hits : [],
		followUps: followUps.map((one) => String(one.values.attempt)),
		problems: [...asked.problems, ...problemOf(finding), ...problemOf(remedies)],
		explanations: asked.explanations,
	};
}

/** Asks tables and remembers what could not be answered. */
class Asking {
	readonly day: string;
	readonly problems: string[] = [];
	readonly explanations: Explanation[] = [];

	constructor(day: string) {
		this.day = day;
	}

	all(table: Parameters<typeof evaluateTable>[0], facts: FactValues): Hit[] {
		const answer = evaluateTable(table, facts, this.day);
		this.problems.push(...problemOf(answer));
		if (answer.ok) this.explanations.push(...answer.hits.map((one) => one.explanation));
		if (!answer.ok && "needs" in answer)
			this.problems.push(`${table.table.table} needs ${answer.needs.map((one) => one.fact).join(", ")}`);
		return answer.ok ? answer.hits : [];
	}

	first(table: Parameters<typeof evaluateTable>[0], facts: FactValues): Hit | null {
		return this.all(table, facts)[0] ?? null;
	}

	word(table: Parameters<typeof evaluateTable>[0], facts: FactValues, name: string): string {
		return String(this.first(table, facts)?.values[name] ?? "");
	}
}

type Facts = Record<string, FactValue>;

function startingFacts(pack: LoadedPack, given: Example["given"], id: string): Facts {
	const category = pack.categories.get(id);
	const facts: Facts = { ...FRESH };
	for (const flag of pack.data.routes.flags) facts[flag.id] ??= false;
	for (const [name, value] of Object.entries(given.facts))
		facts[name] =
			pack.sheet[name]?.type === "money" && typeof value === "string"
				? Math.round(Number(value) * 100)
				: value;
	for (const flag of given.flags) facts[flag] = true;
	if (!category) return facts;
	return {
		...facts,
		category: category.id,
		group: category.group,
		"base-urgency": category.urgency,
		"base-severity": category.severity,
		"on-the-spot": category.onTheSpot,
	};
}

/**
 * What a finding by the table would make known: liable, cause, and the share of whoever bears most of those complained
 * of, for each answers for their own share alone.
 */
function faultFacts(hit: Hit, pack: LoadedPack): Facts {
	const shares = Object.entries(hit.values.shares as Record<string, number>);
	const respondents = shares.filter(([seat]) => pack.data.head.seats[seat]?.side === "respondent");
	return {
		upheld: "yes",
		liable: hit.values.liable === true,
		cause: String(hit.values.cause),
		"worker-share": Math.max(0, ...respondents.map(([, share]) => share)),
	};
}

/** What the situation stated itself stays. */
function pickKnown(facts: Facts): Facts {
	const stated = ["upheld", "liable", "worker-share", "cause"].flatMap((name) =>
		facts[name] === undefined ? [] : [[name, facts[name]] as const],
	);
	return Object.fromEntries(stated);
}

function dueTimes(
	pack: LoadedPack,
	received: Instant,
	facts: FactValues,
	days: DayTable,
	asked: Asking,
): Trial["due"] {
	const times: Trial["due"] = {};
	for (const clock of pack.data.clocks.clocks) {
		const table = pack.tables.clocks.get(clock.name);
		if (!table || (clock.starts !== "received" && clock.starts !== "filed")) continue;
		const values = asked.first(table, facts)?.values;
		const calendar = pack.data.clocks.calendars[String(values?.calendar)];
		const duration = { amount: Number(values?.amount), unit: String(values?.unit) as Duration["unit"] };
		times[clock.name] = values && calendar ? due(received, duration, calendar, days).due : "none";
	}
	return times;
}

function problemOf(answer: Evaluation): string[] {
	return answer.ok || !("problem" in answer)
		? []
		: [`${answer.problem.table} ${answer.problem.row ?? ""}: ${answer.problem.detail}`];
}

function needsOf(answer: Evaluation): string[] {
	return answer.ok || !("needs" in answer) ? [] : answer.needs.map((one) => one.fact);
}

function textOf(value: FactValue | undefined): string | null {
	return value === undefined || value === "" ? null : String(value);
}

/** One thing that came out otherwise than an example expects. */
export interface Difference {
	what: string;
	expected: unknown;
	got: unknown;
}

/** Compares a trial with what an example expects; only what the example names is compared. */
export function compare(expect: Example["expect"], trial: Trial): Difference[] {
	const differences: Difference[] = [];
	const same = (what: string, expected: unknown, got: unknown) => {
		if (expected !== undefined && JSON.stringify(expected) !== JSON.stringify(got))
			differences.push({ what, expected, got });
	};
	same("category", expect.category, trial.category.id);
	same("urgency", expect.urgency, trial.urgency);
	same("severity", expect.severity, trial.severity);
	for (const [key, value] of Object.entries(expect.route ?? {}))
		same(`route ${key}`, value, trial.route?.[key]);
	for (const [name, value] of Object.entries(expect.due ?? {}))
		same(`due ${name}`, value, trial.due[name] ?? "none");
	same("liable", expect.liable, trial.fault?.values.liable);
	same("cause", expect.cause, trial.fault?.values.cause);
	same("fault row", expect.faultRow, trial.fault?.row);
	same(
		"shares",
		expect.shares && sorted(expect.shares),
		trial.fault && sorted(trial.fault.values.shares as Record<string, number>),
	);
	same("total", expect.total, trial.total);
	same("approval", expect.approval, trial.approval);
	same("follow-ups", expect.followUps, trial.followUps);
	same("needs", expect.needs && [...expect.needs].sort(), [...trial.needs].sort());
	differences.push(
		...compareLists("remedies", expect.remedies, trial.remedies),
		...compareLists("sanctions", expect.sanctions, trial.sanctions),
	);
	return differences;
}

function sorted(shares: Record<string, number>): [string, number][] {
	return Object.entries(shares).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Each expected line must be met by a hit of its own, and no hit may be left over. */
function compareLists(
	what: string,
	expected: readonly Record<string, unknown>[] | undefined,
	hits: readonly Hit[],
): Difference[] {
	if (!expected) return [];
	const left = [...hits];
	const missing: Difference[] = [];
	for (const want of expected) {
		const at = left.findIndex((hit) =>
			Object.entries(want).every(
				([key, value]) => (key === "row" ? hit.row : key === "legal" ? hit.legal : hit.values[key]) === value,
			),
		);
		if (at < 0)
			missing.push({ what, expected: want, got: hits.map((hit) => ({ row: hit.row, ...hit.values })) });
		else left.splice(at, 1);
	}
	return left.length > 0
		? [
				...missing,
				{
					what: `${what}: not expected`,
					expected: null,
					got: left.map((hit) => ({ row: hit.row, ...hit.values })),
				},
			]
		: missing;
}
