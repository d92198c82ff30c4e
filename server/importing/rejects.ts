import { createWriteStream } from "node:fs";
import { access, rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AdviceError, messageOf } from "../store/database/advice.ts";
import type { Database } from "../store/database/database.ts";
import { readRejects } from "./ledger.ts";
import { type Row, readRows, type Shape } from "./rows.ts";

interface Rejects {
	company: string;
	id: string;
	file: string;
	shape: Shape;
	to: string;
	rejected: number;
}

const PAGE = 1_000;

/**
 * Writes every rejected row of an import as a JSON line `{line, reasons, row}`: which and why from the ledger, what it
 * held from the file. The file of rejects appears whole or not at all; without rejects an earlier one goes.
 *
 * @throws AdviceError when it can't be written; the import itself is done by then.
 */
export async function writeRejects(
	database: Pick<Database<unknown>, "read">,
	rejects: Rejects,
): Promise<void> {
	const { to, rejected } = rejects;
	if (rejected === 0 && !(await isThere(to))) return;
	const partial = `${to}.partial`;
	try {
		await pipeline(
			Readable.from(linesOf(database, rejects)),
			createWriteStream(partial, { mode: 0o600, flush: true }),
		);
		if (rejected === 0) await Promise.all([rm(partial), rm(to)]);
		else await rename(partial, to);
	} catch (error) {
		await rm(partial, { force: true });
		throw new AdviceError(
			`The rows are imported, but the rejects can't be written to ${to}: ${messageOf(error)}. Run the import again with --rejects FILE.`,
		);
	}
}

function isThere(file: string): Promise<boolean> {
	return access(file).then(
		() => true,
		() => false,
	);
}

/** Ledger and file in step: both are in the order of lines. */
async function* linesOf(database: Pick<Database<unknown>, "read">, rejects: Rejects): AsyncGenerator<string> {
	if (rejects.rejected === 0) return;
	const entries = entriesOf(database, rejects);
	let next = await entries.next();
	for await (const row of readRows(rejects.file, rejects.shape)) {
		if (next.done) return;
		if (next.value.line !== row.line) continue;
		yield `${JSON.stringify({ line: row.line, reasons: next.value.reasons, row: heldBy(row) })}\n`;
		next = await entries.next();
	}
}

function heldBy({ values, raw }: Row): unknown {
	return values ?? raw;
}

interface Entry {
	line: number;
	reasons: string[];
}

async function* entriesOf(
	database: Pick<Database<unknown>, "read">,
	{ company, id }: Rejects,
): AsyncGenerator<Entry, undefined> {
	for (let after = 0; ; ) {
		const [rows = []] = (await database.read([readRejects(company, id, after, PAGE)])) as Entry[][];
		yield* rows;
		const last = rows.at(-1);
		if (!last || rows.length < PAGE) return undefined;
		after = last.line;
	}
}
