import type { Desk } from "../handle.ts";
import { canonical, sha256 } from "../store/canonical.ts";
import { AdviceError } from "../store/database/advice.ts";
import {
	beginRun,
	type Counted,
	casesWithRoadProof,
	categoriesOf,
	countRows,
	endRun,
	runsOfFile,
} from "./ledger.ts";
import { writeRejects } from "./rejects.ts";
import { type Row, readRows, type Shape, type Survey, shapeOf, survey } from "./rows.ts";
import { type Ground, type Order, Run } from "./run.ts";

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
	const run = new Run(desk, order, id, surveyed.rows, await groundOf(desk, order.company, id));
	for await (const rows of inBatches(readRows(order.file, shape), order.batch)) await run.take(rows);
	await run.settle();
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

async function groundOf(desk: Desk, company: string, id: string): Promise<Ground> {
	const [counted = [], rows = []] = (await desk.database.read([
		countRows(company, id),
		{ sql: "select id from organisation where company = $1", parameters: [company] },
	])) as [Counted[], { id: string }[]];
	const { line = 0, rejected = 0 } = counted[0] ?? {};
	return { line, rejected, organisations: new Set(rows.map((one) => one.id)) };
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
	])) as [Counted[], Imported["categories"]];
	const { accepted = 0, rejected = 0 } = counted[0] ?? {};
	if (order.withRoadProof) await carryRoadProof(database, order, id, order.withRoadProof);
	if (accepted + rejected !== rows)
		throw new Error(`${order.name}: ${rows} rows, but ${accepted} accepted and ${rejected} rejected`);
	await writeRejects(database, {
		company: order.company,
		id,
		file: order.file,
		shape,
		to: order.rejects,
		rejected,
	});
	await database.transaction((session) => session.commitWith([endRun(order.company, id, clock())]));
	return { id, rows, accepted, rejected, now, categories };
}

/** At the end and each piece once, so that an import which was cut off brings what it had left out. */
async function carryRoadProof(
	database: Desk["database"],
	{ company }: Order,
	id: string,
	carry: NonNullable<Order["withRoadProof"]>,
): Promise<void> {
	const [cases = []] = (await database.read([casesWithRoadProof(company, id)])) as { id: string }[][];
	for (const one of cases) await carry(company, one.id);
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
