import { queryOptions } from "@tanstack/react-query";
import type { Money, RemedyLine } from "#engine/case.ts";
import type { Bilingual } from "#engine/packs/words.ts";
import { ask, ProblemError } from "../../../api.ts";
import type { Recipe } from "../recipes.ts";

/** What the server tells somebody who complains without an account. */

export interface Kind {
	id: string;
	group: string;
	plain: Bilingual;
	restricted: boolean;
	recipes: Recipe[];
}

export interface Proven {
	category: string;
	lines: RemedyLine[];
	sums: string[];
	total: Money;
}

export interface OwnOrder {
	order: {
		number: string;
		trade: string;
		status: string;
		takenAt: string | null;
		amount: Money | null;
		events: { at: string; what: string }[];
		you: { seat: string; name: string | null; phone: string };
	};
	pack: {
		name: string;
		title: Bilingual;
		words: Partial<Record<string, Bilingual>>;
		zone: string;
		currency: string;
	};
	groups: Record<string, Bilingual>;
	kinds: Kind[];
	running: {
		number: string;
		receivedAt: string | null;
		closedAt: string | null;
		category: string | null;
	} | null;
	proven: Proven[];
	draft: { typed: Record<string, unknown>; at: string } | null;
	now: string;
}

/** What filing answers: the case, and the way to it. */
export interface Filed {
	case: string;
	number: string;
	link: string;
	receivedAt: string | null;
	due: string | null;
	duplicate: boolean;
	now: string;
}

export const tradesQuery = queryOptions({
	queryKey: ["complain", "trades"],
	staleTime: Number.POSITIVE_INFINITY,
	queryFn: async () =>
		(
			await ask<{ trades: { name: string; title: Bilingual; order: Bilingual | null }[] }>(
				"GET",
				"/api/complain",
			)
		).trades,
});

/** The order behind the pass of this browser; null when no phone has been confirmed. */
export const ownOrderQuery = queryOptions({
	queryKey: ["complain", "order"],
	staleTime: 30_000,
	queryFn: async () => {
		try {
			return await ask<OwnOrder>("GET", "/api/complain/order");
		} catch (error) {
			if (error instanceof ProblemError && error.problem.status === 401) return null;
			throw error;
		}
	},
});
