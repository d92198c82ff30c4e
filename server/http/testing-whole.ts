import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAccounts } from "../accounts/accounts.ts";
import { diskEvidence } from "../adapters/disk/evidence.ts";
import { pretendPorts } from "../jobs/ports.ts";
import { readActWords } from "../order-acts.ts";
import { readPractice } from "../practice.ts";
import { readWords } from "../saying.ts";
import { bookWithActs } from "../store/order-acts.ts";
import { carryOrderProof } from "./order-proof.ts";
import { apiRoutes } from "./routes.ts";
import { type TestEdge, testEdge } from "./testing.ts";

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
		return apiRoutes({
			...{ accounts, evidence, ports, words, practice, acts },
			publicUrl: "http://localhost:3000",
		});
	});
	edge.edge.orders = bookWithActs(edge.edge.orders, edge.desk, acts);
	edge.edge.filed = (company, kase) => carryOrderProof(edge.edge, acts, company, kase);
	return { ...edge, folder, close: () => edge.close().then(() => rm(folder, { recursive: true })) };
}
