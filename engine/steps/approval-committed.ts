import type { Case, Item } from "../case.ts";

/** What has been promised already; ceilings count it. Without the rules, so that pages can show it. */

/** Whether an item is given by the company, and not out of a worker's own pocket within the worker's own limits. */
export function isCompanys(kase: Case, item: Item): boolean {
	return kase.offers.find((one) => one.id === item.from)?.from !== "respondent";
}

/** What the company has agreed to give in this case and not been let off: minor units. */
export function committed(kase: Case): number {
	return kase.items
		.filter((one) => !one.waived && !one.replacedBy && isCompanys(kase, one))
		.reduce((sum, one) => sum + (one.amount?.amount ?? 0), 0);
}
