import { renderSVG } from "uqr";
import { z } from "zod";
import { can } from "#engine/actor.ts";
import { refusal } from "#engine/decision.ts";
import type { App, Edge, Plugin } from "./app.ts";
import { callerOf } from "./caller.ts";
import { ORDER_READERS } from "./orders.ts";
import { sendRefusal } from "./problem.ts";

const Params = z.object({ number: z.string().min(1).max(100) });

/**
 * The picture to print on a receipt or a waybill: a phone's camera opens the page to complain about that order. It
 * holds the address alone; whoever opens it still shows by a code that the phone on the order is theirs. (QR code:
 * ISO/IEC 18004, error correction M, as print gets dirty.)
 */
export function receiptCodeRoutes(publicUrl: string): Plugin {
	return (app: App, edge: Edge) => {
		const schema = {
			summary: "A QR code that opens the page to complain about an order, as SVG",
			tags: ["orders"],
			params: Params,
		};
		app.get("/api/orders/:number/receipt-code", { schema }, async (request, reply) => {
			const { actor } = callerOf(request);
			if (!can(actor, ...ORDER_READERS))
				return sendRefusal(reply, refusal("NotAuthorised", { needs: [...ORDER_READERS] }), edge.saying);
			const address = complaintAddress(publicUrl, actor.company, request.params.number);
			return reply.type("image/svg+xml").send(renderSVG(address, { ecc: "M", border: 4 }));
		});
	};
}

/** Where one complains about an order of a company. */
export function complaintAddress(publicUrl: string, company: string, order: string): string {
	return `${publicUrl}/complain?${new URLSearchParams({ order, company })}`;
}
