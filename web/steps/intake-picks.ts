import type { FiledParty, Filing } from "./intake-filing.ts";
import type { Picked } from "./picked.ts";

/** Between facts picked out of the words and the fields of a filing. */

/** The side of each seat of the trade. */
export type Sides = Readonly<Record<string, string>>;

/** The field that a fact belongs in; parties by their place. */
export type Target =
	| { field: "order" | "occurredAt" | "place" | "claimed" | "category" }
	| { field: "phone" | "plate"; party: number };

const FIELDS = {
	order: "order",
	time: "occurredAt",
	place: "place",
	amount: "claimed",
	category: "category",
} as const;

/**
 * Where a fact goes. A phone is the complainant's; a plate is the other side's, unless the words say whose car it is
 * or nobody sits there.
 */
export function targetOf(picked: Picked, typed: Filing, sides: Sides): Target | null {
	if (picked.kind !== "phone" && picked.kind !== "plate") return { field: FIELDS[picked.kind] };
	const parties = typed.parties ?? [];
	const at = (side: string) =>
		parties.findIndex((one) => one?.seat !== undefined && sides[one.seat] === side);
	const own = at("complainant");
	const other = at("respondent");
	if (picked.kind === "phone") return own < 0 ? null : { field: "phone", party: own };
	const party = picked.whose === "own" ? own : other >= 0 ? other : own;
	return party < 0 ? null : { field: "plate", party };
}

/** What stands in the field now. */
export function standing(target: Target, typed: Filing): string {
	if ("party" in target) return typed.parties?.[target.party]?.[target.field] ?? "";
	return typed[target.field] ?? "";
}

/** What a form's fields become when a fact is taken. */
export function taking(picked: Picked, target: Target, typed: Filing): Partial<Filing> {
	if (!("party" in target)) return { [target.field]: picked.value };
	const parties = [...(typed.parties ?? [])];
	const party: FiledParty = { ...parties[target.party], [target.field]: picked.value };
	parties[target.party] = party;
	return { parties };
}

/** A fact that is still to be taken or ignored, and what it would replace. */
export interface Offered {
	picked: Picked;
	target: Target;
	replaces: string;
}

/**
 * The facts worth offering: those that have a field and don't stand in it already, of each field the first two. What
 * a person has ignored, or replaced by their own, is not offered again.
 */
export function offeredFrom(
	all: readonly Picked[],
	typed: Filing,
	sides: Sides,
	ignored: ReadonlySet<string>,
): Offered[] {
	const perField = new Map<string, number>();
	return all.flatMap((picked): Offered[] => {
		const target = targetOf(picked, typed, sides);
		if (!target || ignored.has(keyOf(picked))) return [];
		const replaces = standing(target, typed);
		if (replaces === picked.value) return [];
		const count = perField.get(target.field) ?? 0;
		// a guess never asks to replace what somebody has filled in
		if (count >= 2 || (replaces !== "" && (picked.kind === "category" || picked.rough))) return [];
		perField.set(target.field, count + 1);
		return [{ picked, target, replaces }];
	});
}

export function keyOf({ kind, value }: Picked): string {
	return `${kind} ${value}`;
}
