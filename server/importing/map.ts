import { readFile } from "node:fs/promises";
import { parseDocument } from "yaml";
import { z } from "zod";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import { didYouMean } from "#engine/rules/nearest.ts";
import { FileComplaint } from "#engine/steps/intake-filing.ts";
import { isZone } from "#engine/time/zone.ts";
import { AdviceError, messageOf } from "../store/database/advice.ts";
import { timeReader } from "./times.ts";

/** The map of an import: which column (or dotted path) of a file says what of a complaint. See docs/import.md. */

/** A column's name, or a dotted path into a JSON row. */
const Path = z.string().min(1).max(200);

/** A plain text names a column, a list several that are joined. */
const written = (value: unknown) =>
	typeof value === "string" || Array.isArray(value) ? { column: value } : value;

const oneSource = (cell: { column?: unknown; value?: unknown }) =>
	(cell.column === undefined) !== (cell.value === undefined);
const oneSourceOnly = "say either column or value";

const oneColumn = "say a column's name";
const columns = `${oneColumn}, or several in a list`;
const fromWhere = `${columns}, or { value: … } for the same in every row`;

const Constant = z
	.union([z.string().min(1), z.number(), z.boolean()], "say a text, a number, true or false")
	.transform(String);

const Cell = z.preprocess(
	written,
	z
		.strictObject(
			{
				column: z.union([Path.transform((one) => [one]), z.array(Path).min(1).max(20)], columns).optional(),
				/** The same in every row. */
				value: Constant.optional(),
				/** Put between several columns. */
				join: z.string().default("\n"),
				/** What the file calls it → what it is called here. */
				values: z.record(z.string(), Constant).optional(),
				/** For what `values` doesn't name, and for empty cells. */
				otherwise: Constant.optional(),
			},
			{ error: (issue) => (issue.code === "unrecognized_keys" ? undefined : fromWhere) },
		)
		.refine(oneSource, oneSourceOnly),
);
export type Cell = z.output<typeof Cell>;

const Time = z.preprocess(
	written,
	z
		.strictObject({
			column: z.string(oneColumn).min(1).max(200),
			/** One, or several that are tried in turn. */
			format: z
				.union([z.string().transform((one) => [one]), z.array(z.string()).min(1).max(10)])
				.default(["iso"]),
			/** Of times without an offset; the pack's when missing. */
			zone: z.string().refine(isZone, "no such time zone: say it like Asia/Shanghai").optional(),
		})
		.refine(
			({ format }) => format.every((one) => timeReader(one) !== null),
			"a format is iso, unix-seconds, unix-milliseconds, excel, or a pattern with yyyy, M, d and so on",
		),
);
export type TimeCell = z.output<typeof Time>;

const PartyCells = z.strictObject({
	seat: z.string(),
	name: Cell.optional(),
	phone: Cell.optional(),
	address: Cell.optional(),
	plate: Cell.optional(),
});

const ImportMap = z.strictObject({
	file: z
		.strictObject({
			encoding: z.enum(["utf-8", "gb18030", "gbk", "big5", "utf-16le"]).default("utf-8"),
			delimiter: z.enum([",", ";", "\t", "|"]).optional(),
		})
		.prefault({}),
	/** A column that names each row, so that the same row is known again; else its line does. */
	key: Path.optional(),
	verbatim: Cell,
	channel: Cell,
	receivedAt: Time.optional(),
	occurredAt: Time.optional(),
	kind: Cell.optional(),
	source: Cell.optional(),
	language: Cell.optional(),
	summary: Cell.optional(),
	wished: Cell.optional(),
	place: Cell.optional(),
	/** In yuan, as people write it. */
	amount: Cell.optional(),
	category: Cell.optional(),
	organisation: Cell.optional(),
	order: z
		.strictObject({ number: Cell, takenAt: Time.optional(), facts: z.record(z.string(), Cell).default({}) })
		.optional(),
	parties: z.array(PartyCells).max(20).default([]),
	flags: z.record(z.string(), Cell).default({}),
});
export type ImportMap = z.output<typeof ImportMap>;

