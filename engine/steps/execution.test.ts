import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import type { Actor } from "../actor.ts";
import { type Act, act, cast, type Step, theatre } from "../given.ts";
import { agreedOn, completed, damageAgreed, payment, photo, started, takenUp } from "../given-story.ts";
import { obligations } from "../journey.ts";

const { given, pack } = theatre(await readShippedPack("express"));

test("money moves by one key per attempt, and a second result for it changes nothing", () => {
	const sent = given(...damageAgreed, started());
	expect(sent.kase.items[0]?.pending?.key).toBe("case-1:x1:1");
	const paid = given(...damageAgreed, started(), payment("done"));
	expect(paid.kase.items[0]?.done).not.toBeNull();
	expect(paid.when(payment("done")).refusal?.reason).toBe("AlreadyDone");
});

test("failed, retried with another key, paid once", () => {
	const retry = act(cast.finance, "RetryItem", { item: "x1" });
	const again = given(...damageAgreed, started(), payment("failed"), retry);
	expect(again.kase.items[0]?.pending?.key).toBe("case-1:x1:2");
	expect(again.when(payment("done", 1)).refusal?.reason).toBe("AlreadyDone");
	const done = again.when(payment("done", 2));
	expect(done.kase.items[0]?.attempts.map((one) => one.ok)).toEqual([false, true]);
});

test("a payment on its way is neither retried nor waived nor replaced", () => {
	const sent = given(...damageAgreed, started());
	expect(sent.when(act(cast.finance, "RetryItem", { item: "x1" })).refusal?.reason).toBe("AlreadyOpen");
	expect(sent.when(act(cast.complainant, "WaiveItem", { item: "x1", why: "不要了" })).refusal?.reason).toBe(
		"NotOpen",
	);
	expect(
		sent.when(act(cast.handler, "ReplaceItem", { item: "x1", with: "voucher", amount: 100, words: "换券" }))
			.refusal?.reason,
	).toBe("NotOpen");
});

test("the payer is not the approver, and money is not ticked off", () => {
	const both = { ...cast.approver, capabilities: ["approve", "pay"] as const };
	expect(given(...damageAgreed).when({ ...started(), by: both }).refusal?.reason).toBe("ApproverPays");
	expect(given(...damageAgreed).when(completed("x1")).ok).toBe(false);
});

test("cash is done against a signed receipt", () => {
	const cash = given(...damageAgreed, started({ method: "cash" }));
	expect(cash.kase.items[0]?.pending).toBeNull();
	expect(
		cash.when(act(cast.finance, "RecordCashReceipt", { item: "x1", evidence: "e9" })).refusal?.reason,
	).toBe("EvidenceMissing");
});

test("a replacement is worth no more than what it replaces", () => {
	const dearer = act(cast.handler, "ReplaceItem", {
		item: "x1",
		with: "voucher",
		amount: 99_999,
		words: "换成券",
	});
	expect(given(...damageAgreed).when(dearer).refusal?.reason).toBe("CeilingExceeded");
});

test("the last item to end ends the execution", () => {
	const nearly = given(...agreedOn, completed("x1"), completed("x2"));
	expect(nearly.when(completed("x9")).refusal?.reason).toBe("UnknownItem");
	expect(nearly.when(completed("x3")).events.map((one) => one.type)).toContain("ExecutionEnded");
});

type Row = [name: string, steps: Step[], one: Act, reason: string];
const by = (actor: Actor, type: string, fields = {}) => act(actor, type, fields);
const item = (type: string, actor: Actor, fields = {}) => by(actor, type, { item: "x1", ...fields });
const sent = [...damageAgreed, started()];
const failed = [...sent, payment("failed")];
const cash = [...damageAgreed, started({ method: "cash" })];
const held = item("HoldItem", cast.finance, { why: "收款账户不符" });
const retry = item("RetryItem", cast.finance);

