import { type Case, FOLD } from "#engine/case.ts";
import type { ConductFile } from "#engine/conduct.ts";
import { COMMANDS, needsOf } from "#engine/journey.ts";
import type { Context } from "#engine/steps/step.ts";
import { dayOf } from "#engine/time/instant.ts";
import { outOfBoundsIn } from "./bounds.ts";
import { type Change, decideChange } from "./change.ts";
import { problemFrom } from "./field-faults.ts";
import type { Answer, Desk, Request } from "./handle.ts";
import { contextPeople, type Office } from "./office.ts";
import type { Statement } from "./store/database/database.ts";
import { GENESIS } from "./store/history.ts";
import { refold } from "./store/refold.ts";
import { readConduct, type Snapshot } from "./store/snapshots.ts";

/** What writing and rehearsing have in common: a request is parsed and decided in the same way by both. */

/** Why a request is not taken. */
export type NotTaken = Exclude<Answer, { ok: true }>;

/** The fields as the command's own schema wants them. */
export function parseFields(request: Request): { ok: true; fields: unknown } | NotTaken {
	const rule = COMMANDS.get(request.type);
	if (!rule)
		return { ok: false, malformed: [{ at: "type", problem: `there is no command ${request.type}` }] };
	const parsed = rule.schema.safeParse({ ...request.fields, ...request.trusted });
	if (!parsed.success) return { ok: false, malformed: parsed.error.issues.map(problemFrom) };
	const tooLong = outOfBoundsIn(parsed.data);
	return tooLong.length > 0 ? { ok: false, malformed: tooLong } : { ok: true, fields: parsed.data };
}

/** The world around a decision, as it was read. */
export interface World {
	office: Office;
	now: string;
	/** The case; null: a new one is filed. */
	row: Snapshot<Case> | null;
	/** The other cases that the command names (`namedCases`). */
	cases: readonly NamedCase[];
	/** Reads what else is needed: in the transaction, where one is open. */
	read: (statements: readonly Statement[]) => Promise<unknown[][]>;
}

/** Decides a parsed request against the world: what would change, or why nothing does. Writes nothing. */
export async function decideOn(
	desk: Desk,
	request: Request,
	fields: unknown,
	world: World,
): Promise<Change | NotTaken> {
	const { office, now, row } = world;
	const state = row ? await current(row, request.actor.company, world.read) : null;
	const pack = state
		? desk.packs.get(state.pack.name, state.pack.version)
		: desk.packs.newest(request.pack ?? "");
	if (!pack) return { ok: false, malformed: [{ at: "pack", problem: `there is no pack "${request.pack}"` }] };
	const seen = state?.seq ?? 0;
	if (request.expected !== undefined && request.expected !== seen)
		return { ok: false, refusal: { reason: "Conflict", detail: { seq: seen, expected: request.expected } } };
	const needs = needsOf(request.type);
	return decideChange({
		before: state,
		head: row?.head ?? GENESIS,
		pack,
		actor: request.actor,
		type: request.type,
		fields,
		now,
		days: desk.days.current,
		people: needs.includes("people") ? contextPeople(office, dayOf(now, office.zone)) : undefined,
		cases: needs.includes("cases") ? casesFrom(world.cases) : undefined,
		conduct: needs.includes("conduct") && state ? await conductOf(state, world.read) : undefined,
	});
}

/** A snapshot made by an older fold is folded anew from its history. */
async function current(row: Snapshot<Case>, company: string, read: World["read"]): Promise<Case> {
	if (row.fold === FOLD) return row.state;
	return await refold(company, row, {
		run: async <R>(statement: Statement) => ((await read([statement]))[0] ?? []) as R[],
	});
}

/** The conduct files of the people in a case. */
async function conductOf(
	{ company, parties }: Case,
	read: World["read"],
): Promise<NonNullable<Context["conduct"]>> {
	const people = parties.flatMap((one) => one.person ?? []);
	const [rows = []] = (await read([readConduct(company, people)])) as Snapshot<ConductFile>[][];
	return Object.fromEntries(rows.map((row) => [row.stream, row.state]));
}

export interface NamedCase {
	id: string;
	number: string;
	closed: boolean;
	joined: boolean;
	orders: string[];
}

/** The other cases that a command names, for those that declare the need. */
export function namedCases(company: string, type: string, fields: unknown): Statement[] {
	if (!needsOf(type).includes("cases")) return [];
	const { into, case: other, incident } = fields as Record<string, string | undefined>;
	const ids = [into, other, incident].filter((one) => one !== undefined);
	return [
		{
			name: "named-cases",
			sql: "select id, number, closed_at is not null as closed, joined, orders from case_row where company = $1 and id = any($2::text[])",
			parameters: [company, ids],
		},
	];
}

function casesFrom(rows: readonly NamedCase[]): NonNullable<Context["cases"]> {
	return Object.fromEntries(rows.map((one) => [one.id, one]));
}
