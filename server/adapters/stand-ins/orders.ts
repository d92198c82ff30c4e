import { createHmac } from "node:crypto";
import { type Reply, type StandIn, standIn } from "./listen.ts";

export type OrdersStandIn = StandIn & {
	/** Records by path, as asked for. */
	records: Map<string, unknown>;
	/** Answers to give, in order, before looking anything up. */
	next: (Reply | "never")[];
	/** How often it was asked. */
	asked: number;
};

/** A company's order system at `/<company>/orders/<number>`, with a bearer token or our signed headers. */
export async function ordersStandIn(secrets: {
	token: string;
	keyId: string;
	secret: string;
}): Promise<OrdersStandIn> {
	const state: Omit<OrdersStandIn, keyof StandIn> = { records: new Map(), next: [], asked: 0 };
	const server = await standIn(({ method, url, headers }) => {
		state.asked += 1;
		const answer = state.next.shift();
		if (answer !== undefined) return answer;
		const lines = [method, url.pathname + url.search, headers["x-redress-date"]].join("\n");
		const mac = createHmac("sha256", secrets.secret).update(lines).digest("hex");
		const isSigned = headers["x-redress-key"] === secrets.keyId && headers["x-redress-signature"] === mac;
		if (!isSigned && headers.authorization !== `Bearer ${secrets.token}`) return { status: 401, body: "{}" };
		const record = state.records.get(url.pathname);
		return record === undefined ? { status: 404, body: "{}" } : { status: 200, body: JSON.stringify(record) };
	});
	return Object.assign(state, server);
}