test.each<Row>([
	["begun where nothing was agreed", takenUp, started(), "NotAgreed"],
	["begun, another", damageAgreed, started({ item: "x9" }), "UnknownItem"],
	["begun twice", sent, started(), "AlreadyDone"],
	["paid to nobody", damageAgreed, started({ payee: "p9" }), "UnknownParty"],
	["paid in no way", damageAgreed, started({ method: "none" }), "Malformed"],
	["paid by the handler", damageAgreed, { ...started(), by: cast.handler }, "NotAuthorised"],
	["paid by the accused's own line", damageAgreed, { ...started(), by: cast.insider }, "AccusedLine"],
	["money ticked off", damageAgreed, completed("x1"), "NotStarted"],
	[
		"a worker who ticks off what the outlet owes",
		damageAgreed,
		by(cast.courier, "CompleteItem", { item: "x2" }),
		"NotYourPart",
	],
	[
		"failed, another",
		damageAgreed,
		item("FailItem", cast.handler, { item: "x9", reason: "x" }),
		"UnknownItem",
	],
	["failed while on its way", sent, item("FailItem", cast.finance, { reason: "x" }), "NotOpen"],
	[
		"money failed by the courier",
		damageAgreed,
		item("FailItem", cast.courier, { reason: "x" }),
		"NotAuthorised",
	],
	["retried, another", failed, item("RetryItem", cast.finance, { item: "x9" }), "UnknownItem"],
	["retried before it was begun", damageAgreed, retry, "NotStarted"],
	["retried though it has not failed", cash, retry, "NotOpen"],
	["retried while held", [...failed, held], retry, "NotStarted"],
	[
		"retried by the approver",
		failed,
		{ ...retry, by: { ...cast.approver, capabilities: ["pay"] } },
		"ApproverPays",
	],
	[
		"replaced, another",
		damageAgreed,
		item("ReplaceItem", cast.handler, { item: "x9", with: "apology", words: "x" }),
		"UnknownItem",
	],
	[
		"replaced while on its way",
		sent,
		item("ReplaceItem", cast.handler, { with: "apology", words: "x" }),
		"NotOpen",
	],
	[
		"replaced by money without an amount",
		damageAgreed,
		item("ReplaceItem", cast.handler, { with: "refund", words: "x" }),
		"Malformed",
	],
	[
		"waived, another",
		damageAgreed,
		item("WaiveItem", cast.complainant, { item: "x9", why: "x" }),
		"UnknownItem",
	],
	["held, another", damageAgreed, item("HoldItem", cast.finance, { item: "x9", why: "x" }), "UnknownItem"],
	["held twice", [...damageAgreed, held], held, "AlreadyDone"],
	["held while on its way", sent, held, "NotOpen"],
	[
		"a result for nothing",
		damageAgreed,
		by(cast.system, "RecordPaymentResult", { item: "x9", key: "k", result: "done" }),
		"UnknownItem",
	],
	["a result that is none yet", sent, payment("pending"), "NotOpen"],
	["a result by finance", sent, { ...payment("done"), by: cast.finance }, "NotAuthorised"],
	[
		"a receipt for what is not paid in cash",
		sent,
		item("RecordCashReceipt", cast.finance, { evidence: "e1" }),
		"NotStarted",
	],
	[
		"a receipt by the approver",
		[...cash, photo],
		{
			...item("RecordCashReceipt", cast.finance, { evidence: "e1" }),
			by: { ...cast.approver, capabilities: ["pay"] },
		},
		"ApproverPays",
	],
	[
		"recovered from nothing",
		damageAgreed,
		item("RecordRecovery", cast.finance, { item: "x9", from: "p2", amount: 1 }),
		"UnknownItem",
	],
	[
		"recovered before it was paid",
		damageAgreed,
		item("RecordRecovery", cast.finance, { from: "p2", amount: 1 }),
		"NotOpen",
	],
	[
		"recovered more than was paid",
		[...sent, payment("done")],
		item("RecordRecovery", cast.finance, { from: "p2", amount: 30_001 }),
		"LimitExceeded",
	],
	[
		"recovered from nobody",
		[...sent, payment("done")],
		item("RecordRecovery", cast.finance, { from: "somebody", amount: 1 }),
		"UnknownParty",
	],
	[
		"recovered twice",
		[...sent, payment("done"), item("RecordRecovery", cast.finance, { from: "p2", amount: 1 })],
		item("RecordRecovery", cast.finance, { from: "p2", amount: 1 }),
		"AlreadyDone",
	],
])("refused: %s", (_, steps, one, reason) => {
	expect(given(...steps).when(one).refusal?.reason).toBe(reason);
});

