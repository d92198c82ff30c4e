import { actorFor } from "#server/accounts/actors.ts";
import { openAccounts } from "#server/accounts/accounts.ts";
import { codesBy } from "#server/accounts/codes.ts";
import { linkRoutes } from "#server/accounts/link-routes.ts";
import { makeLink } from "#server/accounts/links.ts";
import { authRoutes } from "#server/accounts/routes.ts";
import { readDayTables } from "#server/day-tables.ts";
import { diskEvidence } from "#server/adapters/disk/evidence.ts";
import { instantPlus } from "#engine/time/instant.ts";
import type { Desk } from "#server/handle.ts";
import { buildApp } from "#server/http/app.ts";
import { Offices } from "#server/office.ts";
import { readPacks } from "#server/packs.ts";
import { readWords, sayingOf } from "#server/saying.ts";
import type { Settings } from "#server/settings.ts";
import { pretendPorts, type Outside } from "#server/jobs/ports.ts";
import type { Database } from "#server/store/database/database.ts";
import { keysFrom } from "#server/store/kept.ts";

export async function compose(settings: Settings, overrides: { database: Database<unknown>; clock: () => string; rate: number }) {
	const { database, clock } = overrides;
	const [packs, words] = await Promise.all([readPacks(), readWords()]);
	const offices = new Offices(database);
	const keys = keysFrom(settings.secretKey);
	const saying = sayingOf(words, packs);
	const desk: Desk = { database, packs, offices, keys, days: readDayTables(), clock, committed: () => {} };
	const ports = pretendPorts(desk, diskEvidence({ folder: settings.dataDir } as never));
	const accounts = openAccounts({ database, keys, offices, clock, secretKey: settings.secretKey, publicUrl: settings.publicUrl, sendCode: codesBy(ports.notifier), report: console.warn });
	const outside: Outside = {
		...ports,
		words,
		linkFor: async (company, kase, party) =>
			party === null ? `${settings.publicUrl}/cases/${kase}` : `${settings.publicUrl}/c/${await makeLink(accounts, { company, case: kase, party, expiresAt: instantPlus(clock(), { days: 180 }) })}`,
		privateWebhooks: true,
		report: (sentence, error) => console.warn(sentence, error ?? ""),
	};
	const app = await buildApp({
		desk,
		saying,
		orders: ports.orders,
		logLevel: settings.logLevel,
		rate: overrides.rate,
		actorFor: (request) => actorFor(accounts, request.headers, clock()),
		plugins: [authRoutes(accounts), linkRoutes(accounts)],
	});
	return { settings, database, desk, accounts, packs, words, saying, app, outside, close: async () => void (await app.close(), await database.close()) };
}
export type Redress = Awaited<ReturnType<typeof compose>>;
