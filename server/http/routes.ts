import type { ActWords } from "#engine/order-acts.ts";
import type { Scenario } from "#engine/practice.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { linkRoutes } from "../accounts/link-routes.ts";
import { authRoutes } from "../accounts/routes.ts";
import type { Ports } from "../jobs/ports.ts";
import type { BothWords } from "../saying.ts";
import type { Plugin } from "./app.ts";
import { backgroundRoutes } from "./background.ts";
import { callRoutes } from "./calls.ts";
import { callsBackRoutes } from "./calls-back.ts";
import { caseLinkRoutes } from "./case-links.ts";
import { caseStudyRoutes } from "./case-studies.ts";
import { coachRoutes } from "./coach.ts";
import { complainRoutes } from "./complaining.ts";
import { conductRoutes } from "./conduct.ts";
import { directoryRoutes } from "./directory.ts";
import { draftRoutes } from "./drafts.ts";
import { duplicateRoutes } from "./duplicates.ts";
import { evidenceRoutes } from "./evidence.ts";
import type { EvidencePlace } from "./evidence-intake.ts";
import { givenUpRoutes } from "./given-up.ts";
import { healthRoutes } from "./health.ts";
import { lineRoutes } from "./lines.ts";
import { liveRoutes } from "./live.ts";
import { matchRoutes } from "./matches.ts";
import { noticeRoutes } from "./notices.ts";
import { openapiRoutes } from "./openapi.ts";
import { orderActRoutes } from "./order-acts.ts";
import { orderRoutes } from "./orders.ts";
import { organisationRoutes } from "./organisations.ts";
import { packRoutes } from "./packs.ts";
import { peopleRoutes } from "./people.ts";
import { practiceRoutes } from "./practice.ts";
import { pretendCallsRoutes } from "./pretend-calls.ts";
import { previewRoutes } from "./preview.ts";
import { pushRoutes } from "./push.ts";
import { receiptCodeRoutes } from "./receipt-code.ts";
import { receiptRoutes } from "./receipts.ts";
import { rehearsalRoutes } from "./rehearsals.ts";
import { respondentRoutes } from "./respondent.ts";
import { revealRoutes } from "./reveal.ts";
import { revealLogRoutes } from "./reveals-log.ts";
import { schemaRoutes } from "./schemas.ts";
import { searchRoutes } from "./search.ts";
import { todayRoutes } from "./today.ts";
import { viewRoutes } from "./views.ts";
import { webhookRoutes } from "./webhooks.ts";
import { wishRoutes } from "./wishes.ts";
import { workRoutes } from "./work.ts";

/** What the routes are made of besides the desk. */
export interface Behind {
	accounts: Accounts;
	evidence: EvidencePlace;
	ports: Ports;
	words: BothWords;
	practice: readonly Scenario[];
	acts: ActWords;
	publicUrl: string;
}

/** Every group of routes of the API: the product and the tests that walk all of it mount this one list. */
export function apiRoutes({ accounts, evidence, ports, words, practice, acts, publicUrl }: Behind): Plugin[] {
	return [
		authRoutes(accounts),
		linkRoutes(accounts),
		caseLinkRoutes(accounts),
		complainRoutes(accounts),
		evidenceRoutes(evidence),
		searchRoutes,
		viewRoutes,
		rehearsalRoutes,
		liveRoutes,
		workRoutes,
		orderRoutes,
		receiptCodeRoutes(publicUrl),
		orderActRoutes({
			...{ words: acts, notifier: ports.notifier, place: evidence },
			publicUrl: publicUrl,
		}),
		callRoutes,
		duplicateRoutes,
		revealRoutes,
		revealLogRoutes,
		todayRoutes,
		noticeRoutes,
		backgroundRoutes,
		conductRoutes,
		matchRoutes,
		respondentRoutes,
		practiceRoutes(practice),
		coachRoutes,
		directoryRoutes,
		draftRoutes,
		caseStudyRoutes,
		previewRoutes(words, publicUrl),
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
	];
}
