import { queryOptions } from "@tanstack/react-query";
import {
	ask,
	type CaseAnswer,
	type CaseStudy,
	type CommandInfo,
	type DemoAccount,
	type Directory,
	type FaultAnswer,
	type Found,
	type History,
	type Notice,
	type PackSummary,
	type Past,
	ProblemError,
	type Session,
	type SimilarCase,
} from "./api.ts";
import { type PackSent, packFrom } from "./pack.ts";

/** What the pages read, and for how long it stays fresh. */

const MINUTE = 60_000;

/** Who is signed in; null: nobody. */
export async function readSession(): Promise<Session | null> {
	try {
		return await ask<Session>("GET", "/api/session");
	} catch (error) {
		if (error instanceof ProblemError && error.problem.status === 401) return null;
		throw error;
	}
}

export const sessionQuery = queryOptions({
	queryKey: ["session"],
	staleTime: 5 * MINUTE,
	queryFn: readSession,
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

/** What whoever handles a case wants to know besides; read when it is looked at. */
export const similarQuery = (id: string) =>
	queryOptions({
		queryKey: ["similar", id],
		staleTime: 5 * MINUTE,
		queryFn: async () =>
			(await ask<{ cases: SimilarCase[] }>("GET", `/api/cases/${encodeURIComponent(id)}/similar`)).cases,
	});

export const pastsQuery = (id: string) =>
	queryOptions({
		queryKey: ["pasts", id],
		staleTime: 5 * MINUTE,
		queryFn: async () =>
			(await ask<{ parties: Past[] }>("GET", `/api/cases/${encodeURIComponent(id)}/pasts`)).parties,
	});

/** What the fault table proposes; `seq`: new facts bring another answer. */
export const faultQuery = (id: string, seq: number) =>
	queryOptions({
		queryKey: ["fault", id, seq],
		staleTime: MINUTE,
		queryFn: async () =>
			(await ask<{ proposals: FaultAnswer[] }>("GET", `/api/cases/${encodeURIComponent(id)}/fault`))
				.proposals,
	});

/** What fills the blanks of ready words, as told to one party. `seq`: what is known changes with the case. */
export const blanksQuery = (id: string, seq: number, party: string, step: string) =>
	queryOptions({
		queryKey: ["blanks", id, seq, party, step],
		staleTime: 5 * MINUTE,
		queryFn: async () => {
			const asked = new URLSearchParams({ step, ...(party ? { party } : {}) });
			const path = `/api/cases/${encodeURIComponent(id)}/blanks?${asked}`;
			return (await ask<{ blanks: Record<string, string> }>("GET", path)).blanks;
		},
	});

/** The library of case studies of a trade. */
export const studiesQuery = (trade: string) =>
	queryOptions({
		queryKey: ["case-studies", trade],
		staleTime: 5 * MINUTE,
		queryFn: async () =>
			(
				await ask<{ studies: CaseStudy[] }>(
					"GET",
					`/api/case-studies?limit=50&trade=${encodeURIComponent(trade)}`,
				)
			).studies,
	});

export const searchQuery = (text: string) =>
	queryOptions({
		queryKey: ["search", text],
		staleTime: 30_000,
		enabled: text.trim().length > 0,
		queryFn: () => ask<Found>("GET", `/api/search?limit=8&q=${encodeURIComponent(text.trim())}`),
	});
