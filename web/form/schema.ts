/** What a command's JSON Schema says about its form: one field per property, by kind. No page, no words. */

export interface JsonSchema {
	type?: string;
	properties?: Record<string, JsonSchema>;
	required?: readonly string[];
	items?: JsonSchema;
	additionalProperties?: JsonSchema | boolean;
	anyOf?: readonly JsonSchema[];
	enum?: readonly (string | number | boolean)[];
	const?: string | number | boolean;
	default?: unknown;
	format?: string;
	minimum?: number;
	maximum?: number;
	exclusiveMinimum?: number;
	maxLength?: number;
	minItems?: number;
	maxItems?: number;
	/** What is kept beside the history: words, name, phone … */
	keep?: string;
}

/**
 * text: one line; words: several; choice: one of a closed set; one, many: one or several of what the case or the pack
 * knows; number; money: minor units; claim: money with its currency; instant; yes-no; given: always this value; list:
 * records; shares: percent by bearer; facts: by the pack's fact sheet; value: of the fact chosen beside it.
 */
type FieldKind =
	| "text"
	| "words"
	| "choice"
	| "one"
	| "many"
	| "number"
	| "money"
	| "claim"
	| "instant"
	| "yes-no"
	| "given"
	| "list"
	| "shares"
	| "facts"
	| "value";

export interface Field {
	name: string;
	kind: FieldKind;
	required: boolean;
	/** Of a choice. */
	values: readonly string[];
	fallback: unknown;
	least: number | null;
	most: number | null;
	/** Of words: how many characters may be typed. */
	length: number | null;
	/** Of a list: the fields of one record. */
	fields: Field[];
}

/** Set by the server, never typed. */
const SET_ELSEWHERE: Record<string, readonly string[]> = {
	AddEvidence: ["file", "flags"],
	FileComplaint: ["line", "repeat"],
	AmendComplaint: ["line", "events", "facts"],
	RecordTrainingResult: ["answers"],
};

/** Whole numbers of this name are money. */
const MONEY_NAMES = new Set(["amount", "ceiling"]);

/** More characters than this are written in several lines. */
const ONE_LINE = 200;

/** The fields of a command's form, in the schema's order, the required ones first. */
export function fieldsOf(command: string, schema: JsonSchema): Field[] {
	const hidden = SET_ELSEWHERE[command] ?? [];
	const fields = Object.entries(schema.properties ?? {})
		.filter(([name]) => !hidden.includes(name))
		.map(([name, one]) => fieldOf(command, name, one, schema.required?.includes(name) ?? false));
	return [...fields.filter((one) => one.required), ...fields.filter((one) => !one.required)];
}

function fieldOf(command: string, name: string, schema: JsonSchema, required: boolean): Field {
	const kind = kindOf(name, schema);
	return {
		name,
		kind,
		required: required && schema.default === undefined,
		values: (schema.enum ?? schema.items?.enum ?? []).map(String),
		fallback: kind === "given" ? schema.const : schema.default,
		least: schema.minimum ?? (schema.exclusiveMinimum === undefined ? null : schema.exclusiveMinimum + 1),
		most: schema.maximum !== undefined && schema.maximum < Number.MAX_SAFE_INTEGER ? schema.maximum : null,
		length: schema.maxLength ?? null,
		fields: kind === "list" ? fieldsOf(command, schema.items ?? {}) : [],
	};
}

function kindOf(name: string, schema: JsonSchema): FieldKind {
	if (schema.const !== undefined) return "given";
	if (schema.enum) return "choice";
	switch (schema.type) {
		case "boolean":
			return "yes-no";
		case "integer":
		case "number":
			return MONEY_NAMES.has(name) ? "money" : "number";
		case "array":
			return schema.items?.type === "object" ? "list" : "many";
		case "object":
			return objectKind(schema);
		case "string":
			return textKind(name, schema);
		default:
			return schema.anyOf ? "value" : "text";
	}
}

function objectKind(schema: JsonSchema): FieldKind {
	if (schema.properties && "currency" in schema.properties) return "claim";
	const members = schema.additionalProperties;
	return typeof members === "object" && members.type === "integer" ? "shares" : "facts";
}

function textKind(name: string, schema: JsonSchema): FieldKind {
	if (schema.format === "date-time") return "instant";
	if (schema.keep === "words") return "words";
	if (schema.keep || (schema.maxLength ?? 0) > 0)
		return (schema.maxLength ?? 0) > ONE_LINE && !schema.keep ? "words" : "text";
	return FREE.has(name) ? "text" : "one";
}

/** Plain strings that are no reference to anything known. */
const FREE = new Set(["number", "key", "currency", "place", "what"]);
