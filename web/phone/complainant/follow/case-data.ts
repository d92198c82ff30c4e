import { queryOptions } from "@tanstack/react-query";
import type { Bilingual } from "#engine/packs/words.ts";
import { ask, type CaseAnswer } from "../../../api.ts";
import { type PackAnswer, type PackSent, packFrom } from "../../../pack.ts";
import { askFirst, readFirst } from "../../first.ts";
import type { Recipe } from "../recipes.ts";

/** What a link opens. */
export interface Opened {
	case: string;
	party: string;
	confirmed: boolean;
	expiresAt: string;
}

export type Answer = CaseAnswer & { sums?: Record<string, string[]> };

/** Everything is asked for under the link of the address, whoever else is signed in in this browser. */
export function linkHeaders(token: string): Record<string, string> {
	return { authorization: `Link ${token}` };
}

export const openedQuery = (token: string) =>
	queryOptions({
		queryKey: ["link", token],
		staleTime: 60_000,
		queryFn: () =>
			askFirst("/api/link", () => ask<Opened>("POST", "/api/link", { token }, linkHeaders(token))),
	});

export const followedQuery = (token: string, kase: string) =>
	queryOptions({
		queryKey: ["followed", kase, token],
		staleTime: 5_000,
		refetchInterval: 30_000,
		queryFn: () => readFirst<Answer>(`/api/cases/${encodeURIComponent(kase)}`, linkHeaders(token)),
	});

/** What a pack tells whoever stands outside the office. */
export interface PackOutside extends Omit<PackSent, "categories"> {
	categories: {
		groups: Record<string, Bilingual>;
		categories: { id: string; group: string; name: Bilingual; plain: Bilingual; evidence: string[] }[];
	};
	evidence: NonNullable<PackSent["evidence"]>;
	proceedings: { bodies: Record<string, { name: Bilingual; kind: string; refer: Bilingual }> };
}

/** A pack as it was sent, and in the form in which names are found in it. */
export interface PackKnown {
	sent: PackOutside;
	pack: PackAnswer;
}

export const outsidePackQuery = (token: string, name: string, version: string) =>
	queryOptions({
		queryKey: ["pack-outside", name, version],
		staleTime: Number.POSITIVE_INFINITY,
		enabled: name !== "",
		queryFn: async (): Promise<PackKnown> => {
			const sent = await readFirst<PackOutside>(
				`/api/packs/${encodeURIComponent(name)}?version=${encodeURIComponent(version)}`,
				linkHeaders(token),
			);
			return { sent, pack: packFrom(sent) };
		},
	});

/** The proof that whoever complains can bring for the kinds of complaint of a case. */
export function recipesOf(sent: PackOutside, categories: readonly string[]): Recipe[] {
	const seats: Readonly<Record<string, { side: string }>> = sent.head.seats ?? {};
	const wanted = sent.categories.categories.filter((one) => categories.includes(one.id));
	const ids = new Set(wanted.flatMap((one) => one.evidence));
	return [...ids].flatMap((id) => {
		const recipe = sent.evidence.recipes?.[id];
		const from = recipe?.from;
		return recipe && from && seats[from]?.side === "complainant" ? [{ ...recipe, id }] : [];
	});
}
