import { join } from "node:path";
import type { ActWords } from "#engine/order-acts.ts";
import type { Scenario } from "#engine/practice.ts";
import { type Accounts, openAccounts } from "./accounts/accounts.ts";
import { actorFor } from "./accounts/actors.ts";
import { codesBy } from "./accounts/codes.ts";
import { makeLink } from "./accounts/links.ts";
import { originProblem } from "./accounts/origin.ts";
import { keepCookies } from "./accounts/routes.ts";
import { accountProblem } from "./accounts/words.ts";
import { diskEvidence } from "./adapters/disk/evidence.ts";
import { s3Evidence } from "./adapters/s3/evidence.ts";
import { readDayTables } from "./day-tables.ts";
import { pretendCallRoutes } from "./demo/calls.ts";
import { complainingDemoRoutes } from "./demo/complaining.ts";
import { demoRoutes } from "./demo/routes.ts";
import type { Desk } from "./handle.ts";
import { type App, buildApp } from "./http/app.ts";
import type { EvidencePlace } from "./http/evidence-intake.ts";
import { carryOrderProof } from "./http/order-proof.ts";
import { pageRoutes } from "./http/pages.ts";
import { apiRoutes } from "./http/routes.ts";
import { startLoop } from "./jobs/loop.ts";
import { type Outside, type Ports, pretendPorts } from "./jobs/ports.ts";
import { Offices } from "./office.ts";
import { readActWords } from "./order-acts.ts";
import { type Packs, readPacks } from "./packs.ts";
import { photoFigures } from "./photo-figures.ts";
import type { EvidenceStore } from "./ports/evidence-store.ts";
import { portsFrom, readPortsFile } from "./ports-file.ts";
import { readPractice } from "./practice.ts";
import { type BothWords, readWords, sayingOf } from "./saying.ts";
import type { Settings } from "./settings.ts";
import { type Database, openDatabase } from "./store/database/database.ts";
import { ownMigrations } from "./store/database/migrate.ts";
import { keysFrom } from "./store/kept.ts";
import { noticeBox } from "./store/notices.ts";
import { bookWithActs } from "./store/order-acts.ts";
import { keepPacks } from "./store/pack-versions.ts";

/** Everything that runs, put together: the only file that knows every adapter. */
export interface Redress {
	settings: Settings;
	database: Database<unknown>;
	desk: Desk;
	accounts: Accounts;
	packs: Packs;
	words: BothWords;
	ports: Ports;
	outside: Outside;
	/** Starts looking for due rows; the process that serves may be another one. */
	work(): void;
	/** The HTTP application, not yet listening. */
	app: App;
	close(): Promise<void>;
}

/** What tests put in place of the world's own. */
export interface Overrides {
	database?: Database<unknown>;
	clock?: () => string;
	ports?: (ports: Ports) => Ports;
	/** Requests per minute and address. */
	rate?: number;
	report?: (sentence: string, error?: unknown) => void;
}

const REQUESTS_PER_MINUTE = 1_200;
const LINK_DAYS = 90;

export async function compose(settings: Settings, overrides: Overrides = {}): Promise<Redress> {
	const database =
		overrides.database ?? (await openDatabase<unknown>(settings, { migrations: ownMigrations }));
	const folder = settings.packsDir ?? undefined;
	const [installed, words] = await Promise.all([readPacks(folder), readWords()]);
	const road = { practice: await readPractice(folder), acts: await readActWords() };
	// a fault in it stops the start, not the first photo
	await photoFigures();
	const packs = await keepPacks(database, installed);
	const clock = overrides.clock ?? (() => new Date().toISOString());
	const report =
		overrides.report ?? ((sentence: string, error?: unknown) => console.warn(sentence, error ?? ""));
	const keys = keysFrom(settings.secretKey);
	const wake = { loop: () => {} };
	const desk: Desk = {
		database,
		packs,
		offices: new Offices(database),
		keys,
		days: readDayTables(),
		clock,
		committed: ({ due }) => due && wake.loop(),
	};
	const pretend = pretendPorts(desk, evidenceOf(settings));
	const real = settings.portsFile
		? portsFrom(await readPortsFile(settings.portsFile, process.env), pretend, clock, noticeBox(database))
		: pretend;
	const ports = overrides.ports?.(real) ?? real;
	const accounts = openAccounts({
		...{ database, keys, clock, report },
		offices: desk.offices,
		secretKey: settings.secretKey,
		publicUrl: settings.publicUrl,
		sendCode: codesBy(ports.notifier),
	});
	const outside: Outside = {
		...ports,
		place: placeOf(settings, ports),
		words,
		report,
		privateWebhooks: settings.demo,
		linkFor: linksOf(accounts),
	};
	const app = await applicationOf(
		settings,
		desk,
		accounts,
		ports,
		words,
		road,
		overrides.rate ?? REQUESTS_PER_MINUTE,
	);
	const running: { stop(): Promise<void> }[] = [];
	const work = () => {
		const loop = startLoop(desk, outside);
		wake.loop = loop.wake;
		running.push(loop);
	};
	const close = async () => {
		await app.close();
		await Promise.all(running.map((one) => one.stop()));
		await database.close();
	};
	return { settings, database, desk, accounts, packs, words, ports, outside, work, app, close };
}

function applicationOf(
	settings: Settings,
	desk: Desk,
	accounts: Accounts,
	ports: Ports,
	words: BothWords,
	road: { practice: readonly Scenario[]; acts: ActWords },
	rate: number,
): Promise<App> {
	const evidence = placeOf(settings, ports);
	return buildApp({
		desk,
		saying: sayingOf(words, desk.packs),
		orders: bookWithActs(ports.orders, desk, road.acts),
		filed: (company, kase) => carryOrderProof({ desk, orders: ports.orders }, road.acts, company, kase),
		logLevel: settings.logLevel,
		rate,
		actorFor: async (request, reply) => {
			const asker = await actorFor(accounts, request.headers, desk.clock());
			if (asker) keepCookies(reply, asker);
			return asker;
		},
		foreign: (request) => {
			const refused = originProblem(request, settings.publicUrl);
			return refused && accountProblem(refused, request.language);
		},
		plugins: [
			...apiRoutes({ accounts, evidence, ports, words, ...road, publicUrl: settings.publicUrl }),
			...(settings.demo ? [demoRoutes, pretendCallRoutes, complainingDemoRoutes] : []),
			pageRoutes,
		],
	});
}

function placeOf({ dataDir, maxUploadBytes }: Settings, { evidence }: Ports): EvidencePlace {
	return { store: evidence, uploads: join(dataDir, "uploads"), maxBytes: maxUploadBytes };
}

function evidenceOf({ evidence, dataDir }: Settings): EvidenceStore {
	if (evidence.kind === "disk") return diskEvidence(evidence.folder);
	return s3Evidence({
		...evidence,
		prefix: "",
		scratch: join(dataDir, "incoming"),
		pathStyle: true,
		timeoutMs: 60_000,
	});
}

/** The address of a case for a party without an account: a signed link; for others, the page behind the sign-in. */
function linksOf(accounts: Accounts): Outside["linkFor"] {
	return async (company, id, party, { page = "desk", by } = {}) => {
		if (party === null) return `${accounts.publicUrl}${page === "phone" ? "/m/case" : "/cases"}/${id}`;
		const expiresAt = new Date(Date.parse(accounts.clock()) + LINK_DAYS * 86_400_000).toISOString();
		const token = await makeLink(accounts, { company, case: id, party, expiresAt, ...(by ? { by } : {}) });
		return `${accounts.publicUrl}/c/${token}`;
	};
}
