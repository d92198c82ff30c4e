import { createPerson } from "#server/accounts/people.ts";
import { DEMO_PASSWORD } from "#server/demo/accounts.ts";
import { COMPANY } from "#server/demo/company.ts";
import { placeOf } from "#server/http/place.ts";
import { OUTLET, PLATES, RARE } from "./filling.ts";
import { type Ground, type Times, times } from "./ground.ts";

/** What is read, as the pages ask for it, and the aim for PostgreSQL: 95 of 100 within so many milliseconds. */
export interface Reading {
	what: string;
	aim: number;
	/** Who of the cast asks. */
	login: string;
	/** The address, for the n-th time, among so many cases. */
	url: (n: number, cases: number) => string;
}

const LEAD = "longhua-lead";
const search = (words: string) => `/api/search?q=${encodeURIComponent(words)}`;
const OPEN = "/api/cases?closed=false&sort=due&limit=50";
const CAN = "can:handle,can:triage,can:answer";
const someOf = (list: readonly string[]) => (n: number) => search(list[n % list.length] ?? "");

export const READINGS: readonly Reading[] = [
	{ what: "inbox, first page", aim: 15, login: "handler", url: () => OPEN },
	{
		what: "inbox, a page deep in",
		aim: 15,
		login: "handler",
		url: (n) => `${OPEN}&after=${placeOf([new Date(Date.now() + n * 3_600_000).toISOString(), "c"])}`,
	},
	{ what: "inbox, mine", aim: 15, login: "handler", url: () => `${OPEN}&mine=true` },
	{
		what: "inbox, one trade and step",
		aim: 15,
		login: "handler",
		url: () => `${OPEN}&pack=express&step=contact`,
	},
	{ what: "inbox, severity A", aim: 15, login: "handler", url: () => `${OPEN}&severity=A` },
	{ what: "inbox, overdue", aim: 15, login: "handler", url: () => `${OPEN}&breached=true` },
	{
		what: "inbox, waiting for me",
		aim: 15,
		login: "handler",
		url: () => `/api/cases?sort=due&limit=50&waiting=person:handler,${CAN}`,
	},
	{
		what: "inbox, waiting for a reviewer",
		aim: 15,
		login: "reviewer",
		url: () => "/api/cases?sort=due&limit=50&waiting=can:review",
	},
	{ what: "inbox, of one outlet's lead", aim: 15, login: LEAD, url: () => OPEN },
	{ what: "inbox, of a courier", aim: 15, login: "courier", url: () => "/api/cases?sort=due&limit=50" },
	{ what: "all cases, no filter", aim: 15, login: "handler", url: () => "/api/cases?sort=due&limit=50" },
	{
		what: "closed cases, last changed first",
		aim: 15,
		login: "handler",
		url: () => "/api/cases?closed=true&sort=changed&limit=50",
	},
	{
		what: "search, two characters, common",
		aim: 50,
		login: "handler",
		url: someOf(["压扁", "丢失", "航班", "行李", "态度"]),
	},
	{
		what: "search, two characters, every twentieth case",
		aim: 50,
		login: "handler",
		url: someOf(["押金", "油漆", "误机", "划伤"]),
	},
	{ what: "search, two characters, rare", aim: 50, login: "handler", url: someOf(RARE) },
	{
		what: "search, by one outlet's lead",
		aim: 50,
		login: LEAD,
		url: someOf(["压扁", "押金", "油漆", ...RARE.slice(0, 2)]),
	},
	{
		what: "search, traditional",
		aim: 50,
		login: "handler",
		url: someOf(["電話", "賠償", "虛假簽收", "態度惡劣", "發票"]),
	},
	{
		what: "search, a whole phrase",
		aim: 50,
		login: "handler",
		url: someOf(["行李箱丢失", "雨伞平台不管", "航班误点误机", "钢琴不肯上楼"]),
	},
	{ what: "search, nothing found", aim: 50, login: "handler", url: someOf(["章鱼", "火箭升空", "量子"]) },
	{ what: "search, plate", aim: 50, login: "handler", url: someOf(PLATES) },
	{
		what: "search, order number",
		aim: 50,
		login: "handler",
		url: (n, cases) => search(`SF${1_000_000 + ((n * 997) % cases)}`),
	},
	{
		what: "one case",
		aim: 15,
		// sees the restricted ones too
		login: "legal",
		url: (n, cases) => `/api/cases/c${((n * 7919) % (cases / 10)) * 10}`,
	},
];

/** Every reading, so many times, through the routes and the session of whoever asks. */
export async function readings(ground: Ground, cases: number, runs: number): Promise<Record<string, Times>> {
	const readers = new Map<string, (url: string) => Promise<string>>();
	const measured: Record<string, Times> = {};
	for (const { what, login, url } of READINGS) {
		const read = readers.get(login) ?? (await ground.as(login));
		readers.set(login, read);
		measured[what] = await times(runs, (n) => read(url(n, cases)));
	}
	return measured;
}

/** Makes the lead of one outlet, who sees that outlet's cases and no others. */
export async function enterLead({ redress: { accounts } }: Ground): Promise<void> {
	const roles = [{ role: "handler", organisations: [OUTLET], trades: null }];
	const signIn = { login: LEAD, password: DEMO_PASSWORD };
	const made = await createPerson(accounts, {
		company: COMPANY,
		id: LEAD,
		kind: "staff",
		alias: LEAD,
		roles,
		signIn,
	});
	if (!made.ok) throw new Error(JSON.stringify(made.refusal));
}
