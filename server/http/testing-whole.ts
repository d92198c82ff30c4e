import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAccounts } from "../accounts/accounts.ts";
import { linkRoutes } from "../accounts/link-routes.ts";
import { authRoutes } from "../accounts/routes.ts";
import { diskEvidence } from "../adapters/disk/evidence.ts";
import { pretendPorts } from "../jobs/ports.ts";
import { readActWords } from "../order-acts.ts";
import { readPractice } from "../practice.ts";
import { readWords } from "../saying.ts";
import { bookWithActs } from "../store/order-acts.ts";
import { backgroundRoutes } from "./background.ts";
import { callRoutes } from "./calls.ts";
import { callsBackRoutes } from "./calls-back.ts";
import { caseStudyRoutes } from "./case-studies.ts";
import { coachRoutes } from "./coach.ts";
import { complainRoutes } from "./complaining.ts";
import { conductRoutes } from "./conduct.ts";
import { directoryRoutes } from "./directory.ts";
import { draftRoutes } from "./drafts.ts";
import { duplicateRoutes } from "./duplicates.ts";
import { evidenceRoutes } from "./evidence.ts";
import { givenUpRoutes } from "./given-up.ts";
import { healthRoutes } from "./health.ts";
import { lineRoutes } from "./lines.ts";
import { liveRoutes } from "./live.ts";
import { noticeRoutes } from "./notices.ts";
import { openapiRoutes } from "./openapi.ts";
import { orderActRoutes } from "./order-acts.ts";
import { carryOrderProof } from "./order-proof.ts";
import { orderRoutes } from "./orders.ts";
import { organisationRoutes } from "./organisations.ts";
import { packRoutes } from "./packs.ts";
import { peopleRoutes } from "./people.ts";
import { practiceRoutes } from "./practice.ts";
import { pretendCallsRoutes } from "./pretend-calls.ts";
import { previewRoutes } from "./preview.ts";
import { pushRoutes } from "./push.ts";
import { receiptRoutes } from "./receipts.ts";
import { rehearsalRoutes } from "./rehearsals.ts";
import { respondentRoutes } from "./respondent.ts";
import { revealRoutes } from "./reveal.ts";
import { revealLogRoutes } from "./reveals-log.ts";
import { schemaRoutes } from "./schemas.ts";
import { searchRoutes } from "./search.ts";
import { type TestEdge, testEdge } from "./testing.ts";
import { todayRoutes } from "./today.ts";
import { viewRoutes } from "./views.ts";
import { webhookRoutes } from "./webhooks.ts";
import { wishRoutes } from "./wishes.ts";
import { workRoutes } from "./work.ts";

/** For tests: the edge with everything mounted, its files in a folder that goes with it. */
export async function wholeEdge(): Promise<TestEdge & { folder: string }> {
	const folder = await mkdtemp(join(tmpdir(), "redress-edge-"));
	const [words, practice, acts] = await Promise.all([readWords(), readPractice(), readActWords()]);
	const evidence = {
		store: diskEvidence(join(folder, "evidence")),
		uploads: join(folder, "uploads"),
		maxBytes: 1024 * 1024,
	};
	const edge = await testEdge((desk) => {
		const { database, keys, offices, clock } = desk;
		const ports = pretendPorts(desk, evidence.store);
		const accounts = openAccounts({
			...{ database, keys, offices, clock },
			secretKey: Buffer.alloc(32, 7),
			publicUrl: "http://localhost:3000",
			sendCode: async () => ({ ok: true, receipt: "1" }),
			report: () => {},
		});
		return [
			authRoutes(accounts),
			linkRoutes(accounts),
			complainRoutes(accounts),
			respondentRoutes,
			practiceRoutes(practice),
			coachRoutes,
			evidenceRoutes(evidence),
			searchRoutes,
			viewRoutes,
			rehearsalRoutes,
			liveRoutes,
			workRoutes,
			orderRoutes,
			orderActRoutes({
				...{ words: acts, notifier: ports.notifier, place: evidence },
				publicUrl: "http://localhost:3000",
			}),
			callRoutes,
			duplicateRoutes,
			revealRoutes,
			revealLogRoutes,
			todayRoutes,
			webhookRoutes,
			givenUpRoutes,
			noticeRoutes,
			conductRoutes,
			directoryRoutes,
			draftRoutes,
			caseStudyRoutes,
			previewRoutes(words, "http://localhost:3000"),
			backgroundRoutes,
			peopleRoutes(accounts),
			organisationRoutes,
			packRoutes,
			schemaRoutes(words),
			wishRoutes(ports),
			pushRoutes(ports),
			lineRoutes(ports.caller),
			receiptRoutes(ports.tellers),
			callsBackRoutes(ports.tellers.calls),
			pretendCallsRoutes,
			openapiRoutes,
			healthRoutes,
		];
	});
	edge.edge.orders = bookWithActs(edge.edge.orders, edge.desk, acts);
	edge.edge.filed = (company, kase) => carryOrderProof(edge.desk, acts, company, kase);
	return { ...edge, folder, close: () => edge.close().then(() => rm(folder, { recursive: true })) };
}
