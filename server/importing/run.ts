import { setImmediate as turn } from "node:timers/promises";
import { systemOf } from "#engine/actor.ts";
import type { Case } from "#engine/case.ts";
import type { Refusal } from "#engine/decision.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import { Bulk } from "../bulk.ts";
import type { Desk } from "../handle.ts";
import { AdviceError, hasCode, messageOf } from "../store/database/advice.ts";
import { filingOf } from "./fields.ts";
import { enterRows, type LedgerRow, linesByKey } from "./ledger.ts";
import type { ImportMap } from "./map.ts";
import { keyOf, lineKey, type Row } from "./rows.ts";
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
	/** Told of imported cases about whose orders something was photographed on the road. */
	withRoadProof?: (company: string, kase: string) => Promise<void>;
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

/** What a run stands on. */
export interface Ground {
	/** The last line that the ledger knows. */
	line: number;
	/** Rejected up to there. */
	rejected: number;
	organisations: ReadonlySet<string>;
}

/** A row under the key that it is known by; `doubles` is the line at which that key was met first. */
interface Keyed {
	row: Row;
	key: string;
	doubles: number | null;
}

/** Rows decided in memory, not yet written. */
interface Decided {
	rows: readonly Keyed[];
	bulk: Bulk;
	entries: LedgerRow[];
}

/** Rows decided before the event loop gets a turn, so that what is being written goes on beside. */
const DECIDED_IN_A_ROW = 8;

/**
 * One run over the file. Rows are written in the order of the file, so that what the ledger knows is always the file's
 * beginning. One batch is decided while the one before it is written.
 */
export class Run {
	written = 0;
	#done = 0;
	#rejected: number;
	#writing: Promise<void> = Promise.resolve();
	readonly #desk: Desk;
	readonly #order: Order;
	readonly #id: string;
	readonly #rows: number;
	readonly #ground: Ground;

	constructor(desk: Desk, order: Order, id: string, rows: number, ground: Ground) {
		this.#desk = desk;
		this.#order = order;
		this.#id = id;
		this.#rows = rows;
		this.#ground = ground;
		this.#rejected = ground.rejected;
	}

	/** Takes those of the file's next rows that the ledger doesn't know. */
	async take(rows: readonly Row[]): Promise<void> {
		const fresh = rows.filter((one) => one.line > this.#ground.line);
		const decided = await this.#decide(keyed(fresh, this.#order.map));
		await this.#writing;
		this.#writing = this.#write(decided).then((rejected) => {
			this.#rejected += rejected;
			this.written += fresh.length;
			this.#done += rows.length;
			this.#order.report({ rows: this.#rows, done: this.#done, now: this.written, rejected: this.#rejected });
		});
		// what goes wrong is thrown where it is awaited
		this.#writing.catch(() => {});
	}

	/** Waits for the last batch. */
	async settle(): Promise<void> {
		await this.#writing;
	}

	async #decide(rows: readonly Keyed[]): Promise<Decided> {
		const bulk = new Bulk(this.#desk);
		const at = this.#desk.clock();
		const entries: LedgerRow[] = [];
		for (const one of rows) {
			if (entries.push(await this.#played(bulk, one, at)) % DECIDED_IN_A_ROW === 0) await turn();
		}
		return { rows, bulk, entries };
	}

	/**
	 * Writes rows in one transaction, in the order of the file. A case number drawn twice is drawn again; a key met
	 * before is a reject; where the database refuses what a row holds, the rows are written in halves, so that only
	 * that row is rejected.
	 * @returns how many were rejected
	 */
	async #write({ rows, bulk, entries }: Decided, attempt = 1): Promise<number> {
		if (rows.length === 0) return 0;
		try {
			await bulk.write([enterRows(this.#order.company, this.#id, entries)]);
		} catch (error) {
			const anew = async (some: readonly Keyed[]) => this.#write(await this.#decide(some), attempt + 1);
			if (attempt < 40 && isTaken(error, "case_row_number")) return await anew(rows);
			if (isTaken(error, "import_row_pkey", "import_row_line")) return await anew(await this.#doubled(rows));
			if (!isAboutData(error)) throw error;
			if (rows.length === 1) return await this.#refused(entries, messageOf(error));
			const half = Math.ceil(rows.length / 2);
			return (await anew(rows.slice(0, half))) + (await anew(rows.slice(half)));
		}
		return entries.filter((one) => one.reasons !== null).length;
	}

	/** The rows, with those marked whose key an earlier line has. */
	async #doubled(rows: readonly Keyed[]): Promise<Keyed[]> {
		const keys = rows.map((one) => one.key);
		const lines = await linesByKey(this.#desk.database, this.#order.company, this.#id, keys);
		if (lines.size === 0 || rows.some((one) => lines.get(one.key) === one.row.line))
			throw new AdviceError("Another process is importing this file into the same database: let it finish.");
		return rows.map((one) => {
			const first = lines.get(one.key);
			return first === undefined ? one : { row: one.row, key: lineKey(one.row), doubles: first };
		});
	}

	async #refused(entries: readonly LedgerRow[], why: string): Promise<number> {
		const rejected = entries.map((one) => ({
			...one,
			stream: null,
			reasons: [`the database refuses it: ${why}`],
		}));
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
		const filing = filingOf(row.values, map, pack, this.#ground.organisations);
		if (!filing.ok) return { ...entry, reasons: filing.reasons };
		const actor = systemOf(company);
		const filed = await bulk.play({
			actor,
			case: null,
			pack,
			type: "FileComplaint",
			fields: filing.fields,
			at,
			effects: "drop",
		});
		if (!filed.ok)
			return {
				...entry,
				reasons:
					"refusal" in filed
						? [say(filed.refusal)]
						: filed.malformed.map((one) => `${one.at}: ${one.problem}`),
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
			await bulk.play({
				...act,
				type: "ClassifyAllegation",
				fields: { allegation: one.id, category: "other", why },
			});
	await bulk.play({ ...act, type: "GradeCase", fields: {} });
}

/** Rows under their keys; of two with one key in a batch, the second doubles the first. */
function keyed(rows: readonly Row[], map: ImportMap): Keyed[] {
	const lines = new Map<string, number>();
	return rows.map((row) => {
		const key = keyOf(row, map);
		const first = lines.get(key);
		if (first !== undefined) return { row, key: lineKey(row), doubles: first };
		lines.set(key, row.line);
		return { row, key, doubles: null };
	});
}

function isTaken(error: unknown, ...constraints: readonly string[]): boolean {
	const { constraint = "" } = error as { constraint?: string };
	return hasCode(error, "23505") && constraints.includes(constraint);
}

/** SQLSTATE classes 22 (data exception), 23 (constraint) and 54 (program limit). */
function isAboutData(error: unknown): boolean {
	const { code } = error as { code?: unknown };
	return typeof code === "string" && /^(22|23|54)/.test(code);
}
