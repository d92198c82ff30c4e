import { instantPlus } from "#engine/time/instant.ts";
import type { App, Edge } from "../http/app.ts";
import type { OrderRecord } from "../ports/order-book.ts";
import { COMPANY } from "./company.ts";

/** Orders of the demo that nobody has complained about yet, to complain about from a phone. */

interface Fresh {
	trade: string;
	number: string;
	seat: string;
	name: string;
	phone: string;
	facts: OrderRecord["facts"];
	worker: { role: string; person: string };
}

const FRESH: readonly Fresh[] = [
	{
		...{
			trade: "roadside-rescue",
			number: "JY2026118801",
			seat: "motorist",
			name: "何先生",
			phone: "19900008801",
		},
		facts: { fee: 26_000, lateMinutes: 82 },
		worker: { role: "rescuer", person: "rescuer" },
	},
	{
		...{ trade: "express", number: "YD7711880002", seat: "recipient", name: "许女士", phone: "19900008802" },
		facts: { fee: 1_200, insured: false },
		worker: { role: "courier", person: "courier" },
	},
	{
		...{
			trade: "freight-hailing",
			number: "HY2026118803",
			seat: "customer",
			name: "邓先生",
			phone: "19900008803",
		},
		facts: { fee: 38_000, carryingOrdered: true, carryingFee: 8_000 },
		worker: { role: "driver", person: "driver" },
	},
];

/** As the order system would have put them in. */
export function freshOrders(now: string): OrderRecord[] {
	const takenAt = instantPlus(now, { hours: -20 });
	return FRESH.map(({ trade, number, seat, name, phone, facts, worker }) => ({
		...{ trade, number, facts, takenAt, status: "done", worker: worker.person },
		people: [{ role: seat, name, phone }],
		amount: { amount: Number(facts.fee), currency: "CNY" },
		events: [
			{ at: takenAt, what: "下单" },
			{ at: instantPlus(takenAt, { hours: 3 }), what: "已完成" },
		],
	}));
}

/** What somebody needs to try complaining where no message really goes out; mounted only where DEMO is on. */
export function complainingDemoRoutes(app: App, { desk }: Edge): void {
	const tags = ["demo"];
	const orders = { summary: "Orders of the demo to complain about", tags };
	app.get("/api/demo/orders", { schema: orders }, async () => ({
		orders: FRESH.map(({ trade, number, phone }) => ({ trade, number, phone })),
	}));
	const code = { summary: "The code that would have gone out last", tags };
	app.get("/api/demo/code", { schema: code }, async (_, reply) => {
		const sql = `select w.content as text from notice n join words w on w.company = n.company and w.ref = n.text_ref
where n.company = $1 and n.wording = 'account.code' order by n.at desc, n.id desc limit 1`;
		const [[row] = []] = (await desk.database.read([{ name: "demo-code", sql, parameters: [COMPANY] }])) as {
			text: string;
		}[][];
		return reply
			.header("cache-control", "no-store")
			.send({ code: /\d{6}/.exec(row?.text ?? "")?.[0] ?? null });
	});
}
