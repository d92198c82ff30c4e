import type { RuleRow, RuleTable } from "#engine/rules/table.ts";
import { attemptName, type Book, columnName, length, sourceText } from "./book.ts";
import { conditionText, constantOf, givenText, isAlways } from "./condition.ts";
import type { PackPart } from "./pack-search.ts";
import type { Cell, Row, Section } from "./sections.ts";

/** A rule table as a section: when, what it gives, and where that comes from. */
export function ruleSection(
	book: Book,
	part: PackPart,
	title: string,
	table: RuleTable,
	about?: string,
): Section {
	const { t } = book;
	return {
		id: table.table,
		part,
		title,
		about: [t(table.hit === "first" ? "hit-first" : "hit-all"), about].filter(Boolean).join(" "),
		head: [t("when"), t("gives"), t("source")],
		rows: table.rows.map((row) => ruleRow(book, table, row)),
	};
}

function ruleRow(book: Book, table: RuleTable, row: RuleRow): Row {
	return {
		key: `${table.table}/${row.id}`,
		cells: [whenCell(book, table.hit, row), { pairs: givesPairs(book, table, row) }, sourceCell(book, row)],
	};
}

export function whenCell(book: Book, hit: RuleTable["hit"], { when }: RuleRow): Cell {
	if (isAlways(when)) return { when: book.t(hit === "first" ? "otherwise" : "always-holds"), raw: when };
	return { when: conditionText(book, when) ?? when, raw: when };
}

/** A source with what else is to be known of the row. */
export function sourceCell(book: Book, row: RuleRow): Cell {
	const { t, say } = book;
	const days = [
		row.from ? t("from-day", { day: row.from }) : "",
		row.to ? t("to-day", { day: row.to }) : "",
	].filter(Boolean);
	const note = [say.bi(row.note), ...days].filter(Boolean).join(" · ");
	return { source: row.source, text: sourceText(book, row.source), ...(note && { note }) };
}

function givesPairs(book: Book, table: RuleTable, row: RuleRow): [string, string][] {
	const { t } = book;
	const pairs: [string, string][] = [];
	if (row.legal) pairs.push([t("legal"), book.say.of("values", row.legal)]);
	for (const [column, kind] of Object.entries(table.gives)) {
		const cell = row.gives[column];
		if (cell === undefined || skipped(book, column, cell, row)) continue;
		pairs.push([columnName(book, column), columnText(book, column, kind, cell, row)]);
	}
	return pairs;
}

/** What says nothing is left out: one of a thing, no points, no days. */
function skipped(book: Book, column: string, cell: RuleRow["gives"][string], row: RuleRow): boolean {
	const value = constantOf(book, cell);
	if (column === "afterUnit") return true;
	if (column === "count") return value === 1;
	if (column === "points" || column === "days" || column === "level") return value === 0;
	if (column !== "amount") return false;
	const item = constantOf(book, row.gives.item);
	return item !== null && String(cell) === "yuan(0)";
}

function columnText(
	book: Book,
	column: string,
	kind: string,
	cell: RuleRow["gives"][string],
	row: RuleRow,
): string {
	const value = constantOf(book, cell);
	if (column === "afterAmount") {
		const unit = constantOf(book, row.gives.afterUnit);
		if (typeof value === "number" && typeof unit === "string")
			return length(book, { amount: value, unit: unit as "hours" });
	}
	if (column === "days" && typeof value === "number")
		return length(book, { amount: value, unit: "calendar-days" });
	if (column === "attempt") return attemptName(book, String(value));
	if (column === "by" && value === "none") return book.t("by-none");
	return givenText(book, column, kind, cell);
}