test("a payment is ordered once per attempt, with the key that its result must bear", () => {
	const orders = given(...failed, retry).stage.effects.filter((one) => one.do === "pay");
	expect(orders).toEqual([
		{ do: "pay", item: "x1", key: "case-1:x1:1" },
		{ do: "pay", item: "x1", key: "case-1:x1:2" },
	]);
	expect(
		given(...sent).when({ ...payment("done"), fields: { ...payment("done").fields, key: "another" } }).refusal
			?.reason,
	).toBe("AlreadyDone");
});

test("cash that was not handed over is tried again in cash: nothing is sent", () => {
	const again = given(...cash, item("FailItem", cast.finance, { reason: "没见到人" }), retry);
	expect(again.kase.items[0]).toMatchObject({ pending: null, started: { method: "cash" } });
	expect(again.stage.effects.filter((one) => one.do === "pay")).toEqual([]);
	expect(
		given(...cash, photo).when(item("RecordCashReceipt", cast.finance, { evidence: "e1" })).kase.items[0]
			?.done?.receipt,
	).toBe("e1");
});

test("held, an item is begun anew when the way is clear", () => {
	const { kase } = given(...damageAgreed, held).when(started({ method: "bank" }));
	expect(kase.items[0]).toMatchObject({
		held: null,
		started: { method: "bank" },
		pending: { key: "case-1:x1:1" },
	});
});

test("a worker does what they owe themself, and no more", () => {
	const bring = [
		...takenUp,
		by(cast.handler, "ComputeRemedy", { facts: { lost: false } }),
		by(cast.handler, "MakeOffer", { computation: "r1", grounds: "x" }),
		by(cast.complainant, "AcceptOffer", { offer: "o1", through: "page" }),
	];
	expect(given(...bring).when(by(cast.courier, "CompleteItem", { item: "x1" })).kase.items[0]).toMatchObject({
		item: "redelivery",
		done: { by: "courier-1" },
	});
	expect(given(...bring).when(by(cast.courier, "CompleteItem", { item: "x2" })).refusal?.reason).toBe(
		"NotYourPart",
	);
});

test("what replaces an item is carried out in its stead, and waived or replaced items end the execution too", () => {
	const swapped = given(
		...damageAgreed,
		item("ReplaceItem", cast.handler, { with: "voucher", amount: 20_000, words: "客户要券" }),
	);
	expect(swapped.kase.items.map((one) => [one.item, one.replacedBy])).toEqual([
		["compensation", "x3"],
		["apology", null],
		["voucher", null],
	]);
	const { events } = given(...damageAgreed, item("WaiveItem", cast.complainant, { why: "不要了" })).when(
		completed("x2"),
	);
	expect(events.map((one) => one.type)).toContain("ExecutionEnded");
});

test("what is next goes by how far an item has come", () => {
	const due = (...steps: Step[]) => {
		const { stage } = given(...steps);
		const list = obligations(stage.kase, pack, stage.now).filter(
			(one) => one.step === "execution" && one.about === "x1",
		);
		return list.map((one) => `${one.what} ${one.command}`);
	};
	expect(due(...damageAgreed)).toEqual(["carry-out StartItem"]);
	expect(due(...sent)).toEqual(["payment-pending RecordPaymentResult"]);
	expect(due(...failed)).toEqual(["carry-out RetryItem"]);
	expect(due(...failed, held)).toEqual(["item-held StartItem"]);
	expect(due(...cash)).toEqual(["carry-out RecordCashReceipt"]);
	expect(due(...sent, payment("done"))).toEqual([]);
	expect(due(...agreedOn)).toEqual(["carry-out CompleteItem"]);
});
