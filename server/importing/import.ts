import { systemOf } from "#engine/actor.ts";
import type { Case } from "#engine/case.ts";
import type { Refusal } from "#engine/decision.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import { Bulk } from "../bulk.ts";
import type { Desk } from "../handle.ts";
import { canonical, sha256 } from "../store/canonical.ts";
import { AdviceError, hasCode, messageOf } from "../store/database/advice.ts";
import { filingOf } from "./fields.ts";
import {
	beginRun,
	categoriesOf,
	countRows,
	endRun,
	enterRows,
	type LedgerRow,
	linesByKey,
	runsOfFile,
} from "./ledger.ts";
import type { ImportMap } from "./map.ts";
import { writeRejects } from "./rejects.ts";
import { keyOf, lineKey, type Row, readRows, type Shape, type Survey, shapeOf, survey } from "./rows.ts";
import { NO_CATEGORY_FOUND } from "./wording.ts";

/** What is to be imported, and how. */
export interface Order {
	company: string;
	pack: LoadedPack;
	file: string;
	/** Its name for people. */
	name: string;
	map: ImportMap;
	/** Where rejected rows are written. */
	rejects: string;
	/** Rows written at once. */
	batch: number;
	/** Import a file that was imported before with another map. */
	again: boolean;
	/** A refusal in words. */
	say: (refusal: Refusal) => string;
	/** Told after each batch. */
	report: (progress: Progress) => void;
}

export interface Progress {
	/** Rows of the file. */
	rows: number;
	/** Rows behind us, those of earlier runs too. */
	done: number;
	/** Rows that this run has taken or rejected. */
	now: number;
	rejected: number;
}

export interface Imported {
	id: string;
	rows: number;
	accepted: number;
	rejected: number;
	/** Rows that this run has written; the others had been before. */
	now: number;
	categories: { category: string; severity: string | null; cases: number }[];
}

/**
 * Imports a file of complaints. Each row becomes a case, decided by the engine as on the write path, or a reject with
 * its reasons; the ledger knows each, in the same transaction, so that a run that was cut off is simply run again.
 *
 * @throws AdviceError when the file or the company is not in order; nothing of the file is written then.
 */
export async function importFile(desk: Desk, order: Order): Promise<Imported> {
	const shape = shapeOf(order.file, order.map.file);
	const surveyed = await survey(order.file, shape, order.map);
	const id = sha256(canonical([surveyed.sha256, order.map, order.pack.name]));
	await begin(desk, order, id, surveyed);
	const run = new Run(desk, order, id, surveyed.rows, await organisationsOf(desk, order.company));
	for await (const rows of inBatches(readRows(order.file, shape), order.batch)) await run.take(rows);
	return await finish(desk, order, id, surveyed, shape, run.written);
}

async function begin(desk: Desk, order: Order, id: string, { sha256: file, rows }: Survey): Promise<void> {
	const { company, name, pack } = order;
	const [runs = []] = (await desk.database.read([runsOfFile(company, file)])) as { id: string }[][];
	if (!order.again && runs.length > 0 && runs.every((one) => one.id !== id))
		throw new AdviceError(
			`${name} was imported before, with another map or pack: its rows would be there twice. ` +
				"Rows that were rejected are imported from the rejects file; to import the whole file all the same, add --again.",
		);
	const run = { company, id, file, name, pack: pack.name, rows, at: desk.clock() };
	await desk.database.transaction((session) => session.commitWith([beginRun(run)]));
}

async function organisationsOf(desk: Desk, company: string): Promise<Set<string>> {
	const [rows = []] = (await desk.database.read([
		{ sql: "select id from organisation where company = $1", parameters: [company] },
	])) as { id: string }[][];
	return new Set(rows.map((one) => one.id));
}

async function finish(
	{ database, clock }: Desk,
	order: Order,
	id: string,
	{ rows }: Survey,
	shape: Shape,
	now: number,
): Promise<Imported> {
	const [counted = [], categories = []] = (await database.read([
		countRows(order.company, id),
		categoriesOf(order.company, id),
	])) as [{ accepted: number; rejected: number }[], Imported["categories"]];
	const { accepted = 0, rejected = 0 } = counted[0] ?? {};
	if (accepted + rejected !== rows)
		throw new Error(`${order.name}: ${rows} rows, but ${accepted} accepted and ${rejected} rejected`);
	await writeRejects(database, { company: order.company, id, file: order.file, shape, to: order.rejects, rejected });
	await database.transaction((session) => session.commitWith([endRun(order.company, id, clock())]));
	return { id, rows, accepted, rejected, now, categories };
}

async function* inBatches(rows: AsyncIterable<Row>, size: number): AsyncGenerator<Row[]> {
	let batch: Row[] = [];
	for await (const row of rows) {
		if (batch.push(row) < size) continue;
		yield batch;
		batch = [];
	}
	if (batch.length > 0) yield batch;
}

/** A row under the key that it is known by; `doubles` is the line at which that key was met first. */
interface Keyed {
	row: Row;
	key: string;
	doubles: number | null;
}

/** One run over the file. */
class Run {
	written = 0;
	#done = 0;
	#rejected = 0;
	readonly #desk: Desk;
	readonly #order: Order;
	readonly #id: string;
	readonly #rows: number;
	readonly #organisations: ReadonlySet<string>;

