import type { z } from "zod";
import { can } from "../actor.ts";
import type { Case, Item } from "../case.ts";
import { approversOf, inAccusedLine } from "../conflicts.ts";
import { accept, type Decision, firstOf, type Refusal, refusal, refuse } from "../decision.ts";
import { isCompanys } from "./approval-committed.ts";
import { ceilingFor } from "./approval-limits.ts";
import type { ExecutionEvent, StartItem } from "./execution.ts";
import { isPaid, openItem } from "./execution-items.ts";
import { paysItself } from "./remedy-proven.ts";
import type { Context } from "./step.ts";

/** Money moves once per item, by somebody who did not approve it, under its ceiling (laws 3 and 6). */

/** One key per attempt: the payer pays a key once, whatever is sent again. */
export function keyOf(kase: Case, item: Item): string {
	return `${kase.id}:${item.id}:${item.attempts.length + 1}`;
}

/**
 * The payer is not the approver and not of the accused's own line (law 3); nothing is paid above its ceiling (law 6).
 * The system pays only what an order's own data prove.
 */
export function mayPay(item: Item, kase: Case, context: Context): Refusal | null {
	const { actor, pack } = context;
	const currency = item.amount?.currency ?? "";
	const proven = can(actor, "system") && paysItself(item, kase, pack);
	return firstOf(
		!can(actor, "pay") && !proven && refusal("NotAuthorised", { needs: ["pay"] }),
		kase.approvals.some((one) => approversOf(one).includes(actor.id)) && refusal("ApproverPays"),
		inAccusedLine(kase, actor),
		isCompanys(kase, item) && ceilingFor(kase, { amount: 0, currency }, context, null),
	);
}

export function startItem(
	{ item: id, method, payee }: z.output<typeof StartItem>,
	kase: Case,
	context: Context,
): Decision<ExecutionEvent> {
	const item = openItem(kase, id);
	if (!item) return refuse("UnknownItem", { item: id });
	if (item.started && !item.held) return refuse("AlreadyDone", { item: id });
	if (payee && !kase.parties.some((one) => one.id === payee)) return refuse("UnknownParty", { party: payee });
	if (!isPaid(item))
		return accept({
			type: "ItemStarted",
			data: { item: id, method: "none", payee: payee ?? null, key: null },
		});
	const no = firstOf(
		mayPay(item, kase, context),
		method === "none" && refusal("Malformed", { field: "method", hint: "how is it paid" }),
	);
	if (no) return { ok: false, refusal: no };
	const key = method === "cash" ? null : keyOf(kase, item);
	return accept({ type: "ItemStarted", data: { item: id, method, payee: payee ?? null, key } });
}
