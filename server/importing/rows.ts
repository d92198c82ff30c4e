import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse";
import { sha256 } from "../store/canonical.ts";
import { AdviceError, messageOf } from "../store/database/advice.ts";
import { columnsOf, type ImportMap } from "./map.ts";
import { type RowValues, valueAt } from "./row-values.ts";

/** The rows of a file of complaints, read in pieces: JSON lines or CSV, plain or gzipped. */

export interface Row {
	/** Where it begins in the file, from 1. */
	line: number;
	/** Null where the line holds no object. */
	values: RowValues | null;
	/** As it stands in the file; of CSV its cells as JSON. */
	raw: string;
	/** Why it can't be read. */
	problem: string | null;
}

export interface Shape {
	kind: "jsonl" | "csv";
	gzipped: boolean;
	encoding: ImportMap["file"]["encoding"];
	delimiter: string;
}

/** @throws AdviceError when the name doesn't say what the file is. */
export function shapeOf(file: string, { encoding, delimiter }: ImportMap["file"]): Shape {
	const [, name = ""] = /\.(jsonl|ndjson|csv|tsv)(\.gz)?$/i.exec(file) ?? [];
	const extension = name.toLowerCase();
	if (extension === "")
		throw new AdviceError(
			`${file} is neither .jsonl, .ndjson, .csv nor .tsv (each may end in .gz): name it so.`,
		);
	return {
		kind: extension.endsWith("sv") ? "csv" : "jsonl",
		gzipped: /\.gz$/i.test(file),
		encoding,
		delimiter: delimiter ?? (extension === "tsv" ? "\t" : ","),
	};
}

/** Longer lines and records than any complaint's, in characters: beyond, the file is not what its name says. */
const LONGEST_RECORD = 4_000_000;

/**
 * The rows in order; empty lines are none.
 *
 * @throws AdviceError where the file can't be read on: broken off, another encoding, a quotation mark left open.
 */
export async function* readRows(file: string, shape: Shape): AsyncGenerator<Row> {
	const text = decoded(file, shape);
	yield* shape.kind === "csv" ? csvRows(file, text, shape.delimiter) : jsonRows(file, text);
}

async function* decoded(file: string, { gzipped, encoding }: Shape): AsyncGenerator<string> {
	const bytes = createReadStream(file, { highWaterMark: 256 * 1024 });
	const plain = gzipped ? bytes.pipe(createGunzip()) : bytes;
	bytes.on("error", (error) => plain.destroy(error));
	const decoder = new TextDecoder(encoding, { fatal: true });
	try {
		for await (const chunk of plain) yield decoder.decode(chunk, { stream: true });
		yield decoder.decode();
	} catch (error) {
		if (error instanceof TypeError)
			throw new AdviceError(
				`${file} is not written in ${encoding}: say in the map how it is, under file.encoding.`,
			);
		throw new AdviceError(`${file} can't be read to its end: ${messageOf(error)}`);
	} finally {
		bytes.destroy();
	}
}

/** Lines by `\n`: other signs that some take for line ends may stand inside JSON texts. */
async function* linesOf(
	file: string,
	text: AsyncIterable<string>,
): AsyncGenerator<{ line: number; raw: string }> {
	let rest = "";
	let line = 0;
	for await (const chunk of text) {
		const lines = (rest + chunk).split("\n");
		rest = lines.pop() ?? "";
		for (const raw of lines) yield { line: ++line, raw };
		if (rest.length > LONGEST_RECORD) throw tooLong(file, line + 1);
	}
	if (rest !== "") yield { line: line + 1, raw: rest };
}

function tooLong(file: string, line: number): AdviceError {
	return new AdviceError(
		`${file} line ${line}: longer than ${LONGEST_RECORD} characters. Is it what its name says, and is every quotation mark closed?`,
	);
}

async function* jsonRows(file: string, text: AsyncIterable<string>): AsyncGenerator<Row> {
	for await (const { line, raw } of linesOf(file, text)) {
		const trimmed = raw.replace(/^\uFEFF/, "").trim();
		if (trimmed !== "") yield jsonRow(line, trimmed);
	}
}

function jsonRow(line: number, raw: string): Row {
	try {
		const value: unknown = JSON.parse(raw);
		if (value !== null && typeof value === "object" && !Array.isArray(value))
			return { line, raw, problem: null, values: rejectedBefore(value as RowValues) };
		return { line, raw, values: null, problem: "the line holds no JSON object" };
	} catch (error) {
		return { line, raw, values: null, problem: `the line is not JSON: ${messageOf(error)}` };
	}
}