	constructor(desk: Desk, order: Order, id: string, rows: number, organisations: ReadonlySet<string>) {
		this.#desk = desk;
		this.#order = order;
		this.#id = id;
		this.#rows = rows;
		this.#organisations = organisations;
	}

	/** Takes those rows of a batch that the ledger doesn't know. */
	async take(rows: readonly Row[]): Promise<void> {
		const fresh = await this.#unknown(rows);
		if (fresh.length > 0) this.#rejected += await this.#write(fresh);
		this.written += fresh.length;
		this.#done += rows.length;
		this.#order.report({ rows: this.#rows, done: this.#done, now: this.written, rejected: this.#rejected });
	}

	async #unknown(rows: readonly Row[]): Promise<Keyed[]> {
		const { company, map } = this.#order;
		const keys = rows.map((row) => keyOf(row, map));
		const both = [...new Set([...keys, ...rows.map(lineKey)])];
		const lines = await linesByKey(this.#desk.database, company, this.#id, both);
		return rows.flatMap((row, n): Keyed[] => {
			const key = keys[n] ?? lineKey(row);
			const first = lines.get(key);
			if (first === row.line || lines.has(lineKey(row))) return [];
			lines.set(key, first ?? row.line);
			return first === undefined
				? [{ row, key, doubles: null }]
				: [{ row, key: lineKey(row), doubles: first }];
		});
	}

	/**
	 * Decides and writes rows in one transaction. Where the database refuses what a row holds, the rows are written in
	 * halves, so that only that row is rejected; a case number drawn twice is drawn again.
	 * @returns how many were rejected
	 */
	async #write(rows: readonly Keyed[], attempt = 1): Promise<number> {
		const bulk = new Bulk(this.#desk);
		const at = this.#desk.clock();
		const entries: LedgerRow[] = [];
		for (const one of rows) entries.push(await this.#played(bulk, one, at));
		try {
			await bulk.write([enterRows(this.#order.company, this.#id, entries)]);
		} catch (error) {
			if (isNumberTaken(error) && attempt < 5) return await this.#write(rows, attempt + 1);
			if (isAnothers(error))
				throw new AdviceError("Another process is importing this file into the same database: let it finish.");
			if (!isAboutData(error)) throw error;
			if (rows.length === 1) return await this.#refused(entries, messageOf(error));
			const half = Math.ceil(rows.length / 2);
			return (await this.#write(rows.slice(0, half))) + (await this.#write(rows.slice(half)));
		}
		return entries.filter((one) => one.reasons !== null).length;
	}

	async #refused(entries: readonly LedgerRow[], why: string): Promise<number> {
		const rejected = entries.map((one) => ({ ...one, stream: null, reasons: [`the database refuses it: ${why}`] }));
		const ledger = enterRows(this.#order.company, this.#id, rejected);
		await this.#desk.database.transaction((session) => session.commitWith([ledger]));
		return rejected.length;
	}

	async #played(bulk: Bulk, { row, key, doubles }: Keyed, at: string): Promise<LedgerRow> {
		const entry = { key, line: row.line, stream: null };
		if (doubles !== null) return { ...entry, reasons: [`key: the same as in line ${doubles}`] };
		if (row.problem !== null || row.values === null)
			return { ...entry, reasons: [row.problem ?? "the line holds no object"] };
		const { map, pack, company, say } = this.#order;
		const filing = filingOf(row.values, map, pack, this.#organisations);
		if (!filing.ok) return { ...entry, reasons: filing.reasons };
		const actor = systemOf(company);
		const filed = await bulk.play({ actor, case: null, pack, type: "FileComplaint", fields: filing.fields, at, effects: "drop" });
		if (!filed.ok)
			return {
				...entry,
				reasons: "refusal" in filed ? [say(filed.refusal)] : filed.malformed.map((one) => `${one.at}: ${one.problem}`),
			};
		await grade(bulk, filed.case, at);
		return { ...entry, stream: filed.case.id, reasons: null };
	}
}

/**
 * Where no word led to a category the system says `other`, and why; what a word led to stays a proposal, for a person
 * to decide. Then the rules grade, where the facts suffice; where they don't, a person will.
 */
async function grade(bulk: Bulk, filed: Case, at: string): Promise<void> {
	const act = { actor: systemOf(filed.company), case: filed.id, at, effects: "drop" as const };
	const why = NO_CATEGORY_FOUND[filed.intake?.language ?? "zh"];
	for (const one of filed.allegations)
		if (!one.category && !one.proposed)
			await bulk.play({ ...act, type: "ClassifyAllegation", fields: { allegation: one.id, category: "other", why } });
	await bulk.play({ ...act, type: "GradeCase", fields: {} });
}

function isNumberTaken(error: unknown): boolean {
	return hasCode(error, "23505") && (error as { constraint?: string }).constraint === "case_row_number";
}

function isAnothers(error: unknown): boolean {
	const { constraint = "" } = error as { constraint?: string };
	return hasCode(error, "23505") && constraint.startsWith("import_row_");
}

/** SQLSTATE classes 22 (data exception), 23 (constraint) and 54 (program limit). */
function isAboutData(error: unknown): boolean {
	const { code } = error as { code?: unknown };
	return typeof code === "string" && /^(22|23|54)/.test(code);
}
