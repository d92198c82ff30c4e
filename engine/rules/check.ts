import { type Cel, celFor, programFor } from "./cel.ts";
import { type Expression, readExpression } from "./expression.ts";
import { declarationOf, EXPECTED, type FactSheet } from "./facts.ts";
import { standsAlone } from "./known.ts";
import { didYouMean } from "./nearest.ts";
import type { ResultCell, ResultType, RuleRow, RuleTable } from "./table.ts";
import { factsIn, type Term, textOf, within } from "./term.ts";
import { isMoney, unitName, unitOf } from "./units.ts";

/** `row` and `column` are null where the problem is the table's; columns are when, from, legal … and the results. */
export type TableProblem = {
	file: string;
	table: string;
	row: string | null;
	column: string | null;
	problem: string;
};

type Tell = (row: string | null, column: string | null, problem: string) => void;

/** Everything wrong with a table that can be seen without any case. An empty list: it may be compiled. */
export function checkTable(table: RuleTable, sheet: FactSheet, where: { file: string }): TableProblem[] {
	const problems: TableProblem[] = [];
	const tell: Tell = (row, column, problem) =>
		problems.push({ file: where.file, table: table.table, row, column, problem });
	const cel = celFor(sheet);
	const conditions = table.rows.map((row) => {
		const when = checkExpression(cel, row.when, "bool", (problem) => tell(row.id, "when", problem));
		checkResults(cel, table, row, tell);
		if (row.from !== undefined && row.to !== undefined && row.from > row.to)
			tell(row.id, "from", `begins on ${row.from}, after its last day ${row.to}`);
		return when && textOf(when.term);
	});
	checkRowIds(table, tell);
	checkReach(table, conditions, tell);
	return problems;
}

function checkRowIds(table: RuleTable, tell: Tell): void {
	const seen = new Set<string>();
	for (const { id } of table.rows) {
		if (seen.has(id)) tell(id, null, "two rows bear this id");
		seen.add(id);
	}
}

function checkResults(cel: Cel, table: RuleTable, row: RuleRow, tell: Tell): void {
	for (const result of Object.keys(row.gives)) {
		if (Object.hasOwn(table.gives, result)) continue;
		tell(row.id, result, `the table gives no "${result}"${didYouMean(result, Object.keys(table.gives))}`);
	}
	for (const [result, type] of Object.entries(table.gives)) {
		const cell = Object.hasOwn(row.gives, result) ? row.gives[result] : undefined;
		if (cell === undefined) tell(row.id, result, `missing: every row gives ${result} (${type})`);
		else checkCell(cel, cell, type, (problem) => tell(row.id, result, problem));
	}
}

const CEL_RESULT: Record<Exclude<ResultType, "text" | "shares">, string> = {
	money: "int",
	int: "int",
	string: "string",
	bool: "bool",
};

function checkCell(cel: Cel, cell: ResultCell, type: ResultType, tell: (problem: string) => void): void {
	if (type === "shares") {
		checkShares(cell, tell);
	} else if (type === "text") {
		if (typeof cell !== "string") tell(`must be a text, not ${kindOf(cell)}`);
	} else if (typeof cell === "string") {
		const expression = checkExpression(cel, cell, CEL_RESULT[type], (problem) =>
			tell(hinted(problem, type, cell)),
		);
		if (expression && (type === "money" || type === "int")) checkUnit(cel, expression, type, tell);
	} else {
		checkConstant(cell, type, tell);
	}
}

function checkConstant(cell: ResultCell, type: ResultType, tell: (problem: string) => void): void {
	if ((type === "money" || type === "int") && typeof cell === "number") {
		if (!Number.isSafeInteger(cell)) tell(`must be ${EXPECTED[type]}, not ${cell}`);
	} else if (type !== "bool" || typeof cell !== "boolean") {
		tell(`must be ${type}, not ${kindOf(cell)}`);
	}
}

/** A bare word in a text column was most likely meant as that word. */
function hinted(problem: string, type: ResultType, cell: string): string {
	const bare = type === "string" && problem.startsWith("unknown fact") && /^[\w-]+$/.test(cell);
	return bare ? `${problem}; a fixed word is written "'${cell}'"` : problem;
}

function checkUnit(
	cel: Cel,
	{ term }: Expression,
	type: "money" | "int",
	tell: (problem: string) => void,
): void {
	const unit = unitOf(term, cel.sheet);
	if (unit === "free" || isMoney(unit) === (type === "money")) return;
	tell(
		type === "money"
			? "gives a count where money is due"
			: `gives ${unitName(unit)}: declare the result as money`,
	);
}

function kindOf(cell: ResultCell): string {
	return typeof cell === "object" ? "shares" : typeof cell === "string" ? "a text" : String(cell);
}

