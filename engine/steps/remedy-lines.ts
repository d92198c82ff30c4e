import { z } from "zod";
import type { Case, Money, RemedyLine } from "../case.ts";
import { factsOf, ruleDay } from "../case-facts.ts";
import { type Refusal, refusal } from "../decision.ts";
import { Remark } from "../kept.ts";
import type { LoadedPack } from "../packs/loaded.ts";
import { ItemKind } from "../packs/schema.ts";
import { evaluateTable } from "../rules/evaluate.ts";
import type { FactValues } from "../rules/facts.ts";
import type { Instant } from "../time/instant.ts";

/** The lines of a remedy: what the pack's tables give, with the arithmetic, and what somebody gives of their own. */

export const Line = z.strictObject({
	item: ItemKind,
	/** Minor units of the pack's currency, of the whole line; without it the item costs nothing. */
	amount: z.int().min(0).optional(),
	count: z.int().min(1).max(1000).default(1),
	bearer: z.string().default("company"),
	legal: z.enum(["owed", "goodwill"]).default("goodwill"),
	words: Remark.optional(),
	payee: z.string().optional(),
});
export type Line = z.output<typeof Line>;

export function totalOf(lines: readonly RemedyLine[], currency: string): Money {
	return { amount: lines.reduce((sum, one) => sum + (one.amount?.amount ?? 0), 0), currency };
}

/** What the pack's tables give, line by line, with the arithmetic; or the facts that must be known first. */
export function remedyLines(
	kase: Case,
	pack: LoadedPack,
	now: Instant,
	about: string | undefined,
	stated: FactValues,
) {
	const currency = pack.data.head.currency;
	const facts = factsOf(kase, pack, about, stated);
	const answer = evaluateTable(pack.tables.remedies, facts, ruleDay(kase, pack, now));
	if (!answer.ok) return answer;
	const lines = answer.hits.map((hit): RemedyLine => {
		const amount = Number(hit.values.amount ?? 0);
		return {
			item: ItemKind.parse(hit.values.item),
			amount: amount > 0 ? { amount, currency } : null,
			count: Number(hit.values.count ?? 1),
			bearer: String(hit.values.bearer ?? "company"),
			legal: hit.legal ?? "goodwill",
			explanation: hit.explanation,
			words: null,
			payee: null,
		};
	});
	return {
		ok: true as const,
		lines: lines.filter((one) => one.amount !== null || !MONEY_ITEMS.has(one.item)),
		facts,
	};
}

/** Items that are nothing without an amount. */
const MONEY_ITEMS: ReadonlySet<string> = new Set<string>([
	"compensation",
	"refund",
	"fee-reduction",
	"voucher",
]);

/** Whether the seats, payees and amounts of lines of one's own are such as can be carried out. */
export function checkLines(given: readonly Line[], kase: Case, pack: LoadedPack): Refusal | null {
	for (const { item, amount, bearer, payee } of given) {
		if (!pack.data.head.seats[bearer]) return refusal("UnknownParty", { seat: bearer });
		if (payee !== undefined && !kase.parties.some((one) => one.id === payee))
			return refusal("UnknownParty", { party: payee });
		if (MONEY_ITEMS.has(item) && !amount)
			return refusal("Malformed", { field: "amount", hint: `${item} is nothing without an amount` });
	}
	return null;
}

export function isMoneyItem(item: string): boolean {
	return MONEY_ITEMS.has(item);
}

export function linesFrom(given: readonly Line[], pack: LoadedPack): RemedyLine[] {
	const currency = pack.data.head.currency;
	return given.map((one) => ({
		item: one.item,
		amount: one.amount ? { amount: one.amount, currency } : null,
		count: one.count,
		bearer: one.bearer,
		legal: one.legal,
		explanation: null,
		words: one.words ?? null,
		payee: one.payee ?? null,
	}));
}

/** The lines of a computation, then the lines of one's own. */
export function chosenLines(
	fields: { computation?: string; lines: Line[] },
	kase: Case,
	pack: LoadedPack,
): RemedyLine[] | null {
	const computed = fields.computation ? kase.computations.find((one) => one.id === fields.computation) : null;
	if (fields.computation && !computed) return null;
	return [...(computed?.lines ?? []), ...linesFrom(fields.lines, pack)];
}
