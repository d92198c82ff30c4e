import { z } from "zod";
import { can } from "../actor.ts";
import { type Case, type Item, partyOf } from "../case.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../decision.ts";
import { type Kept, Remark } from "../kept.ts";
import { ItemKind } from "../packs/schema.ts";
import type { Event } from "./event.ts";
import { freshItem, isPaid, openItem, openItems } from "./execution-items.ts";
import { keyOf, mayPay, startItem } from "./execution-paying.ts";
import { isMoneyItem } from "./remedy-lines.ts";
import { command, type Effect, type Obligation, type Step } from "./step.ts";

/** 执行: each item of what was agreed is done, failed, retried, replaced, waived or held. Money moves once per item. */

export const StartItem = z.strictObject({
	item: z.string(),
	method: z.enum(["wechat", "alipay", "bank", "cash", "balance", "none"]),
	payee: z.string().optional(),
});
const CompleteItem = z.strictObject({
	item: z.string(),
	receipt: z.string().max(200).optional(),
	words: Remark.optional(),
});
const FailItem = z.strictObject({ item: z.string(), reason: Remark });
const RetryItem = z.strictObject({ item: z.string() });
const ReplaceItem = z.strictObject({
	item: z.string(),
	with: ItemKind,
	amount: z.int().min(0).optional(),
	words: Remark,
});
const WaiveItem = z.strictObject({ item: z.string(), why: Remark });
const HoldItem = z.strictObject({ item: z.string(), why: Remark });
const RecordPaymentResult = z.strictObject({
	item: z.string(),
	key: z.string(),
	result: z.enum(["done", "failed", "pending"]),
	receipt: z.string().max(200).optional(),
	reason: Remark.optional(),
});
const RecordCashReceipt = z.strictObject({ item: z.string(), evidence: z.string() });
const RecordRecovery = z.strictObject({ item: z.string(), from: z.string(), amount: z.int().positive() });

export type ExecutionEvent =
	| Event<
			"ItemStarted",
			{
				item: string;
				method: NonNullable<Item["started"]>["method"];
				payee: string | null;
				key: string | null;
			}
	  >
	| Event<"ItemDone", { item: string; receipt: string | null; words: Kept | null }>
	| Event<"ItemFailed", { item: string; reason: Kept | null }>
	| Event<"ItemRetried", { item: string; key: string | null }>
	| Event<"ItemReplaced", { item: string; by: Item }>
	| Event<"ItemWaived", { item: string; why: Kept }>
	| Event<"ItemHeld", { item: string; why: Kept }>
	| Event<"RecoveryRecorded", { item: string; from: string; amount: number }>
	| Event<"ExecutionEnded", Record<string, never>>;

