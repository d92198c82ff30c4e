import { minorOf, typedOf } from "../parts/money.ts";
import { instantOf, wallOf } from "../parts/time.ts";
import type { Field } from "./schema.ts";

/** Between what stands in a form (texts as typed) and what a command wants. */

export type Typed = Record<string, unknown>;

export interface Setting {
	/** The company's zone. */
	zone: string;
	currency: string;
	/** The facts of the trade, which tell how their values are typed. */
	sheet: Readonly<Record<string, { type: string; values?: readonly string[] | undefined }>>;
}

/** A command's fields from what was typed; what is empty is left out. Call it on a form without faults. */
export function fieldsFrom(fields: readonly Field[], typed: Typed, setting: Setting): Typed {
	const known = fields.map((field) => {
		const value =
			field.kind === "value"
				? factFrom(String(typed.fact), typed[field.name], setting)
				: valueFrom(field, typed[field.name], setting);
		return [field.name, value] as const;
	});
	return Object.fromEntries(known.filter(([, value]) => !isEmpty(value)));
}

function valueFrom(field: Field, typed: unknown, setting: Setting): unknown {
	if (field.kind === "given") return field.fallback;
	if (isEmpty(typed)) return undefined;
	switch (field.kind) {
		case "money":
			return minorOf(String(typed)) ?? undefined;
		case "claim": {
			const amount = minorOf(String(typed));
			return amount === null ? undefined : { amount, currency: setting.currency };
		}
		case "instant":
			return instantOf(String(typed), setting.zone) ?? undefined;
		case "number":
			return Number(typed);
		case "list":
			return (typed as Typed[]).map((one) => fieldsFrom(field.fields, one ?? {}, setting));
		case "shares":
			return sharesFrom(typed as Record<string, unknown>);
		case "facts":
			return factsFrom(typed as Typed, setting);
		case "text":
		case "words":
			return String(typed).trim() || undefined;
		default:
			return typed;
	}
}

function factsFrom(typed: Typed, setting: Setting): Typed {
	const known = Object.entries(typed).map(([fact, value]) => [fact, factFrom(fact, value, setting)] as const);
	return Object.fromEntries(known.filter(([, value]) => !isEmpty(value)));
}

/** The value of a fact as the rules want it; what can't be read stays as typed, for the server to refuse. */
function factFrom(fact: string, typed: unknown, { sheet }: Setting): unknown {
	if (isEmpty(typed)) return undefined;
	switch (sheet[fact]?.type) {
		case "money":
			return minorOf(String(typed)) ?? typed;
		case "int":
		case "decimal":
			return Number.isNaN(Number(typed)) ? typed : Number(typed);
		case "bool":
			return typed === true || typed === "true";
		default:
			return typed;
	}
}

function sharesFrom(typed: Record<string, unknown>): Record<string, number> {
	const known = Object.entries(typed).map(([bearer, percent]) => [bearer, Number(percent)] as const);
	return Object.fromEntries(known.filter(([, percent]) => percent > 0));
}

function isEmpty(value: unknown): boolean {
	if (value === undefined || value === null || value === "") return true;
	if (Array.isArray(value)) return value.length === 0;
	return typeof value === "object" && Object.keys(value).length === 0;
}

/** What a form holds at first: the schema's own values, and `known` from where it was opened. */
export function typedAtFirst(fields: readonly Field[], known: Typed, setting: Setting): Typed {
	return Object.fromEntries(
		fields.map((field) => [field.name, asTyped(field, known[field.name] ?? field.fallback, setting)]),
	);
}

function asTyped(field: Field, value: unknown, setting: Setting): unknown {
	if (field.kind === "list") return [];
	if (value === undefined) return undefined;
	if (field.kind === "money") return typedOf(Number(value));
	if (field.kind === "instant") return wallOf(String(value), setting.zone);
	return value;
}

/** Why a typed text won't do, as a key of the pages' words with its figures; null: it will. */
export function faultOf(
	field: Field,
	typed: unknown,
	setting: Setting,
): { key: string; count?: number } | null {
	if (isEmpty(typed)) return null;
	if (field.kind === "money" || field.kind === "claim") return moneyFault(field, String(typed));
	if (field.kind === "number") return numberFault(field, typed);
	if (field.kind === "instant")
		return instantOf(String(typed), setting.zone) === null ? { key: "field-not-a-time" } : null;
	if (field.length !== null && String(typed).length > field.length)
		return { key: "field-too-long", count: field.length };
	if (field.kind === "shares") {
		const sum = Object.values(sharesFrom(typed as Record<string, unknown>)).reduce((a, b) => a + b, 0);
		return sum === 0 || sum === 100 ? null : { key: "shares-sum", count: sum };
	}
	return null;
}

function moneyFault(field: Field, typed: string): { key: string; count?: number } | null {
	const amount = minorOf(typed);
	if (amount === null) return { key: "field-not-money" };
	return amount < (field.least ?? 0) ? { key: "field-not-money" } : null;
}

function numberFault(field: Field, typed: unknown): { key: string; count?: number } | null {
	const number = Number(typed);
	if (!Number.isInteger(number)) return { key: "field-not-a-number" };
	if (field.least !== null && number < field.least) return { key: "field-at-least", count: field.least };
	if (field.most !== null && number > field.most) return { key: "field-at-most", count: field.most };
	return null;
}
