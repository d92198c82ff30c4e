import { join } from "node:path";
import type { ActWords } from "#engine/order-acts.ts";
import type { Scenario } from "#engine/practice.ts";
import { type Accounts, openAccounts } from "./accounts/accounts.ts";
import { actorFor } from "./accounts/actors.ts";
import { codesBy } from "./accounts/codes.ts";
import { linkRoutes } from "./accounts/link-routes.ts";
import { makeLink } from "./accounts/links.ts";
import { originProblem } from "./accounts/origin.ts";
import { authRoutes, keepCookies } from "./accounts/routes.ts";
import { accountProblem } from "./accounts/words.ts";
import { diskEvidence } from "./adapters/disk/evidence.ts";
import { s3Evidence } from "./adapters/s3/evidence.ts";
import { readDayTables } from "./day-tables.ts";
import { pretendCallRoutes } from "./demo/calls.ts";
import { complainingDemoRoutes } from "./demo/complaining.ts";
import { demoRoutes } from "./demo/routes.ts";
import type { Desk } from "./handle.ts";
import { type App, buildApp } from "./http/app.ts";
import { backgroundRoutes } from "./http/background.ts";
import { callRoutes } from "./http/calls.ts";
import { callsBackRoutes } from "./http/calls-back.ts";
import { caseStudyRoutes } from "./http/case-studies.ts";
import { coachRoutes } from "./http/coach.ts";
import { complainRoutes } from "./http/complaining.ts";
import { conductRoutes } from "./http/conduct.ts";
import { directoryRoutes } from "./http/directory.ts";
import { draftRoutes } from "./http/drafts.ts";
import { duplicateRoutes } from "./http/duplicates.ts";
import { evidenceRoutes } from "./http/evidence.ts";
import type { EvidencePlace } from "./http/evidence-intake.ts";
import { givenUpRoutes } from "./http/given-up.ts";
import { healthRoutes } from "./http/health.ts";
import { lineRoutes } from "./http/lines.ts";
import { liveRoutes } from "./http/live.ts";
import { noticeRoutes } from "./http/notices.ts";
import { openapiRoutes } from "./http/openapi.ts";
import { orderActRoutes } from "./http/order-acts.ts";
import { carryOrderProof } from "./http/order-proof.ts";
import { orderRoutes } from "./http/orders.ts";
import { organisationRoutes } from "./http/organisations.ts";
import { packRoutes } from "./http/packs.ts";
import { pageRoutes } from "./http/pages.ts";
import { peopleRoutes } from "./http/people.ts";
import { practiceRoutes } from "./http/practice.ts";
import { pretendCallsRoutes } from "./http/pretend-calls.ts";
import { previewRoutes } from "./http/preview.ts";
import { pushRoutes } from "./http/push.ts";
import { receiptRoutes } from "./http/receipts.ts";
import { rehearsalRoutes } from "./http/rehearsals.ts";
import { respondentRoutes } from "./http/respondent.ts";
import { revealRoutes } from "./http/reveal.ts";
import { revealLogRoutes } from "./http/reveals-log.ts";
import { schemaRoutes } from "./http/schemas.ts";
import { searchRoutes } from "./http/search.ts";
import { todayRoutes } from "./http/today.ts";
import { viewRoutes } from "./http/views.ts";
import { webhookRoutes } from "./http/webhooks.ts";
import { wishRoutes } from "./http/wishes.ts";
import { workRoutes } from "./http/work.ts";
import { startLoop } from "./jobs/loop.ts";
import { type Outside, type Ports, pretendPorts } from "./jobs/ports.ts";
import { Offices } from "./office.ts";
import { readActWords } from "./order-acts.ts";
import { type Packs, readPacks } from "./packs.ts";
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
		filed: (company, kase) => carryOrderProof(desk, road.acts, company, kase),
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
			authRoutes(accounts),
			linkRoutes(accounts),
			complainRoutes(accounts),
			evidenceRoutes(evidence),
			searchRoutes,
			viewRoutes,
			rehearsalRoutes,
			liveRoutes,
			workRoutes,
			orderRoutes,
			orderActRoutes({
				...{ words: road.acts, notifier: ports.notifier, place: evidence },
				publicUrl: settings.publicUrl,
			}),
			callRoutes,
			duplicateRoutes,
			revealRoutes,
			revealLogRoutes,
			todayRoutes,
			noticeRoutes,
			backgroundRoutes,
			conductRoutes,
			respondentRoutes,
			practiceRoutes(road.practice),
			coachRoutes,
			directoryRoutes,
			draftRoutes,
			caseStudyRoutes,
			previewRoutes(words, settings.publicUrl),
			organisationRoutes,
			peopleRoutes(accounts),
			webhookRoutes,
			wishRoutes(ports),
			pushRoutes(ports),
			lineRoutes(ports.caller),
			receiptRoutes(ports.tellers),
			callsBackRoutes(ports.tellers.calls),
			...(ports.caller.pretend ? [pretendCallsRoutes] : []),
			givenUpRoutes,
			packRoutes,
			schemaRoutes(words),
			healthRoutes,
			openapiRoutes,
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
	return async (company, id, party) => {
		if (party === null) return `${accounts.publicUrl}/cases/${id}`;
		const expiresAt = new Date(Date.parse(accounts.clock()) + LINK_DAYS * 86_400_000).toISOString();
		const token = await makeLink(accounts, { company, case: id, party, expiresAt });
		return `${accounts.publicUrl}/c/${token}`;
	};
}
