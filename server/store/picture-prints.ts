import type { PicturePrint } from "../adapters/disk/picture-print.ts";
import type { Statement } from "./database/database.ts";

/** Finding a company's pictures that look like another: by runs of their prints, never by looking at all of them. */

const RUN_BITS = 16;
const RUN_DIGITS = RUN_BITS / 4;

/** To be written after the file they are of. */
export function insertPrints(company: string, sha256: string, prints: readonly PicturePrint[]): Statement[] {
	if (prints.length === 0) return [];
	const runs = prints.map((one) => runsOf(one.bits));
	return [
		{
			name: "insert-picture-prints",
			sql: `insert into picture_print (company, sha256, part, bits, run1, run2, run3, run4)
select $1, $2, part, ('x' || digits)::bit(256), run1, run2, run3, run4
from unnest($3::int[], $4::text[], $5::int[], $6::int[], $7::int[], $8::int[]) as given (part, digits, run1, run2, run3, run4)
on conflict (company, sha256, part) do nothing`,
			parameters: [
				...[company, sha256, prints.map((one) => one.part), prints.map((one) => one.bits)],
				...[0, 1, 2, 3].map((n) => runs.map((all) => all[n])),
			],
		},
	];
}

/** A picture's own prints: answers PicturePrints. */
export function readPrints(company: string, sha256: string): Statement {
	return {
		name: "read-picture-prints",
		// sixteen bits at a time, since no function turns so many into digits
		sql: `select part::int as part, (select string_agg(lpad(to_hex(substring(bits from n * 16 + 1 for 16)::bit(16)::int), 4, '0'), '' order by n) from generate_series(0, 15) n) as bits
from picture_print where company = $1 and sha256 = $2 order by part`,
		parameters: [company, sha256],
	};
}

/** One stored picture that looks like the one asked for. */
export interface AlikeRow {
	sha256: string;
	/** Of the stored picture; 0 is its whole. */
	part: number;
	/** Of 256 bits. */
	differs: number;
	/** Ids of the cases that show it, or `order:…` where it was made on the road. */
	cases: string[];
}

const MOST_ALIKE = 20;
const ALL_PARTS = Array.from({ length: 12 }, (_, n) => n);

/** What has a run in common is read first, by itself: the planner would rather walk through all files otherwise. */
const ALIKE = `with near as materialized (
${[1, 2, 3, 4]
	.map(
		(n) =>
			`select sha256, part, bits from picture_print where company = $1 and part = any($4::int[]) and run${n} = any($${n + 4}::int[])`,
	)
	.join(" union ")}),
like_it as materialized (
  select sha256, part::int as part, bit_count(bits # ('x' || $3)::bit(256))::int as differs from near
  where sha256 <> $2 and bit_count(bits # ('x' || $3)::bit(256)) <= case when part = 0 then $9::int else $10::int end
  order by differs, sha256 limit ${MOST_ALIKE})
select l.sha256, l.part, l.differs, coalesce(f.facts->'cases', '[]') as cases
from like_it l join evidence_file f on f.company = $1 and f.sha256 = l.sha256 order by l.differs, l.sha256`;

/**
 * The company's other pictures like this one: its whole against all parts of theirs, its parts against their wholes.
 * Answers AlikeRows, for each print those that differ least first.
 */
export function alikeTo(
	company: string,
	sha256: string,
	prints: readonly PicturePrint[],
	most: { whole: number; cut: number },
): Statement[] {
	return prints.map(({ part, bits }) => ({
		name: "alike-pictures",
		sql: ALIKE,
		parameters: [
			...[company, sha256, bits, part === 0 ? ALL_PARTS : [0]],
			...runsOf(bits).map(nearRuns),
			...[part === 0 ? most.whole : most.cut, most.cut],
		],
	}));
}

/** The four runs of 16 bits at a print's beginning. */
function runsOf(bits: string): number[] {
	return [0, 1, 2, 3].map((n) => Number.parseInt(bits.slice(n * RUN_DIGITS, (n + 1) * RUN_DIGITS), 16));
}

/** A run, and those that differ from it in one bit. */
function nearRuns(run: number): number[] {
	return [run, ...Array.from({ length: RUN_BITS }, (_, bit) => run ^ (1 << bit))];
}
