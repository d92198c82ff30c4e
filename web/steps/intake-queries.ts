import { queryOptions } from "@tanstack/react-query";
import type { Money } from "#engine/case.ts";
import { ask, type CaseRow, ProblemError } from "../api.ts";

/** What is looked up while a complaint is taken down. */

/** An order as the desk sees it: names, phones and plates masked. */
export interface Order {
	number: string;
	trade: string;
	status: string;
	facts: Record<string, string | number | boolean>;
	people: { role: string; name?: string; phone?: string }[];
	organisation?: string;
	worker?: string;
	plate?: string;
	amount?: Money;
	takenAt?: string;
	events: { at: string; what: string; where?: string }[];
}

/** Null: the book has no such number. */
export const orderQuery = (number: string) =>
	queryOptions({
		queryKey: ["order", number],
		staleTime: 60_000,
		retry: false,
		enabled: number.length >= 4,
		queryFn: async () => {
			try {
				return await ask<Order>("GET", `/api/orders/${encodeURIComponent(number)}`);
			} catch (error) {
				if (error instanceof ProblemError && error.problem.status === 404) return null;
				throw error;
			}
		},
	});

export interface Duplicate
	extends Pick<
		CaseRow,
		| "id"
		| "number"
		| "pack"
		| "step"
		| "urgency"
		| "severity"
		| "owner"
		| "categories"
		| "receivedAt"
		| "closedAt"
		| "due"
	> {
	byOrder: boolean;
	byPerson: boolean;
}

export const duplicatesQuery = (alike: Record<string, string | undefined>) => {
	const given = Object.entries(alike).filter((one): one is [string, string] => Boolean(one[1]));
	const query = new URLSearchParams(given).toString();
	return queryOptions({
		queryKey: ["duplicates", query],
		staleTime: 30_000,
		enabled: given.some(([name]) => name !== "pack"),
		queryFn: async () =>
			(await ask<{ duplicates: Duplicate[] }>("GET", `/api/cases/duplicates?${query}`)).duplicates,
	});
};
