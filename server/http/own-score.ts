import type { Actor } from "#engine/actor.ts";
import type { Case, Sanction } from "#engine/case.ts";
import {
	type ConductEntry,
	type ConductFile,
	emptyConduct,
	entriesInForce,
	scoreAt,
} from "#engine/conduct.ts";
import { stayed } from "#engine/steps/reputation-sanctions.ts";
import type { Desk } from "../handle.ts";
import { readConduct, type Snapshot } from "../store/snapshots.ts";

/** The score of somebody, what every entry of it rests on, and what waits for the window of an appeal or its end. */
export async function scoreOf(
	desk: Desk,
	{ company, id: person }: Actor,
	trade: string | null,
	cases: readonly Case[],
) {
	const pack = trade ? desk.packs.newest(trade) : null;
	if (!pack) return null;
	const now = desk.clock();
	const [rows = []] = (await desk.database.read([
		readConduct(company, [person]),
	])) as Snapshot<ConductFile>[][];
	const file = rows[0]?.state ?? emptyConduct(person, company);
	const rules = pack.data.reputation.score;
	const score = scoreAt(file, now, rules);
	const grades = rules.grades.toSorted((a, b) => b.least - a.least);
	const at = grades.findIndex((one) => score >= one.least);
	const inForce = new Set(entriesInForce(file, now).map((one) => one.id));
	const year = new Date(Date.parse(now) - 365 * 86_400_000).toISOString();
	const counted = file.complaints.filter((one) => one.at >= year);
	const outside = cases.flatMap((kase) => notEntered(kase, person, file));
	const waiting = outside.reduce((sum, one) => sum + (one.waits ? one.points : 0), 0);
	return {
		score,
		...{ base: rules.base, floor: rules.floor, ceiling: rules.ceiling, months: rules.months },
		source: rules.source,
		grade: grades[at] ?? null,
		above: at > 0 ? (grades[at - 1] ?? null) : null,
		/** What it comes to once all that waits is in force; null: nothing waits. */
		soon: waiting === 0 ? null : Math.max(rules.floor, Math.min(rules.ceiling, score + waiting)),
		entries: [...file.entries.flatMap((one) => entered(one, inForce, cases)), ...outside].toSorted((a, b) =>
			b.at.localeCompare(a.at),
		),
		complaints: { year: counted.length, upheld: counted.filter((one) => one.upheld === true).length },
		praise: pack.data.reputation.praise.rows.flatMap((row) => row.source.ref),
		block: pack.data.reputation.block,
	};
}

function entered(entry: ConductEntry, inForce: ReadonlySet<string>, cases: readonly Case[]) {
	const { id, at, kind, points, until, lifted, reversed } = entry;
	// with whom one is not matched is told apart
	if (kind === "block") return [];
	const kase = cases.find((one) => one.id === entry.case);
	const sanction = kase?.sanctions.find((one) => `${entry.case}:${one.id}` === entry.id);
	return [
		{
			...{ id, at, kind, points, until, lifted, reversed, case: entry.case },
			...about(kase, sanction),
			inForce: inForce.has(id),
			inForceFrom: entry.inForce,
			waits: null,
		},
	];
}

/** Imposed, and not in the conduct file: it waits, or was taken back before it counted. */
function notEntered(kase: Case, person: string, file: ConductFile) {
	const known = new Set(file.entries.map((one) => one.id));
	return kase.sanctions
		.filter((one) => one.subject === person && !one.inForce && !known.has(`${kase.id}:${one.id}`))
		.map((one) => {
			const { at, kind, points, until, effectiveFrom } = one;
			const lifted = one.lifted?.at ?? null;
			const reversed = one.reversed?.at ?? null;
			const waits = lifted || reversed ? null : { from: effectiveFrom, held: stayed(kase, one) };
			return {
				...{ id: `${kase.id}:${one.id}`, at, kind, points, until, lifted, reversed, case: kase.id },
				...about(kase, one),
				...{ inForce: false, inForceFrom: effectiveFrom, waits },
			};
		});
}

function about(kase: Case | undefined, sanction: Sanction | undefined) {
	return {
		number: kase?.number ?? null,
		rule: sanction?.rule ? { row: sanction.rule.row, source: sanction.rule.source } : null,
		categories: (kase?.allegations ?? []).map((one) => one.category ?? one.proposed?.category ?? null),
	};
}

/** With whom somebody is not matched, by the case in which it was asked for; the other is not named. */
export function blocksOf(person: string, cases: readonly Case[], now: string) {
	return cases.flatMap((kase) =>
		kase.sanctions
			.filter((one) => one.kind === "block" && (one.subject === person || one.against === person))
			.map((one) => ({
				...{ case: kase.id, number: kase.number, sanction: one.id, at: one.at, until: one.until },
				mine: one.against === person,
				inForce: !one.lifted && !one.reversed && (!one.until || one.until > now),
			})),
	);
}