/** A line of a rejects file stands for the row in it, so that the file can be mended and imported. */
function rejectedBefore(values: RowValues): RowValues {
	const { row, reasons, line } = values;
	const rejected = typeof line === "number" && Array.isArray(reasons) && Object.keys(values).length === 3;
	return rejected && row !== null && typeof row === "object" && !Array.isArray(row)
		? (row as RowValues)
		: values;
}

/** Where cells beyond the header's are put, so that a reject shows them. */
const BEYOND = "(beyond the header)";

async function* csvRows(file: string, text: AsyncIterable<string>, delimiter: string): AsyncGenerator<Row> {
	const parser = parse({
		delimiter,
		bom: true,
		info: true,
		relax_column_count: true,
		relax_quotes: true,
		skip_empty_lines: true,
		max_record_size: LONGEST_RECORD,
	});
	// what breaks the text breaks the parser, and so the loop below
	pipeline(Readable.from(text), parser, () => {});
	let header: string[] | null = null;
	let line = 1;
	try {
		for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
			if (header) yield csvRow(line, record, header);
			else header = checkedHeader(file, record);
			line = info.lines + 1;
		}
	} catch (error) {
		if (error instanceof AdviceError) throw error;
		throw new AdviceError(
			`${file}, in the record that begins at line ${line}: ${messageOf(error)}. Mend it there (a quotation mark inside quotation marks is written twice).`,
		);
	}
}

interface CsvRecord {
	record: string[];
	/** `lines`: read up to here. */
	info: { lines: number };
}

function checkedHeader(file: string, cells: readonly string[]): string[] {
	const names = cells.map((one) => one.trim());
	const doubled = names.find((one, n) => one !== "" && names.indexOf(one) !== n);
	if (doubled !== undefined)
		throw new AdviceError(`${file}: two columns are called "${doubled}": give each a name of its own.`);
	return names;
}

function csvRow(line: number, cells: readonly string[], header: readonly string[]): Row {
	const values: Record<string, unknown> = Object.fromEntries(header.map((name, n) => [name, cells[n] ?? ""]));
	const raw = JSON.stringify(cells);
	if (cells.length === header.length) return { line, values, raw, problem: null };
	if (cells.length > header.length) values[BEYOND] = cells.slice(header.length);
	return { line, values, raw, problem: `${cells.length} cells, where the header has ${header.length}` };
}

/** What the row is known by in the ledger: its key where the map names a column, else its line and content. */
export function keyOf({ line, values, raw, problem }: Row, map: ImportMap): string {
	const named =
		map.key === undefined || values === null || problem !== null ? null : valueAt(values, map.key);
	if ((typeof named !== "string" && typeof named !== "number") || named === "") return lineKey({ line, raw });
	const key = String(named);
	return key.length > 200 || key.includes("\0") || !key.isWellFormed() ? `key#${sha256(key)}` : `key:${key}`;
}

export function lineKey({ line, raw }: Pick<Row, "line" | "raw">): string {
	return `line:${line}:${sha256(raw)}`;
}

export interface Survey {
	/** Of the file's bytes. */
	sha256: string;
	rows: number;
}

/**
 * Reads the whole file once before anything is written: whether it can be read, how many rows it has, and whether
 * every column that the map names is there.
 *
 * @throws AdviceError
 */
export async function survey(file: string, shape: Shape, map: ImportMap): Promise<Survey> {
	const hash = createHash("sha256");
	try {
		for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) hash.update(chunk);
	} catch (error) {
		throw new AdviceError(`${file} can't be read: ${messageOf(error)}`);
	}
	let missing = columnsOf(map);
	let rows = 0;
	for await (const { values } of readRows(file, shape)) {
		rows += 1;
		if (values && missing.length > 0)
			missing = missing.filter(({ column }) => valueAt(values, column) === undefined);
	}
	if (rows > 0 && missing.length > 0) {
		const named = missing.map(({ column, field }) => `${column} (for ${field})`).join(", ");
		throw new AdviceError(`No row of ${file} has what the map names: ${named}. Correct the map.`);
	}
	return { sha256: hash.digest("hex"), rows };
}
