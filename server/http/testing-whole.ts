import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAccounts } from "../accounts/accounts.ts";
import { linkRoutes } from "../accounts/link-routes.ts";
import { authRoutes } from "../accounts/routes.ts";
import { diskEvidence } from "../adapters/disk/evidence.ts";
import { readWords } from "../saying.ts";
import { evidenceRoutes } from "./evidence.ts";
import { healthRoutes } from "./health.ts";
import { noticeRoutes } from "./notices.ts";
import { openapiRoutes } from "./openapi.ts";
import { orderRoutes } from "./orders.ts";
import { organisationRoutes } from "./organisations.ts";
import { packRoutes } from "./packs.ts";
import { peopleRoutes } from "./people.ts";
import { revealRoutes } from "./reveal.ts";
import { schemaRoutes } from "./schemas.ts";
import { searchRoutes } from "./search.ts";
import { type TestEdge, testEdge } from "./testing.ts";
import { webhookRoutes } from "./webhooks.ts";

/** For tests: the edge with everything mounted, its files in a folder that goes with it. */
export async function wholeEdge(): Promise<TestEdge & { folder: string }> {
	const folder = await mkdtemp(join(tmpdir(), "redress-edge-"));
	const words = await readWords();
	const evidence = {
		store: diskEvidence(join(folder, "evidence")),
		uploads: join(folder, "uploads"),
		maxBytes: 1024 * 1024,
	};
	const edge = await testEdge(({ database, keys, offices, clock }) => {
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
			evidenceRoutes(evidence),
			searchRoutes,
			orderRoutes,
			revealRoutes,
			webhookRoutes,
			noticeRoutes,
			peopleRoutes(accounts),
			organisationRoutes,
			packRoutes,
			schemaRoutes(words),
			openapiRoutes,
			healthRoutes,
		];
	});
	return { ...edge, folder, close: () => edge.close().then(() => rm(folder, { recursive: true })) };
}