/**
 * Reads a map and checks it against the pack: its seats, facts, categories, flags and closed lists.
 *
 * @throws AdviceError listing every problem with its place.
 */
export async function readMap(file: string, pack: LoadedPack): Promise<ImportMap> {
	const text = await readFile(file, "utf8").catch((error: unknown) => {
		throw new AdviceError(`The map ${file} can't be read: ${messageOf(error)}`);
	});
	return parseMap(text, pack, file);
}

/** As `readMap`, from its text. */
export function parseMap(text: string, pack: LoadedPack, name = "MAP.yaml"): ImportMap {
	const document = parseDocument(text);
	const [broken] = document.errors;
	if (broken) throw problemsIn(name, [broken.message.split("\n")[0] ?? "no YAML"]);
	const parsed = ImportMap.safeParse(document.toJS());
	if (!parsed.success)
		throw problemsIn(
			name,
			parsed.error.issues.map((one) => `${one.path.join(".") || "the map"}: ${one.message}`),
		);
	const problems = againstPack(parsed.data, pack);
	if (problems.length > 0) throw problemsIn(name, problems);
	return parsed.data;
}

function problemsIn(name: string, problems: readonly string[]): AdviceError {
	return new AdviceError(`The map ${name} is not in order:\n${problems.map((one) => `  ${one}`).join("\n")}`);
}

function againstPack(map: ImportMap, pack: LoadedPack): string[] {
	const { seats } = pack.data.head;
	const facts = Object.keys(orderFacts(pack));
	const flags = pack.data.routes.flags.map((one) => one.id);
	return [
		...map.parties.flatMap(({ seat }, n) => unknownIn(`parties.${n}.seat`, seat, Object.keys(seats), pack)),
		...Object.keys(map.order?.facts ?? {}).flatMap((one) => unknownIn("order.facts", one, facts, pack)),
		...Object.keys(map.flags).flatMap((one) => unknownIn("flags", one, flags, pack)),
		...targetsOf(map.category).flatMap((one) =>
			unknownIn("category", one, [...pack.categories.keys()], pack),
		),
		...(["kind", "source", "channel", "language"] as const).flatMap((field) => closed(field, map[field])),
	];
}

function unknownIn(at: string, word: string, known: readonly string[], pack: LoadedPack): string[] {
	if (known.includes(word)) return [];
	return [
		`${at}: the pack ${pack.name} has no "${word}"${didYouMean(word, known)} It has: ${known.join(", ")}`,
	];
}

/** Facts that come with an order, by the name they have in it. */
export function orderFacts(pack: LoadedPack): Record<string, LoadedPack["sheet"][string]> {
	return Object.fromEntries(
		Object.values(pack.sheet).flatMap((one) =>
			one.from?.startsWith("order.") ? [[one.from.slice("order.".length), one]] : [],
		),
	);
}

/** What a cell can become, as far as the map says it. */
function targetsOf(cell: Cell | undefined): string[] {
	return [cell?.value, cell?.otherwise, ...Object.values(cell?.values ?? {})].filter(
		(one) => one !== undefined,
	);
}

function closed(field: "kind" | "source" | "channel" | "language", cell: Cell | undefined): string[] {
	return targetsOf(cell).flatMap((one) => {
		const parsed = FileComplaint.shape[field].safeParse(one);
		return parsed.success ? [] : [`${field}: "${one}": ${parsed.error.issues[0]?.message}`];
	});
}

/** Every column that the map names, with the field that it is for. */
export function columnsOf(map: ImportMap): { column: string; field: string }[] {
	const found: { column: string; field: string }[] = [];
	const walk = (value: unknown, field: string): void => {
		if (value === null || typeof value !== "object") return;
		for (const [key, one] of Object.entries(value)) {
			if (key === "column") for (const column of [one].flat()) found.push({ column, field });
			else if (key !== "values") walk(one, field ? `${field}.${key}` : key);
		}
	};
	const { key, ...fields } = map;
	walk(fields, "");
	return key === undefined ? found : [{ column: key, field: "key" }, ...found];
}
