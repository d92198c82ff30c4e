import { type Case, type Item, isRestricted, type RemedyLine, standing } from "../case.ts";
import type { LoadedPack } from "../packs/loaded.ts";
import { isPaid } from "./execution-items.ts";

/**
 * What an order's own data prove: the complainant need bring nothing, nobody need ask anybody, and the pack lets such
 * cases be settled on the spot. Then the rules' remedy may be offered and paid without a person in between.
 */

/** Whether these lines follow from the order's frozen data alone, and some of them are paid out. */
export function isProven(lines: readonly RemedyLine[], kase: Case, pack: LoadedPack): boolean {
	if (kase.intake?.kind !== "complaint" || !kase.route?.onTheSpot || isRestricted(kase)) return false;
	const chosen = standing(kase).map((one) => pack.categories.get(one.category ?? ""));
	if (chosen.length === 0 || chosen.some((one) => !one || one.verify.length > 0)) return false;
	const priced = lines.filter((one) => one.amount !== null);
	return priced.some(isPaid) && priced.every((one) => readsOrder(one, pack));
}

/** A line that asks the order how it went, and not only what it cost. */
function readsOrder({ explanation }: RemedyLine, pack: LoadedPack): boolean {
	return (explanation?.inputs ?? []).some(({ fact }) => {
		const declared = pack.sheet[fact];
		return declared?.from?.startsWith("order.") === true && declared.type !== "money";
	});
}

/** An item of an offer that the system made because the order proves it, and that was accepted as it stood. */
export function paysItself(item: Item, kase: Case, pack: LoadedPack): boolean {
	const offer = kase.offers.find((one) => one.id === item.from);
	return offer?.by === "system" && offer.accepted !== null && isProven(offer.lines, kase, pack);
}
