import { queryOptions } from "@tanstack/react-query";
import { ask, type CaseRow } from "../../api.ts";
import { callsKey } from "../../live.ts";
import type { Order } from "../../steps/intake-queries.ts";

/** Calls, as the server tells of them. */

export interface Call {
	id: string;
	line: string;
	/** Masked; null: withheld. */
	caller: string | null;
	ringingAt: string;
	answeredAt: string | null;
	answeredBy: string | null;
	ringSeconds: number | null;
	rings: number | null;
	endedAt: string | null;
	recording: string | null;
	filedAs: string | null;
	pretend: boolean;
}

export interface Waiting {
	waiting: Call[];
	current: Call | null;
	/** How long one ring is, in seconds, and by which a call should be answered. */
	ring: { seconds: number; aim: number };
	now: string;
}

/** Asked anew when the stream says that a call has come, was taken or is over. */
export const waitingQuery = queryOptions({
	queryKey: [...callsKey, "waiting"],
	staleTime: 0,
	queryFn: async () => {
		const answer = await ask<Waiting>("GET", "/api/calls/waiting");
		// by how much the server's clock is ahead of this one: rings are counted on the server's
		return { ...answer, aheadMs: Date.parse(answer.now) - Date.now() };
	},
});

export interface CallerKnown {
	call: Call;
	name: string | null;
	orders: (Order & { role: string | null })[];
	ordersUnreached: boolean;
	cases: Pick<
		CaseRow,
		| "id"
		| "number"
		| "pack"
		| "step"
		| "urgency"
		| "severity"
		| "outcome"
		| "categories"
		| "receivedAt"
		| "closedAt"
	>[];
	history: { open: number; bySeverity: Record<string, number>; more: boolean };
}

export const callerQuery = (id: string) =>
	queryOptions({
		queryKey: ["caller", id],
		staleTime: 60_000,
		queryFn: () => ask<CallerKnown>("GET", `/api/calls/${encodeURIComponent(id)}`),
	});

export const recentQuery = queryOptions({
	queryKey: [...callsKey, "recent"],
	staleTime: 10_000,
	queryFn: async () => (await ask<{ calls: Call[] }>("GET", "/api/calls?limit=12")).calls,
});

interface Figure {
	day: string;
	agent: string | null;
	calls: number;
	answered: number;
	within: number;
	ringSeconds: number | null;
}

/** @param from the instant at which the day began */
export const figuresQuery = (from: string) =>
	queryOptions({
		queryKey: [...callsKey, "figures", from],
		staleTime: 10_000,
		queryFn: () =>
			ask<{ rings: number; figures: Figure[] }>("GET", `/api/calls/figures?from=${encodeURIComponent(from)}`),
	});

/** The company's name, which the script says. */
export const companyQuery = queryOptions({
	queryKey: ["me"],
	staleTime: Number.POSITIVE_INFINITY,
	queryFn: async () => (await ask<{ company: { name: string } }>("GET", "/api/me")).company.name,
});

/** Tells of a call: that one answers, that it is over. */
export function tellCall(event: "answered" | "ended", call: string): Promise<Call> {
	return ask<Call>("POST", "/api/calls", { event, call });
}
