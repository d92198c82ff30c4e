import { queryOptions } from "@tanstack/react-query";
import type { ActDetails, ActKind, ActWords } from "#engine/order-acts.ts";
import { ask } from "../../../api.ts";

/** Orders on which I work, and what I noted on them. */

export interface ActShown {
	id: string;
	kind: ActKind;
	at: string;
	details: ActDetails;
	photo: boolean;
	confirmedAt: string | null;
}

export interface MyOrder {
	number: string;
	trade: string;
	status: string;
	takenAt: string | null;
	amount: { amount: number; currency: string } | null;
	events: { at: string; what: string }[];
	acts: ActShown[];
}

export interface MyOrders {
	now: string;
	kinds: ActWords;
	orders: MyOrder[];
}

export const myOrdersQuery = queryOptions({
	queryKey: ["my-orders"],
	staleTime: 10_000,
	queryFn: () => ask<MyOrders>("GET", "/api/mine/orders"),
});
