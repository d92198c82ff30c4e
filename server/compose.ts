import { actorFor } from "./accounts/actors.ts";
import { type Accounts, openAccounts } from "./accounts/accounts.ts";
import { codesBy } from "./accounts/codes.ts";
import { linkRoutes } from "./accounts/link-routes.ts";
import { authRoutes } from "./accounts/routes.ts";
import { readDayTables } from "./day-tables.ts";
import type { Desk } from "./handle.ts";
import { type App, buildApp } from "./http/app.ts";
import type { Saying } from "./http/problem.ts";
import { Offices } from "./office.ts";
import { type Packs, readPacks } from "./packs.ts";
import { type BothWords, readWords, sayingOf } from "./saying.ts";
import type { Settings } from "./settings.ts";
import { type Database, openDatabase } from "./store/database/database.ts";
import { ownMigrations } from "./store/database/migrate.ts";
import { keysFrom } from "./store/kept.ts";

/** Everything that runs, put together: the only file that knows every part. */
export interface Redress {
	settings: Settings;
	database: Database<unknown>;
	desk: Desk;
	accounts: Accounts;
	packs: Packs;
	words: BothWords;
	saying: Saying;
	app: App;
	close(): Promise<void>;
}

/** What tests put in place of the world's own. */
export interface Overrides {
	database?: Database<unknown>;
	clock?: () => string;
	/** Requests per minute and address. */
	rate?: number;
}

const now = () => new Date().toISOString();

export async function compose(settings: Settings, overrides: Overrides = {}): Promise<Redress> {
	const database = overrides.database ?? (await openDatabase<unknown>(settings, { migrations: ownMigrations }));
	const [packs, words] = await Promise.all([readPacks(settings.packsDir ?? undefined), readWords()]);
	const clock = overrides.clock ?? now;
	const offices = new Offices(database);
	const keys = keysFrom(settings.secretKey);
	const saying = sayingOf(words, packs);
	const desk: Desk = { database, packs, offices, keys, days: readDayTables(), clock, committed: () => {} };
	const accounts = openAccounts({ database, keys, offices, clock, secretKey: settings.secretKey, publicUrl: settings.publicUrl, sendCode: codesBy(ports.notifier), report: console.warn });
	const app = await buildApp({
		desk,
		saying,
		logLevel: settings.logLevel,
		rate: overrides.rate ?? 1200,
		actorFor: (request) => actorFor(accounts, request.headers, clock()),
		plugins: [authRoutes(accounts), linkRoutes(accounts)],
	});
	return { settings, database, desk, accounts, packs, words, saying, app, close: async () => void (await app.close(), await database.close()) };
}
