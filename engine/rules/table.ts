import { z } from "zod";
import { Bilingual, Id } from "../packs/words.ts";

/** Where a rule comes from, and how sure that is. */
export const Source = z.strictObject({
	kind: z.enum(["statute", "standard", "contract", "company", "seed"]),
	/** Name and number of the article, clause or decision. */
	ref: z.string().min(1),
	sure: z.enum(["verified", "excerpt", "weak", "company-default"]),
});
export type Source = z.output<typeof Source>;

/**
 * What a column holds. `money` (minor units), `int`, `bool` and `string` may be CEL; `text` is taken as it stands;
 * `shares` is party → percent, adding up to 100.
 */
export const ResultType = z.enum(["money", "int", "string", "bool", "shares", "text"]);
export type ResultType = z.output<typeof ResultType>;

const ResultName = z.string().regex(/^[a-z][A-Za-z0-9]*([-_][A-Za-z0-9]+)*$/, "a name such as amount");

/** A constant, or CEL text, or (shares only) party → percent. */
export const ResultCell = z.union([
	z.string().min(1),
	z.number(),
	z.boolean(),
	z.record(z.string().min(1), z.number().min(0).max(100)),
]);
export type ResultCell = z.output<typeof ResultCell>;

/** A condition in CEL. YAML reads a bare `true` as a boolean; it means the same. */
const Condition = z.union([z.string().min(1), z.literal(true).transform(() => "true")]);

export const RuleRow = z.strictObject({
	id: Id,
	when: Condition,
	gives: z.record(ResultName, ResultCell),
	/** Owed by law or contract (赔偿), or goodwill (补偿). */
	legal: z.enum(["owed", "goodwill"]).optional(),
	/** First and last day in force, both included. */
	from: z.iso.date().optional(),
	to: z.iso.date().optional(),
	source: Source,
	note: Bilingual.optional(),
	/** Name of the example that shows this row. */
	example: z.string().min(1).optional(),
});
export type RuleRow = z.output<typeof RuleRow>;

/** `first`: the first row that holds answers. `all`: every row that holds answers. */
export const RuleTable = z.strictObject({
	/** Pack and name: express.remedies */
	table: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
	version: z.string().min(1).optional(),
	hit: z.enum(["first", "all"]),
	gives: z.record(ResultName, ResultType),
	rows: z.array(RuleRow).min(1),
});
export type RuleTable = z.output<typeof RuleTable>;

/** Whether the row is in force on the day (YYYY-MM-DD). */
export function inForce(row: RuleRow, day: string): boolean {
	return (row.from === undefined || row.from <= day) && (row.to === undefined || day <= row.to);
}
