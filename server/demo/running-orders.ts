import { instantPlus } from "#engine/time/instant.ts";
import type { OrderRecord } from "../ports/order-book.ts";

/** Orders of the demo that are on the road now: to be noted on from the worker's phone, and complained about after. */

/** number, trade, worker, the receiving seat, name, phone, fee, status */
const RUNNING: readonly [string, string, string, string, string, string, number, string][] = [
	["YD880012", "express", "courier", "recipient", "周女士", "13800010012", 1_200, "派送中"],
	["YD880013", "express", "courier", "recipient", "何先生", "13800010013", 1_500, "派送中"],
	["FR880021", "freight-hailing", "driver", "consignee", "吴女士", "13800010021", 28_000, "已接单"],
	["FR880022", "freight-hailing", "driver", "consignee", "郑先生", "13800010022", 19_500, "运输中"],
	["RD880031", "ride-hailing", "cabbie", "passenger", "孙女士", "13800010031", 4_200, "行程中"],
	["RS880041", "roadside-rescue", "rescuer", "motorist", "钱先生", "13800010041", 38_000, "前往现场"],
	["LG880051", "logistics-enterprise", "trucker", "consignee", "冯经理", "13800010051", 96_000, "运输中"],
];

export function runningOrders(now: string): OrderRecord[] {
	return RUNNING.map(([number, trade, worker, role, name, phone, fee, status], n) => {
		const takenAt = instantPlus(now, { minutes: -90 - 7 * n });
		return {
			...{ number, trade, status, worker, takenAt },
			facts: { fee },
			people: [{ role, name, phone }],
			amount: { amount: fee, currency: "CNY" },
			events: [
				{ at: takenAt, what: "下单" },
				{ at: instantPlus(takenAt, { minutes: 12 }), what: "已接单" },
			],
		};
	});
}
