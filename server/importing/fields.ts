import type { LoadedPack } from "#engine/packs/loaded.ts";
import { FileComplaint } from "#engine/steps/intake-filing.ts";
import { outOfBoundsIn } from "../bounds.ts";
import { hostileIn } from "../http/hostile.ts";
import { expectedFact, readAmount, readFact, readYesNo } from "./cells.ts";
import { type Cell, type ImportMap, orderFacts, type TimeCell } from "./map.ts";
import { type RowValues, textOf, valueAt } from "./row-values.ts";
import { timeReader } from "./times.ts";

/** What a row says as the fields of a filing, or every reason why it can't be one. */
export type Filing = { ok: true; fields: Record<string, unknown> } | { ok: false; reasons: string[] };

/** The fields of a complaint in a row. `organisations` are those of the company. */
export function filingOf(
	row: RowValues,
	map: ImportMap,
	pack: LoadedPack,
	organisations: ReadonlySet<string>,
): Filing {
	const reader = new RowReader(row, pack);
	const fields = fieldsOf(reader, map, pack);
	const organisation = fields.organisation;
	if (typeof organisation === "string" && !organisations.has(organisation))
		reader.reasons.push(`organisation: the company has no organisation "${organisation}"`);
	if (reader.reasons.length > 0) return { ok: false, reasons: reader.reasons };
	const hostile = hostileIn(fields);
	if (hostile) return { ok: false, reasons: [`${hostile.at}: ${hostile.problem}`] };
	const parsed = FileComplaint.safeParse(fields);
	if (!parsed.success)
		return { ok: false, reasons: parsed.error.issues.map((one) => `${one.path.join(".")}: ${one.message}`) };
	const long = outOfBoundsIn(parsed.data);
	if (long.length > 0) return { ok: false, reasons: long.map((one) => `${one.at}: ${one.problem}`) };
	return { ok: true, fields };
}

function fieldsOf(row: RowReader, map: ImportMap, pack: LoadedPack): Record<string, unknown> {
	const amount = row.read("amount", map.amount, readAmount, "an amount in yuan such as 1234.50");
	const parties = partiesOf(row, map);
	const category = row.text("category", map.category);
	return given({
		verbatim: row.needed("verbatim", map.verbatim),
		channel: row.needed("channel", map.channel),
		kind: row.text("kind", map.kind),
		source: row.text("source", map.source),
		language: row.text("language", map.language),
		summary: row.text("summary", map.summary),
		wished: row.text("wished", map.wished),
		place: row.text("place", map.place),
		organisation: row.text("organisation", map.organisation),
		receivedAt: row.time("receivedAt", map.receivedAt),
		occurredAt: row.time("occurredAt", map.occurredAt),
		claimed: amount === undefined ? undefined : { amount, currency: pack.data.head.currency },
		parties,
		orders: ordersOf(row, map, pack),
		flags: Object.entries(map.flags).flatMap(([flag, cell]) =>
			row.read(`flags.${flag}`, cell, readYesNo, "yes or no (是 or 否)") ? [flag] : [],
		),
		allegations: category === undefined ? undefined : [{ category, accused: accusedIn(parties, pack) }],
	});
}

/** Without the fields that the row says nothing about. */
function given<T extends Record<string, unknown>>(fields: T): Partial<T> {
	return Object.fromEntries(Object.entries(fields).filter(([, one]) => one !== undefined)) as Partial<T>;
}

/** A party of whom the row says nothing is left out; one for whom the map says nothing but the seat is always there. */
function partiesOf(row: RowReader, map: ImportMap): { seat: string }[] {
	return map.parties.flatMap(({ seat, ...cells }, n) => {
		const known = given(
			Object.fromEntries(
				Object.entries(cells).map(([name, cell]) => [name, row.text(`parties.${n}.${name}`, cell)]),
			),
		);
		return Object.keys(cells).length > 0 && Object.keys(known).length === 0 ? [] : [{ seat, ...known }];
	});
}

/** Whoever sits on the respondent's side, as where nobody is named. */
function accusedIn(parties: readonly { seat: string }[], pack: LoadedPack): number[] {
	return parties.flatMap(({ seat }, n) => (pack.data.head.seats[seat]?.side === "respondent" ? [n] : []));
}

function ordersOf(row: RowReader, map: ImportMap, pack: LoadedPack): unknown[] | undefined {
	if (!map.order) return undefined;
	const number = row.text("order.number", map.order.number);
	if (number === undefined) return undefined;
	const known = orderFacts(pack);
	const facts = Object.entries(map.order.facts).map(([name, cell]) => {
		const declared = known[name];
		const read = (text: string) => (declared ? readFact(text, declared) : null);
		return [name, row.read(`order.facts.${name}`, cell, read, declared ? expectedFact(declared) : "")];
	});
	const takenAt = row.time("order.takenAt", map.order.takenAt);
	return [given({ number, takenAt, facts: given(Object.fromEntries(facts)) })];
}

/** Takes cells out of one row and notes why one can't be read; what they hold is not repeated. */
class RowReader {
	readonly reasons: string[] = [];
	readonly #row: RowValues;
	readonly #zone: string;

	constructor(row: RowValues, pack: LoadedPack) {
		this.#row = row;
		this.#zone = pack.data.head.zone;
	}

	/** The text of a cell; undefined where it is empty. */
	text(field: string, cell: Cell | undefined): string | undefined {
		if (!cell) return undefined;
		if (cell.value !== undefined) return cell.value;
		const texts = (cell.column ?? []).map((column) => this.#at(field, column)).filter((one) => one !== "");
		const text = texts.join(cell.join).trim();
		if (!cell.values) return text || cell.otherwise;
		const meant = Object.hasOwn(cell.values, text) ? cell.values[text] : cell.otherwise;
		if (meant === undefined && text !== "")
			this.reasons.push(`${field}: the map's values don't name what stands in ${namesOf(cell)}`);
		return meant;
	}

	needed(field: string, cell: Cell): string | undefined {
		const before = this.reasons.length;
		const text = this.text(field, cell);
		if (text === undefined && this.reasons.length === before)
			this.reasons.push(`${field}: nothing stands in ${namesOf(cell)}`);
		return text;
	}

	read<T>(
		field: string,
		cell: Cell | undefined,
		how: (text: string) => T | null,
		expected: string,
	): T | undefined {
		const text = this.text(field, cell);
		if (text === undefined || !cell) return undefined;
		const value = how(text);
		if (value === null) this.reasons.push(`${field}: ${namesOf(cell)} is not ${expected}`);
		return value ?? undefined;
	}

	time(field: string, cell: TimeCell | undefined): string | undefined {
		if (!cell) return undefined;
		const text = this.#at(field, cell.column).trim();
		if (text === "") return undefined;
		const zone = cell.zone ?? this.#zone;
		for (const format of cell.format) {
			const instant = timeReader(format)?.(text, zone);
			if (instant) return instant;
		}
		this.reasons.push(`${field}: ${cell.column} is not a time written as ${cell.format.join(" or ")}`);
		return undefined;
	}

	#at(field: string, path: string): string {
		const text = textOf(valueAt(this.#row, path));
		if (text === null) this.reasons.push(`${field}: ${path} is not a text but an object`);
		return text ?? "";
	}
}

function namesOf(cell: Cell): string {
	return (cell.column ?? ["the map's value"]).join(", ");
}
