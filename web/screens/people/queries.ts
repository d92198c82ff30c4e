import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Capability } from "#engine/actor.ts";
import { ask } from "../../api.ts";
import type { PeopleSearch } from "./people-search.ts";

/** What the administrator reads: people, organisations, keys, webhooks, and who looked at whose data. */

export interface RoleGiven {
	role: string;
	/** Null: everywhere. */
	organisations: string[] | null;
	trades: string[] | null;
}

export interface Person {
	id: string;
	kind: "staff" | "worker" | "customer";
	alias: string;
	name: string | null;
	phone: string | null;
	organisation: string | null;
	language: "zh" | "en";
	active: boolean;
	login: string | null;
	twoFactor: boolean;
	signedInAt: string | null;
	roles: RoleGiven[];
}

export interface Ending {
	cases: number;
	sessions: number;
	keys: number;
	teams: string[];
}

export interface Organisation {
	id: string;
	name: string;
	nameEn: string;
	kind: string;
}

export interface Relation {
	child: string;
	parent: string;
	kind: string;
	from: string;
	to: string | null;
}

export interface Role {
	role: string;
	capabilities: Capability[];
}

export interface ApiKey {
	id: string;
	person: string;
	name: string;
	start: string;
	capabilities: Capability[];
	enabled: boolean;
	madeAt: string;
	usedAt: string | null;
	expiresAt: string | null;
}

export interface Webhook {
	id: string;
	url: string;
	events: string[];
	active: boolean;
	madeAt: string;
}

export interface Attempt {
	at: string;
	status: number | null;
	ms: number;
	error: string | null;
}

export interface Delivery {
	id: string;
	event: string;
	stream: string;
	body: Record<string, unknown>;
	madeAt: string;
	attempts: Attempt[];
	deliveredAt: string | null;
	givenUpAt: string | null;
}

export interface GivenUp {
	id: string;
	kind: "timer" | "effect" | "delivery" | "nightly";
	does: string | null;
	case: string | null;
	number: string | null;
	attempts: number;
	error: string | null;
	failedAt: string;
}

export interface Reveal {
	id: string;
	at: string;
	person: string;
	alias: string | null;
	case: string;
	number: string | null;
	keep: string | null;
	mask: string | null;
	why: string;
}

/** Pages of a list, the next by the place where the last one ended. */
function pages<K extends string, Row>(
	name: string,
	path: string,
	filter: Record<string, string | undefined>,
	again: number | false = false,
) {
	const query = new URLSearchParams(
		Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : [])),
	).toString();
	return infiniteQueryOptions({
		queryKey: [name, path, query],
		staleTime: 10_000,
		refetchInterval: again,
		initialPageParam: "",
		queryFn: ({ pageParam }) => {
			const asked = [query, pageParam && `after=${encodeURIComponent(pageParam)}`].filter(Boolean).join("&");
			return ask<{ next: string | null } & { [k in K]: Row[] }>("GET", `${path}${asked ? `?${asked}` : ""}`);
		},
		getNextPageParam: (page) => page.next,
	});
}

export const peopleQuery = ({ q, kind, role, organisation }: PeopleSearch) =>
	pages<"people", Person>("people", "/api/people", { q, kind, role, organisation, limit: "50" });

export const endingQuery = (person: string) =>
	queryOptions({
		queryKey: ["people", "ending", person],
		queryFn: () => ask<Ending>("GET", `/api/people/${encodeURIComponent(person)}/ending`),
	});

export const organisationsQuery = queryOptions({
	queryKey: ["organisations"],
	queryFn: async () =>
		(await ask<{ organisations: Organisation[] }>("GET", "/api/organisations")).organisations,
});

export const relationsQuery = queryOptions({
	queryKey: ["relations"],
	queryFn: async () => (await ask<{ relations: Relation[] }>("GET", "/api/relations")).relations,
});

export const rolesQuery = queryOptions({
	queryKey: ["roles"],
	queryFn: async () => (await ask<{ roles: Role[] }>("GET", "/api/roles")).roles,
});

export const keysQuery = queryOptions({
	queryKey: ["keys"],
	queryFn: async () => (await ask<{ keys: ApiKey[] }>("GET", "/api/keys")).keys,
});

export const webhooksQuery = queryOptions({
	queryKey: ["webhooks"],
	queryFn: () => ask<{ webhooks: Webhook[]; events: string[] }>("GET", "/api/webhooks"),
});

/** Asked again while it is looked at: deliveries are under way. */
export const deliveriesQuery = (webhook: string) =>
	pages<"deliveries", Delivery>(
		"deliveries",
		`/api/webhooks/${encodeURIComponent(webhook)}/deliveries`,
		{},
		5_000,
	);

export const givenUpQuery = pages<"givenUp", GivenUp>("given-up", "/api/given-up", {});

export const revealsQuery = (filter: { person?: string; from?: string; to?: string }) =>
	pages<"reveals", Reveal>("reveals", "/api/reveals", filter);