export const execution: Step<ExecutionEvent> = {
	name: "execution",
	commands: {
		StartItem: command<typeof StartItem, ExecutionEvent>({
			schema: StartItem,
			by: ["pay", "handle", "settle", "answer", "system"],
			guard: (kase) => someOpen(kase),
			decide: startItem,
		}),
		CompleteItem: command<typeof CompleteItem, ExecutionEvent>({
			schema: CompleteItem,
			by: ["handle", "settle", "answer", "respond", "pay"],
			guard: (kase) => someOpen(kase),
			decide: ({ item: id, receipt, words }, kase, { actor }) => {
				const item = openItem(kase, id);
				if (!item) return refuse("UnknownItem", { item: id });
				// a worker does what they owe themself
				const own = actor.kind === "respondent" ? partyOf(kase, actor)?.seat : item.bearer;
				if (own !== item.bearer) return refuse("NotYourPart");
				if (isPaid(item)) return refuse("NotStarted", { item: id, hint: "money is paid, not ticked off" });
				return finish(kase, id, {
					type: "ItemDone",
					data: { item: id, receipt: receipt ?? null, words: words ?? null },
				});
			},
		}),
		FailItem: command<typeof FailItem, ExecutionEvent>({
			schema: FailItem,
			by: ["handle", "settle", "answer", "respond", "pay"],
			guard: (kase) => someOpen(kase),
			decide: ({ item: id, reason }, kase, { actor }) => {
				const item = openItem(kase, id);
				if (!item) return refuse("UnknownItem", { item: id });
				if (isPaid(item) && !can(actor, "pay", "handle")) return refuse("NotAuthorised", { needs: ["pay"] });
				if (item.pending) return refuse("NotOpen", { item: id, hint: "a payment is on its way" });
				return accept({ type: "ItemFailed", data: { item: id, reason } });
			},
		}),
		RetryItem: command<typeof RetryItem, ExecutionEvent>({
			schema: RetryItem,
			by: ["pay", "handle", "answer"],
			guard: (kase) => someOpen(kase),
			decide: ({ item: id }, kase, context) => {
				const item = openItem(kase, id);
				if (!item) return refuse("UnknownItem", { item: id });
				if (!item.started || item.held) return refuse("NotStarted", { item: id });
				if (item.pending) return refuse("AlreadyOpen", { item: id, hint: "a payment is on its way" });
				if (!item.attempts.some((one) => !one.ok)) return refuse("NotOpen", { item: id });
				const no = isPaid(item) ? mayPay(item, kase, context) : null;
				if (no) return { ok: false, refusal: no };
				// cash is handed over anew, nothing is sent
				const sent = isPaid(item) && item.started.method !== "cash";
				return accept({ type: "ItemRetried", data: { item: id, key: sent ? keyOf(kase, item) : null } });
			},
		}),
		ReplaceItem: command<typeof ReplaceItem, ExecutionEvent>({
			schema: ReplaceItem,
			by: ["handle", "settle"],
			guard: (kase) => someOpen(kase),
			decide: ({ item: id, with: kind, amount, words }, kase) => {
				const item = openItem(kase, id);
				if (!item) return refuse("UnknownItem", { item: id });
				if (item.pending) return refuse("NotOpen", { item: id, hint: "a payment is on its way" });
				if (isMoneyItem(kind) && !amount)
					return refuse("Malformed", { field: "amount", hint: `${kind} is nothing without an amount` });
				const most = item.amount?.amount ?? 0;
				if ((amount ?? 0) > most) return refuse("CeilingExceeded", { total: amount ?? 0, ceiling: most });
				const value = amount && item.amount ? { amount, currency: item.amount.currency } : null;
				const by = freshItem(
					{ ...item, item: kind, amount: value, words, explanation: null },
					`x${kase.items.length + 1}`,
					item.from,
				);
				return accept({ type: "ItemReplaced", data: { item: id, by } });
			},
		}),
		WaiveItem: command<typeof WaiveItem, ExecutionEvent>({
			schema: WaiveItem,
			by: ["complain", "handle"],
			guard: (kase) => someOpen(kase),
			decide: ({ item: id, why }, kase) => {
				const item = openItem(kase, id);
				if (!item) return refuse("UnknownItem", { item: id });
				if (item.pending) return refuse("NotOpen", { item: id, hint: "a payment is on its way" });
				return finish(kase, id, { type: "ItemWaived", data: { item: id, why } });
			},
		}),
		HoldItem: command<typeof HoldItem, ExecutionEvent>({
			schema: HoldItem,
			by: ["pay", "handle", "legal"],
			guard: (kase) => someOpen(kase),
			decide: ({ item: id, why }, kase) => {
				const item = openItem(kase, id);
				if (!item || item.held) return refuse(item ? "AlreadyDone" : "UnknownItem", { item: id });
				return item.pending
					? refuse("NotOpen", { item: id })
					: accept({ type: "ItemHeld", data: { item: id, why } });
			},
		}),
		RecordPaymentResult: command<typeof RecordPaymentResult, ExecutionEvent>({
			schema: RecordPaymentResult,
			by: ["system"],
			evenWhen: ["closed", "joined"],
			decide: (fields, kase) => {
				const item = kase.items.find((one) => one.id === fields.item);
				if (!item) return refuse("UnknownItem", { item: fields.item });
				// a result for another key, or a second one for the same, changes nothing
				if (item.pending?.key !== fields.key) return refuse("AlreadyDone", { item: fields.item });
				if (fields.result === "pending") return refuse("NotOpen", { item: fields.item });
				if (fields.result === "failed")
					return accept({ type: "ItemFailed", data: { item: item.id, reason: fields.reason ?? null } });
				return finish(kase, item.id, {
					type: "ItemDone",
					data: { item: item.id, receipt: fields.receipt ?? null, words: null },
				});
			},
		}),
		RecordCashReceipt: command<typeof RecordCashReceipt, ExecutionEvent>({
			schema: RecordCashReceipt,
			by: ["pay"],
			guard: (kase) => someOpen(kase),
			decide: ({ item: id, evidence }, kase, context) => {
				const item = openItem(kase, id);
				if (item?.started?.method !== "cash") return refuse("NotStarted", { item: id });
				if (!kase.evidence.some((one) => one.id === evidence && one.file))
					return refuse("EvidenceMissing", { evidence });
				const no = mayPay(item, kase, context);
				return no
					? { ok: false, refusal: no }
					: finish(kase, id, { type: "ItemDone", data: { item: id, receipt: evidence, words: null } });
			},
		}),
		RecordRecovery: command<typeof RecordRecovery, ExecutionEvent>({
			schema: RecordRecovery,
			by: ["pay"],
			evenWhen: ["closed"],
			decide: ({ item: id, from, amount }, kase) => {
				const item = kase.items.find((one) => one.id === id);
				if (!item) return refuse("UnknownItem", { item: id });
				if (!item.done || !item.amount) return refuse("NotOpen", { item: id });
				if (amount > item.amount.amount) return refuse("LimitExceeded", { ceiling: item.amount.amount });
				// from a party, or from an insurer that a proceeding is open with
				const known = [...kase.parties, ...kase.proceedings].some((one) => one.id === from);
				if (!known) return refuse("UnknownParty", { party: from });
				return item.recovery
					? refuse("AlreadyDone", { item: id })
					: accept({ type: "RecoveryRecorded", data: { item: id, from, amount } });
			},
		}),
	},
	fold: {
		ItemStarted: (kase, { item, method, payee, key }, { at, by }) =>
			change(kase, item, (one) => ({
				...one,
				started: { at, by, method },
				held: null,
				payee: payee ?? one.payee,
				pending: key ? { key, since: at } : null,
			})),
		ItemDone: (kase, { item, receipt, words }, { at, by }) =>
			change(kase, item, (one) => ({
				...one,
				pending: null,
				attempts: [...one.attempts, { at, ok: true, receipt, reason: null }],
				done: { at, by, receipt, words },
			})),
		ItemFailed: (kase, { item, reason }, { at }) =>
			change(kase, item, (one) => ({
				...one,
				pending: null,
				attempts: [...one.attempts, { at, ok: false, receipt: null, reason }],
			})),
		ItemRetried: (kase, { item, key }, { at }) =>
			change(kase, item, (one) => ({ ...one, pending: key ? { key, since: at } : null })),
		ItemReplaced: (kase, { item, by }) => ({
			...kase,
			items: [...kase.items.map((one) => (one.id === item ? { ...one, replacedBy: by.id } : one)), by],
		}),
		ItemWaived: (kase, { item, why }, { at, by }) =>
			change(kase, item, (one) => ({ ...one, waived: { at, by, why } })),
		ItemHeld: (kase, { item, why }, { at, by }) =>
			change(kase, item, (one) => ({ ...one, held: { at, by, why } })),
		RecoveryRecorded: (kase, { item, from, amount }, { at, by }) =>
			change(kase, item, (one) => ({
				...one,
				recovery: { from, amount: { amount, currency: one.amount?.currency ?? "" }, done: { at, by } },
			})),
		ExecutionEnded: (kase) => kase,
	},
	moments: { ExecutionEnded: ["execution-ended"] },
	react: reactToExecution,
	timers: () => [],
	standing: (kase) => {
		if (kase.items.length === 0)
			return kase.closure || kase.finalPosition?.nothingOwed ? "not-needed" : "waiting";
		return openItems(kase).length === 0 ? "done" : "open";
	},
	obligations: executionDue,
};

