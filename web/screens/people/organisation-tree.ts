import type { Organisation, Relation } from "./queries.ts";

/** An organisation below another, as the tree shows it; under several parents it stands several times. */
export interface Branch {
	organisation: Organisation;
	/** How it belongs to the one above; null: to nobody. */
	relation: Relation | null;
	children: Branch[];
}

/** Who belongs to whom on a day. Whoever belongs to nobody stands at the top; a circle is cut where it closes. */
export function treeOf(
	organisations: readonly Organisation[],
	relations: readonly Relation[],
	day: string,
): Branch[] {
	const inForce = relations.filter((one) => one.from <= day && (one.to === null || day <= one.to));
	const known = new Map(organisations.map((one) => [one.id, one]));
	const below = Map.groupBy(inForce, (one) => one.parent);
	const belonging = new Set(inForce.map((one) => one.child));
	const branchOf = (
		organisation: Organisation,
		relation: Relation | null,
		above: readonly string[],
	): Branch => ({
		organisation,
		relation,
		children: (below.get(organisation.id) ?? []).flatMap((one) => {
			const child = known.get(one.child);
			if (!child || above.includes(child.id)) return [];
			return [branchOf(child, one, [...above, organisation.id])];
		}),
	});
	const tops = organisations.filter((one) => !belonging.has(one.id));
	return tops
		.toSorted((a, b) => Number(b.kind === "head-office") - Number(a.kind === "head-office"))
		.map((one) => branchOf(one, null, [one.id]));
}
