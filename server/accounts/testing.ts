import { randomBytes } from "node:crypto";
import Fastify from "fastify";
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { ROLES } from "#engine/actor.ts";
import type { App } from "../http/app.ts";
import { Offices } from "../office.ts";
import type { Database } from "../store/database/database.ts";
import { keysFrom } from "../store/kept.ts";
import { type Accounts, openAccounts } from "./accounts.ts";
import type { CodeMessage, Ground } from "./ground.ts";
import { createPerson } from "./people.ts";
import { authRoutes } from "./routes.ts";

export const NOW = "2026-03-02T02:00:00.000Z";
export const PASSWORD = "correct horse 电池";

/** Accounts to be tested with: a clock to be moved, and the codes that were sent. */
export interface AccountsUnderTest {
	accounts: Accounts;
	sent: CodeMessage[];
	/** What went wrong behind the answers. */
	reported: string[];
	/** Moves the clock, UTC with milliseconds. */
	at(now: string): void;
	/** Waits for the work that goes on beside answers. */
	settled(): Promise<void>;
}

export function accountsUnderTest(
	database: Database<unknown>,
	changed: Partial<Ground> = {},
): AccountsUnderTest {
	let now = NOW;
	const sent: CodeMessage[] = [];
	const reported: string[] = [];
	const under = new Set<Promise<void>>();
	const secretKey = randomBytes(32);
	const accounts = openAccounts({
		database,
		offices: new Offices(database),
		keys: keysFrom(secretKey),
		secretKey,
		publicUrl: "http://localhost:3000",
		clock: () => now,
		sendCode: async (message) => {
			sent.push(message);
			return { ok: true, receipt: String(sent.length) };
		},
		later: (work) => {
			under.add(work());
		},
		report: (sentence) => reported.push(sentence),
		...changed,
	});
	return {
		accounts,
		sent,
		reported,
		at: (moved) => {
			now = moved;
		},
		async settled() {
			await Promise.all(under);
			under.clear();
		},
	};
}

/** A company with the usual roles, one of an integration, two organisations, and nobody in it. */
export async function enterCompany(database: Database<unknown>, company: string): Promise<void> {
	const roles = Object.entries({ ...ROLES, integration: ["file-by-api", "intake"] });
	await database.transaction((session) =>
		session.commitWith([
			{ sql: "insert into company (company, name) values ($1, $1)", parameters: [company] },
			...roles.map(([role, capabilities]) => ({
				sql: "insert into role (company, role, capabilities) values ($1, $2, $3)",
				parameters: [company, role, capabilities],
			})),
			{
				sql: `insert into organisation (company, id, name, name_en, kind) values
($1, 'desk', '客服', 'Desk', 'department'), ($1, 'outlet-1', '网点', 'Outlet', 'outlet'), ($1, 'north', '北区', 'North', 'branch')`,
				parameters: [company],
			},
			{
				sql: "insert into relation (company, child, parent, kind, from_day) values ($1, 'outlet-1', 'north', 'own', '2020-01-01')",
				parameters: [company],
			},
		]),
	);
}

/** A person of acme (or another company) who signs in as `id@company` with PASSWORD. */
export async function enterSignIn(
	{ accounts }: AccountsUnderTest,
	id: string,
	role: string,
	more: { phone?: string; company?: string },
): Promise<void> {
	const { company = "acme", phone } = more;
	const made = await createPerson(accounts, {
		company,
		id,
		kind: role === "worker" ? "worker" : "staff",
		alias: `${id} of ${company}`,
		organisation: "desk",
		language: "en",
		roles: [{ role, organisations: null, trades: null }],
		signIn: { login: `${id}@${company}`, password: PASSWORD },
		...(phone ? { phone } : {}),
	});
	if (!made.ok) throw new Error(made.refusal.reason);
}

/** How a page asks: with which cookies, from which address, in which language, on which site. */
export interface Asked {
	cookie?: string;
	from?: string;
	language?: string;
	origin?: string;
}

/** The accounts' own routes, and a browser's way of asking them. */
export async function pageOver({ accounts }: AccountsUnderTest) {
	const fastify = Fastify().withTypeProvider<ZodTypeProvider>();
	fastify.setValidatorCompiler(validatorCompiler);
	fastify.setSerializerCompiler(serializerCompiler);
	await authRoutes(accounts)(fastify);
	const app: App = fastify;
	const post = (url: string, payload: object, asked: Asked = {}) => {
		const { cookie, from = "10.0.0.1", language = "en", origin = "http://localhost:3000" } = asked;
		const headers = { "accept-language": language, origin, ...(cookie ? { cookie } : {}) };
		return app.inject({ method: "POST", url, payload, remoteAddress: from, headers });
	};
	return {
		app,
		post,
		signIn: (login: string, password: string, asked?: Asked) =>
			post("/api/session", { login, password }, asked),
		session: (cookie: string) => app.inject({ method: "GET", url: "/api/session", headers: { cookie } }),
	};
}
export type PageUnderTest = Awaited<ReturnType<typeof pageOver>>;

/** The cookies that an answer sets, as the next request sends them. */
export function cookiesOf(response: { cookies: { name: string; value: string }[] }): string {
	const kept = response.cookies.filter((one) => one.value !== "");
	return kept.map((one) => `${one.name}=${encodeURIComponent(one.value)}`).join("; ");
}