function executionDue(kase: Case): Obligation[] {
	const due = kase.clocks.find((one) => one.name === "pay" && !one.stopped)?.due ?? null;
	const owner = kase.owner ? { person: kase.owner.person } : { capability: "handle" as const };
	return openItems(kase).map((one) => ({
		step: "execution",
		what: one.pending ? "payment-pending" : one.held ? "item-held" : "carry-out",
		who: one.pending ? { capability: "system" } : isPaid(one) ? { capability: "pay" } : owner,
		due,
		command: nextCommand(one),
		blocks: ["closure"],
		about: one.id,
	}));
}

function nextCommand(one: Item): string {
	if (!isPaid(one)) return "CompleteItem";
	if (one.pending) return "RecordPaymentResult";
	if (!one.started || one.held) return "StartItem";
	const failed = one.attempts.length > 0;
	return failed ? "RetryItem" : "RecordCashReceipt";
}

function someOpen(kase: Case): Refusal | null {
	return openItems(kase).length > 0 ? null : refusal("NotAgreed");
}

function change(kase: Case, id: string, how: (one: Item) => Item): Case {
	return { ...kase, items: kase.items.map((one) => (one.id === id ? how(one) : one)) };
}

/** The last item to end ends the execution. */
function finish(kase: Case, id: string, event: ExecutionEvent): Decision<ExecutionEvent> {
	const last = openItems(kase).every((one) => one.id === id);
	return last ? accept<ExecutionEvent>(event, { type: "ExecutionEnded", data: {} }) : accept(event);
}

function reactToExecution(event: ExecutionEvent, kase: Case): Effect[] {
	const tell = (notice: "item-done" | "payment-sent" | "item-failed", item: string): Effect[] => {
		const one = kase.items.find((known) => known.id === item);
		const party = one?.payee ?? kase.parties.find((known) => known.side === "complainant")?.id;
		return party
			? [{ do: "notify", to: { party }, notice, values: { amount: one?.amount?.amount ?? 0 } }]
			: [];
	};
	switch (event.type) {
		case "ItemStarted":
			return event.data.key ? [{ do: "pay", item: event.data.item, key: event.data.key }] : [];
		case "ItemRetried":
			return event.data.key ? [{ do: "pay", item: event.data.item, key: event.data.key }] : [];
		case "ItemDone": {
			const item = kase.items.find((one) => one.id === event.data.item);
			return tell(item && isPaid(item) ? "payment-sent" : "item-done", event.data.item);
		}
		case "ItemFailed":
			return [{ do: "notify", to: { capability: "pay" }, notice: "item-failed" }];
		default:
			return [];
	}
}
