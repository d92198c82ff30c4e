import { type Broke, type Cel, celFor, contextOf, programFor } from "./cel.ts";
import { checkTable } from "./check.ts";
import { type Expression, readExpression } from "./expression.ts";
import {
	declarationOf,
	EXPECTED,
	type FactSheet,
	type FactValue,
	type FactValues,
	hasType,
	shown,
} from "./facts.ts";
import { type Known, knownOf, type Situation } from "./known.ts";
import {
	inForce,
	type ResultCell,
	type ResultType,
	type RuleRow,
	type RuleTable,
	type Source,
} from "./table.ts";
import { partsOf, type Term, textOf } from "./term.ts";

/** Money in minor units; shares as party → percent. */
export type ResultValue = number | boolean | string | Record<string, number>;

/** How a number came about, as data: `steps` holds each part of the sum in reckoning order, the whole sum last. */
export type Arithmetic = {
	result: string;
	kind: "money" | "int";
	expression: string;
	steps: { text: string; value: FactValue }[];
	value: number;
};

/** Why a row answered: everything a person needs to read the rule out and reckon again. */
export type Explanation = {
	table: string;
	row: string;
	version: string | null;
	source: Source;
	/** The facts that the row's condition and sums read and that are known, in reading order. */
	inputs: { fact: string; value: FactValue; label: { zh: string; en: string } }[];
	arithmetic: Arithmetic[];
};

export type Hit = {
	row: string;
	values: Record<string, ResultValue>;
	legal: "owed" | "goodwill" | null;
	explanation: Explanation;
};

/** A fact somebody must find out first; `values`: the closed set to choose from. */
export type Need = { fact: string; label: { zh: string; en: string }; values?: string[] };

/** `row` and `column` are null where the input itself was wrong (a fact of the wrong type, no day). */
export type EvaluationProblem = {
	table: string;
	row: string | null;
	column: string | null;
	kind: Broke | "wrong-fact" | "wrong-day";
	detail: string;
};

/**
 * Hits; or the facts that must be known first (`row`: the first row that asks); or a sum that can't be done, whatever
 * the missing facts turn out to be.
 */
export type Evaluation =
	| { ok: true; hits: Hit[] }
	| { ok: false; needs: Need[]; row: string }
	| { ok: false; problem: EvaluationProblem };

type CompiledCell = { result: string; kind: ResultType; constant: ResultCell } | SummedCell;
type SummedCell = { result: string; kind: ResultType; sum: Expression };
type CompiledRow = { row: RuleRow; when: Expression; cells: CompiledCell[]; facts: readonly string[] };

export type CompiledTable = {
	table: RuleTable;
	sheet: FactSheet;
	cel: Cel;
	rows: CompiledRow[];
	/** Every fact that any row reads. */
	facts: readonly string[];
};

/**
 * Parses and checks every expression once.
 * @throws Error listing the problems of a table that `checkTable` finds wrong: packs are checked before they are compiled.
 */
export function compileTable(table: RuleTable, sheet: FactSheet): CompiledTable {
	const problems = checkTable(table, sheet, { file: table.table });
	if (problems.length > 0) {
		const lines = problems.map(({ row, column, problem }) => `${row ?? "-"}, ${column ?? "-"}: ${problem}`);
		throw new Error(`table ${table.table} is not in order\n${lines.join("\n")}`);
	}
	const cel = celFor(sheet);
	const rows = table.rows.map((row) => compileRow(table, row, cel));
	return { table, sheet, cel, rows, facts: [...new Set(rows.flatMap((row) => row.facts))] };
}

function compileRow(table: RuleTable, row: RuleRow, cel: Cel): CompiledRow {
	const when = expressionOf(cel, row.when);
	const cells = Object.entries(table.gives).map(([result, kind]): CompiledCell => {
		const cell = row.gives[result];
		if (cell === undefined) throw new Error(`row ${row.id} gives no ${result}`);
		if (kind === "text" || typeof cell !== "string") return { result, kind, constant: cell };
		return { result, kind, sum: expressionOf(cel, cell) };
	});
	const facts = [when, ...cells.flatMap((cell) => ("sum" in cell ? [cell.sum] : []))].flatMap(
		(one) => one.facts,
	);
	return { row, when, cells, facts: [...new Set(facts)] };
}

function expressionOf(cel: Cel, text: string): Expression {
	const reading = readExpression(cel, text);
	if (!reading.ok) throw new Error(`"${text}": ${reading.problems.join("; ")}`);
	return reading.expression;
}

type At = Situation & { compiled: CompiledTable; facts: FactValues };

/**
 * Asks a table. A row whose condition hangs on a missing fact is never skipped: the answer is then what must be known.
 * Never throws on account of facts or sums.
 * @param day YYYY-MM-DD; rows not in force on it are left out
 */
export function evaluateTable(compiled: CompiledTable, facts: FactValues, day: string): Evaluation {
	const wrong = inputProblem(compiled, facts, day);
	if (wrong) return { ok: false, problem: wrong };
	const context = contextOf(compiled.sheet, facts, compiled.facts);
	const missing = (fact: string): boolean => !has(facts, fact);
	return askRows({ compiled, facts, cel: compiled.cel, context, missing }, day);
}

function askRows(at: At, day: string): Evaluation {
	const { table, rows } = at.compiled;
	const hits: Hit[] = [];
	const needs = new Set<string>();
	let asking: string | null = null;
	for (const one of rows) {
		if (!inForce(one.row, day)) continue;
		const answer = askRow(one, at);
		if (answer === null) continue;
		if ("hit" in answer) hits.push(answer.hit);
		else if ("problem" in answer) return { ok: false, problem: answer.problem };
		else {
			asking ??= one.row.id;
			for (const fact of answer.needs) needs.add(fact);
		}
		if (table.hit === "first") break;
	}
	if (asking === null) return { ok: true, hits };
	return { ok: false, needs: [...needs].map((fact) => needOf(at.compiled.sheet, fact)), row: asking };
}