/** Shares have at most two decimals, so that they can be added exactly. */
function checkShares(cell: ResultCell, tell: (problem: string) => void): void {
	if (typeof cell !== "object") {
		tell(`must be party: percent, not ${kindOf(cell)}`);
		return;
	}
	const hundredths = Object.entries(cell).map(([party, percent]) => {
		const value = Math.round(percent * 100);
		if (Math.abs(value - percent * 100) > 1e-9)
			tell(`the share of ${party} has more than two decimals: ${percent}`);
		return value;
	});
	const sum = hundredths.reduce((total, one) => total + one, 0);
	if (sum !== 10_000) tell(`the shares add up to ${sum / 100}, not 100`);
}

function checkExpression(
	cel: Cel,
	text: string,
	type: string,
	tell: (problem: string) => void,
): Expression | null {
	const reading = readExpression(cel, text);
	if (!reading.ok) {
		for (const problem of reading.problems) tell(problem);
		return null;
	}
	const { expression } = reading;
	if (expression.type !== type)
		tell(`must give ${type}, but gives ${expression.type.replace("double", "decimal")}`);
	checkClosedSets(expression.term, cel.sheet, tell);
	checkConstants(expression.term, cel, tell);
	unitOf(expression.term, cel.sheet, tell);
	return expression;
}

/** A literal outside a fact's closed set can never match: a slip of the pen that would silently switch a row off. */
function checkClosedSets(whole: Term, sheet: FactSheet, tell: (problem: string) => void): void {
	const locals = new Map<string, Term>();
	for (const term of within(whole)) {
		if (term.op === "every") locals.set(term.local, term.over);
		if (term.op !== "==" && term.op !== "!=" && term.op !== "in") continue;
		for (const [side, other] of [
			[term.left, term.right],
			[term.right, term.left],
		] as const) {
			const fact = closedFact(side, locals, sheet);
			if (!fact) continue;
			for (const word of wordsIn(other)) {
				if (fact.values.includes(word)) continue;
				tell(`"${word}" is not among the values of ${fact.name}${didYouMean(word, fact.values)}`);
			}
		}
	}
}

function closedFact(term: Term, locals: ReadonlyMap<string, Term>, sheet: FactSheet) {
	const source = term.op === "local" ? locals.get(term.name) : term;
	if (source?.op !== "fact") return null;
	const values = declarationOf(sheet, source.name)?.values;
	return values ? { name: source.name, values } : null;
}

function wordsIn(term: Term): string[] {
	if (term.op === "text") return [term.value];
	if (term.op === "choose") return [...wordsIn(term.yes), ...wordsIn(term.no)];
	return term.op === "list" ? term.items.flatMap(wordsIn) : [];
}

/** Parts without facts come out the same for every case; if one can't be reckoned, the row is wrong. */
function checkConstants(whole: Term, cel: Cel, tell: (problem: string) => void): void {
	for (const term of within(whole)) {
		const sum = term.op === "call" || term.op === "/" || term.op === "%";
		if (!sum) continue;
		const zero = term.op !== "call" && term.right.op === "number" && term.right.value === 0;
		if (zero) tell(`division by zero: ${textOf(term)}`);
		else if (factsIn(term).length === 0 && standsAlone(term)) {
			const outcome = programFor(cel, term)({});
			if (!outcome.ok) tell(`${outcome.detail}: ${textOf(term)}`);
		}
	}
}

/** Rows whose condition stands in an earlier row too: under `first` they are shadowed while both are in force. */
function checkReach(table: RuleTable, conditions: readonly (string | null)[], tell: Tell): void {
	table.rows.forEach((row, index) => {
		for (const [place, earlier] of table.rows.slice(0, index).entries()) {
			const same = conditions[index] !== null && conditions[place] === conditions[index];
			const shadow =
				table.hit === "first" ? same || conditions[place] === "true" : same && likewise(earlier, row);
			if (!shadow || !overlap(earlier, row)) continue;
			if (covers(earlier, row)) {
				tell(
					row.id,
					"when",
					table.hit === "first"
						? `never reached: row ${earlier.id} always answers before`
						: `repeats row ${earlier.id}`,
				);
				return;
			}
			if (same)
				tell(row.id, "from", `in force together with row ${earlier.id}, which has the same condition`);
		}
	});
}

function likewise(one: RuleRow, other: RuleRow): boolean {
	return one.legal === other.legal && JSON.stringify(one.gives) === JSON.stringify(other.gives);
}

/** Beyond all days that can be written. */
const FOREVER = "9999-99-99";

function overlap(one: RuleRow, other: RuleRow): boolean {
	return (one.from ?? "") <= (other.to ?? FOREVER) && (other.from ?? "") <= (one.to ?? FOREVER);
}

function covers(one: RuleRow, other: RuleRow): boolean {
	return (one.from ?? "") <= (other.from ?? "") && (other.to ?? FOREVER) <= (one.to ?? FOREVER);
}
