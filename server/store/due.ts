import type { Effect, Timer } from "#engine/steps/step.ts";
import type { Statement } from "./database/session.ts";

/** Rows of the due table: wake-ups and effects, one loop for all (see jobs/loop.ts). */
export interface DueRow {
	company: string;
	id: string;
	stream: string;
	kind: "timer" | "effect" | "delivery" | "nightly";
	key: string;
	at: string;
	payload: unknown;
}

export function insertDue(rows: readonly DueRow[]): Statement[] {
	if (rows.length === 0) return [];
	return [
		{
			name: "insert-due",
			sql: `insert into due (company, id, stream, kind, key, at, payload)
select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::jsonb[])
on conflict (company, stream, kind, key) do update set at = excluded.at, payload = excluded.payload, attempts = 0, claimed_until = null, failed_at = null`,
			parameters: [
				rows.map((one) => one.company),
				rows.map((one) => one.id),
				rows.map((one) => one.stream),
				rows.map((one) => one.kind),
				rows.map((one) => one.key),
				rows.map((one) => one.at),
				rows.map((one) => JSON.stringify(one.payload)),
			],
		},
	];
}

function deleteTimers(company: string, stream: string, keys: readonly string[]): Statement[] {
	if (keys.length === 0) return [];
	return [
		{
			name: "delete-timers",
			sql: "delete from due where company = $1 and stream = $2 and kind = 'timer' and key = any($3::text[])",
			parameters: [company, stream, keys],
		},
	];
}

/** Keeps the timers of a stream equal to what the engine computed: gone ones deleted, new and moved ones written. */
export function syncTimers(
	company: string,
	stream: string,
	before: readonly Timer[],
	after: readonly Timer[],
	newId: () => string,
	more: readonly DueRow[] = [],
): Statement[] {
	const kept = new Map(before.map((one) => [one.key, one.at]));
	const wanted = new Set(after.map((one) => one.key));
	const gone = before.filter((one) => !wanted.has(one.key)).map((one) => one.key);
	const fresh = after.filter((one) => kept.get(one.key) !== one.at);
	const rows = fresh.map(
		(one): DueRow => ({
			company,
			id: newId(),
			stream,
			kind: "timer",
			key: one.key,
			at: one.at,
			payload: one.command,
		}),
	);
	return [...deleteTimers(company, stream, gone), ...insertDue([...rows, ...more])];
}

/** Effects to be performed at once, each under a key that makes it happen no more than once at the other end. */
export function effectRows(
	company: string,
	stream: string,
	seq: number,
	effects: readonly Effect[],
	at: string,
	newId: () => string,
): DueRow[] {
	return effects
		.filter((one) => one.do !== "enter")
		.map((effect, n) => ({
			company,
			id: newId(),
			stream,
			kind: "effect",
			key: `${seq}:${n}`,
			at,
			payload: effect,
		}));
}