type RowAnswer = { hit: Hit } | { needs: readonly string[] } | { problem: EvaluationProblem };

/** Null: the row's condition is known to be false. */
function askRow(one: CompiledRow, at: At): RowAnswer | null {
	const holds = ask(one.when, at);
	if (holds.is === "unknown") return { needs: holds.needs };
	if (holds.is === "broken") return { problem: problemOf(holds, "when", one, at) };
	if (holds.value !== true) return null;
	const values: Record<string, ResultValue> = {};
	const needs: string[] = [];
	for (const cell of one.cells) {
		if (!("sum" in cell)) {
			values[cell.result] = cell.constant;
			continue;
		}
		const known = ask(cell.sum, at);
		if (known.is === "unknown") needs.push(...known.needs);
		else if (known.is === "broken") return { problem: problemOf(known, cell.result, one, at) };
		else if (!Array.isArray(known.value)) values[cell.result] = known.value;
	}
	return needs.length > 0 ? { needs } : hitOf(one, values, at);
}

/** The whole expression at once when every fact is there; part by part only when one is missing. */
function ask(expression: Expression, at: At): Known {
	if (expression.facts.some(at.missing)) return knownOf(expression.term, at);
	const outcome = expression.run(at.context);
	return outcome.ok
		? { is: "known", value: outcome.value }
		: { is: "broken", broke: outcome.broke, detail: outcome.detail };
}

function hitOf(one: CompiledRow, values: Record<string, ResultValue>, at: At): RowAnswer {
	const { table, sheet } = at.compiled;
	const arithmetic: Arithmetic[] = [];
	for (const cell of one.cells) {
		const value = values[cell.result];
		if ((cell.kind !== "money" && cell.kind !== "int") || typeof value !== "number") continue;
		const steps: Arithmetic["steps"] = [];
		const broken = "sum" in cell ? addSteps(cell.sum.term, at, steps) : null;
		if (broken) return { problem: problemOf(broken, cell.result, one, at) };
		const expression = "sum" in cell ? textOf(cell.sum.term) : String(value);
		arithmetic.push({ result: cell.result, kind: cell.kind, expression, steps, value });
	}
	const inputs = one.facts.flatMap((fact) => {
		const value = at.facts[fact];
		const declared = declarationOf(sheet, fact);
		return value === undefined || !declared || at.missing(fact)
			? []
			: [{ fact, value, label: declared.label }];
	});
	const { id, source, legal } = one.row;
	const explanation = {
		table: table.table,
		row: id,
		version: table.version ?? null,
		source,
		inputs,
		arithmetic,
	};
	return { hit: { row: id, values, legal: legal ?? null, explanation } };
}

type Broken = Extract<Known, { is: "broken" }>;

/** Adds the value of every part of a sum, inner parts first; of a choice only the test and the branch taken. */
function addSteps(term: Term, at: At, steps: Arithmetic["steps"]): Broken | null {
	if (partsOf(term).length === 0) return null;
	if (term.op === "choose") {
		const broken = addValue(term.test, at, steps);
		if (broken) return broken;
		const taken = steps.at(-1)?.value === true ? term.yes : term.no;
		return addSteps(taken, at, steps) ?? addValue(term, at, steps);
	}
	if (isSum(term)) {
		for (const part of partsOf(term)) {
			const broken = addSteps(part, at, steps);
			if (broken) return broken;
		}
	}
	return addValue(term, at, steps);
}

/** Whether the parts of the term are themselves worth showing; inside `exists` or a comparison they are not. */
function isSum(term: Term): boolean {
	return term.op === "minus" || term.op === "call" || ["+", "-", "*", "/", "%"].includes(term.op);
}

function addValue(term: Term, at: At, steps: Arithmetic["steps"]): Broken | null {
	const outcome = programFor(at.cel, term)(at.context);
	if (!outcome.ok) return { is: "broken", broke: outcome.broke, detail: outcome.detail };
	steps.push({ text: textOf(term), value: outcome.value });
	return null;
}

function problemOf(broken: Broken, column: string, one: CompiledRow, at: At): EvaluationProblem {
	const { broke: kind, detail } = broken;
	return { table: at.compiled.table.table, row: one.row.id, column, kind, detail };
}

function needOf(sheet: FactSheet, fact: string): Need {
	const declared = declarationOf(sheet, fact);
	const label = declared?.label ?? { zh: fact, en: fact };
	return declared?.values ? { fact, label, values: declared.values } : { fact, label };
}

function inputProblem({ table, sheet, facts: read }: CompiledTable, facts: FactValues, day: string) {
	const problem = (kind: EvaluationProblem["kind"], detail: string): EvaluationProblem => {
		return { table: table.table, row: null, column: null, kind, detail };
	};
	if (!/^\d{4}-\d{2}-\d{2}$/.test(day))
		return problem("wrong-day", `"${day}" is not a day written YYYY-MM-DD`);
	for (const fact of read) {
		const type = declarationOf(sheet, fact)?.type;
		if (type === undefined || !has(facts, fact) || hasType(type, facts[fact])) continue;
		return problem("wrong-fact", `${fact} must be ${EXPECTED[type]}, not ${shown(facts[fact])}`);
	}
	return null;
}

function has(facts: FactValues, fact: string): boolean {
	return Object.hasOwn(facts, fact) && facts[fact] !== undefined && facts[fact] !== null;
}
