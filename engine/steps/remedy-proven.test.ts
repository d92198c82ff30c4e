import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import { type Act, act, cast, type Step, theatre } from "../given.ts";
import { isProven } from "./remedy-proven.ts";

const { given, pack } = theatre(await readShippedPack("roadside-rescue"));

function filed(facts: Record<string, unknown>, category = "late-arrival"): Act {
	return act(cast.complainant, "FileComplaint", {
		channel: "page",
		verbatim: "救援来晚了",
		parties: [
			{ seat: "motorist", phone: "13800001234" },
			{ seat: "rescuer", person: "rescuer-1" },
		],
		orders: [{ number: "JY1", facts }],
		allegations: [{ category, accused: [1] }],
	});
}
const graded = act(cast.system, "GradeCase");
const computed = act(cast.system, "ComputeRemedy");
const offered = (by = cast.system) => act(by, "MakeOffer", { computation: "r1", grounds: "按订单记录给付" });
const accepted = act(cast.complainant, "AcceptOffer", { offer: "o1", through: "page" });
const paid = act(cast.system, "StartItem", { item: "x1", method: "wechat" });
const late: Step[] = [filed({ lateMinutes: 80, fee: 26_000 }), graded, computed];

test("what the order's data prove is offered and paid by the system itself, once", () => {
	const settled = given(...late, offered(), accepted, paid);
	expect(settled.kase.items[0]?.pending?.key).toBe("case-1:x1:1");
	expect(settled.when(paid).refusal?.reason).toBe("AlreadyDone");
});

test("the system pays nothing that a person offered", () => {
	expect(given(...late, offered(cast.handler), accepted).when(paid).refusal?.reason).toBe("NotAuthorised");
});

test("the system pays nothing that was not accepted", () => {
	expect(given(...late, offered()).when(paid).refusal?.reason).toBe("NotAgreed");
});

test("above what may be given alone nothing is offered without an approval", () => {
	const dear = given(filed({ lateMinutes: 80, fee: 90_000 }), graded, computed);
	expect(dear.when(offered()).refusal?.reason).toBe("CeilingMissing");
});

test.each<[string, Act, boolean]>([
	["an hour late", filed({ lateMinutes: 80, fee: 26_000 }), true],
	["a voucher, which is handed over and not paid", filed({ lateMinutes: 20, fee: 26_000 }), false],
	["a gift that asks no order how it went", filed({ fee: 26_000 }, "no-updates"), false],
])("proven by the order's data: %s", (_, first, proven) => {
	const { kase } = given(first, graded, computed);
	expect(isProven(kase.computations[0]?.lines ?? [], kase, pack)).toBe(proven);
});
