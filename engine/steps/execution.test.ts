import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import { act, cast, theatre } from "../given.ts";
import { agreedOn, completed, damageAgreed, payment, started } from "../given-story.ts";

const { given } = theatre(await readShippedPack("express"));

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
