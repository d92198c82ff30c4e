import type { Awaited, TodayAnswer } from "./figures.ts";

/**
 * Which cases a figure of the board counts, as the query of `GET /api/cases`. An address of the inbox carries it as
 * `also`; a value that is empty takes back what the view would ask for.
 */
export const listOf = {
	open: () => also({ closed: "false" }),
	dueToday: ({ times }: TodayAnswer) => also({ closed: "false", dueBefore: times.tomorrow }),
	late: () => also({ closed: "false", breached: "true" }),
	cameIn: ({ times }: TodayAnswer) =>
		also({ closed: "", receivedFrom: times.today, receivedBefore: times.tomorrow, sort: "received" }),
	awaited: ({ who }: Awaited) =>
		also({ closed: "", ...(who === "person" ? { named: "true" } : { waiting: who }) }),
	appealed: () => also({ closed: "", appealed: "true" }),
	duty: (capability: string) => also({ closed: "", waiting: `can:${capability}` }),
	broken: ({ times }: TodayAnswer) =>
		also({ closed: "true", closedFrom: times.lately, broken: "true", sort: "changed" }),
	closed: ({ times }: TodayAnswer) => also({ closed: "true", closedFrom: times.lately, sort: "changed" }),
	onTheSpot: ({ times }: TodayAnswer) =>
		also({ closed: "true", closedFrom: times.lately, onTheSpot: "true", sort: "changed" }),
	reopened: ({ times }: TodayAnswer) => also({ closed: "", reopenedFrom: times.lately, sort: "changed" }),
	of: (owner: string | null, more: Record<string, string> = {}) =>
		also({ closed: "false", ...(owner === null ? { unclaimed: "true" } : { owner }), ...more }),
	contacts: (owner: string | null, kept: boolean, { times }: TodayAnswer) =>
		also({
			...{ closed: "", receivedFrom: times.lately, contactKept: String(kept), sort: "received" },
			...(owner === null ? { unclaimed: "true" } : { owner }),
		}),
	trade: (pack: string, severity: string | null | undefined, more: Record<string, string> = {}) =>
		also({
			...{ closed: "false", pack },
			...(severity === undefined ? {} : severity === null ? { ungraded: "true" } : { severity }),
			...more,
		}),
};

/** What an address of the inbox takes. */
function also(query: Record<string, string>): { view: "everyone"; also: string } {
	return { view: "everyone", also: new URLSearchParams(query).toString() };
}
