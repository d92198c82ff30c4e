import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import {
	ask,
	type CaseAnswer,
	type CasePage,
	type CommandInfo,
	type DemoAccount,
	type Directory,
	type Found,
	type History,
	type Notice,
	type PackSummary,
	ProblemError,
	type Session,
} from "./api.ts";
import { type PackSent, packFrom } from "./pack.ts";

/** What the pages read, and for how long it stays fresh. */

const MINUTE = 60_000;

/** Who is signed in; null: nobody. */
export const sessionQuery = queryOptions({
	queryKey: ["session"],
	staleTime: 5 * MINUTE,
	queryFn: async () => {
		try {
			return await ask<Session>("GET", "/api/session");
		} catch (error) {
			if (error instanceof ProblemError && error.problem.status === 401) return null;
			throw error;
		}
	},
});

export const demoQuery = queryOptions({
	queryKey: ["demo"],
	staleTime: Number.POSITIVE_INFINITY,
	retry: false,
	queryFn: async () => {
		try {
			return (await ask<{ accounts: DemoAccount[] }>("GET", "/api/demo")).accounts;
		} catch {
			return []; // no demo here
		}
	},
});

export const commandsQuery = queryOptions({
	queryKey: ["commands"],
	staleTime: Number.POSITIVE_INFINITY,
	queryFn: async () => {
		const { commands } = await ask<{ commands: CommandInfo[] }>("GET", "/api/commands");
		return new Map(commands.map((one) => [one.type, one]));
	},
});

/** Empty for those outside the office, who see no names. */
export const directoryQuery = queryOptions({
	queryKey: ["directory"],
	staleTime: 5 * MINUTE,
	queryFn: async () => {
		try {
			return await ask<Directory>("GET", "/api/directory");
		} catch (error) {
			if (error instanceof ProblemError && error.problem.status === 403)
				return { people: {}, organisations: {} };
			throw error;
		}
	},
});

export const packsQuery = queryOptions({
	queryKey: ["packs"],
	staleTime: Number.POSITIVE_INFINITY,
	queryFn: async () => (await ask<{ packs: PackSummary[] }>("GET", "/api/packs")).packs,
});

export const packQuery = (name: string, version?: string) =>
	queryOptions({
		queryKey: ["pack", name, version ?? "newest"],
		staleTime: Number.POSITIVE_INFINITY,
		enabled: name !== "",
		queryFn: async () => {
			const which = version ? `?version=${encodeURIComponent(version)}` : "";
			return packFrom(await ask<PackSent>("GET", `/api/packs/${encodeURIComponent(name)}${which}`));
		},
	});

/** @param filter as the address of the list has it, without `after` */
export const casesQuery = (filter: string) =>
	infiniteQueryOptions({
		queryKey: ["cases", filter],
		staleTime: 10_000,
		refetchInterval: MINUTE,
		initialPageParam: "",
		queryFn: ({ pageParam }) =>
			ask<CasePage>(
				"GET",
				`/api/cases?${filter}${pageParam ? `&after=${encodeURIComponent(pageParam)}` : ""}`,
			),
		getNextPageParam: (page) => page.next,
	});

export const caseQuery = (id: string) =>
	queryOptions({
		queryKey: ["case", id],
		staleTime: 5_000,
		queryFn: () => ask<CaseAnswer>("GET", `/api/cases/${encodeURIComponent(id)}`),
	});

/** The whole history; the server gives 500 entries at a time. */
export const historyQuery = (id: string) =>
	queryOptions({
		queryKey: ["history", id],
		staleTime: 5_000,
		queryFn: async () => {
			const all: History = { events: [], texts: {} };
			for (;;) {
				const after = all.events.at(-1)?.seq ?? 0;
				const page = await ask<History>("GET", `/api/cases/${encodeURIComponent(id)}/history?after=${after}`);
				all.events.push(...page.events);
				Object.assign(all.texts, page.texts);
				if (page.events.length < 500) return all;
			}
		},
	});

export const noticesQuery = (id: string) =>
	queryOptions({
		queryKey: ["notices", id],
		staleTime: 5_000,
		queryFn: async () =>
			(await ask<{ notices: Notice[] }>("GET", `/api/cases/${encodeURIComponent(id)}/notices`)).notices,
	});

export const searchQuery = (text: string) =>
	queryOptions({
		queryKey: ["search", text],
		staleTime: 30_000,
		enabled: text.trim().length > 0,
		queryFn: () => ask<Found>("GET", `/api/search?q=${encodeURIComponent(text.trim())}`),
	});
