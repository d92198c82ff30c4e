import type { FastifyRequest } from "fastify";
import { newId } from "../ids.ts";
import type { ResendEffect } from "../jobs/resend.ts";
import type { Delivery, Teller } from "../ports/receipts.ts";
import { type DueRow, insertDue } from "../store/due.ts";
import { noteDeliveries } from "../store/notices.ts";
import type { Edge, Plugin } from "./app.ts";
import { toldRoute } from "./told.ts";

type Channel = "sms" | "wechat";

/** What became of messages, told by those who carry them. One that did not arrive goes out by the next way. */
export function receiptRoutes(tellers: Partial<Record<Channel, Teller<Delivery>>>): Plugin {
	return (app, edge) => {
		for (const channel of ["sms", "wechat"] as const)
			toldRoute(
				...([app, edge, `/api/receipts/${channel}`] as const),
				`What became of messages by ${channel}, told by the provider`,
				() => tellers[channel],
				(told, request) => take(edge, channel, told, request),
			);
	};
}

async function take(
	{ desk }: Edge,
	channel: Channel,
	told: readonly Delivery[],
	request: FastifyRequest,
): Promise<void> {
	const now = desk.clock();
	const deliveries = told.map((one) => ({ ...one, at: one.at ?? now, why: one.why?.slice(0, 60) ?? null }));
	await desk.database.transaction(async (session) => {
		const [rows = []] = await session.runAll([noteDeliveries(channel, deliveries)]);
		const failed = (rows as Told[]).filter((one) => one.state === "failed" && one.stream !== "");
		await session.commitWith(
			insertDue(
				failed.map(
					(one): DueRow => ({
						...{ company: one.company, id: newId(), stream: one.stream, kind: "effect" },
						key: `resend:${one.key}`,
						at: now,
						payload: { do: "resend", notice: one.key } satisfies ResendEffect,
					}),
				),
			),
		);
	});
	desk.committed({ company: "", case: "", seq: 0, due: true });
	request.log.info({ channel, told: told.length }, "receipts");
}

interface Told {
	company: string;
	stream: string;
	key: string;
	state: string;
}
