import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { COMMANDS } from "#engine/journey.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import { type Change, decideChange, writesOf } from "#server/change.ts";
import { COMPANY } from "#server/demo/company.ts";
import { type Desk, handle } from "#server/handle.ts";
import { importFile } from "#server/importing/import.ts";
import { parseMap } from "#server/importing/map.ts";
import { GENESIS } from "#server/store/history.ts";
import { type Ground, person, rate } from "./ground.ts";

const agent = person("agent", "agent");
const handler = person("handler", "handler");

/** A complaint as it comes by page or phone: about 40 characters of words, two parties, one order. */
export function complaint(n: number): Record<string, unknown> {
	return {
		channel: "page",
		verbatim: `第${n}件：箱子压扁了，里面的保温杯碎了，希望照价赔偿，已经等了两天没有人联系我。`,
		claimed: { amount: 12000, currency: "CNY" },
		parties: [
			{ seat: "recipient", name: "李晓雨", phone: `1990000${1000 + (n % 9000)}` },
			{ seat: "courier" },
		],
		orders: [
			{
				number: `YT${1000000 + n}`,
				facts: { fee: 1200, insured: true, declared: 30000, delayDays: 0, serviceArea: "domestic" },
			},
		],
	};
}

/** Operations a second; the raw ones write the same rows in the same transactions, decided and sealed beforehand. */
export interface Rates {
	rawFiling: number;
	filing: number;
	rawCommand: number;
	command: number;
}

/** Filings, and commands (a claim) on the cases filed, through the write path and raw. */
export async function writingRates(
	{ redress: { desk } }: Ground,
	n: number,
	writers: number,
): Promise<Rates> {
	const pack = expressOf(desk);
	const file = (k: number, run: string) => {
		const idempotencyKey = `bench-${run}-${writers}-${k}`;
		const request = {
			actor: agent,
			pack: "express",
			type: "FileComplaint",
			fields: complaint(k),
			idempotencyKey,
		};
		return handle(desk, { ...request, case: null });
	};
	await rate(Math.min(n, 200), writers, (k) => file(k, "warm"));
	const changes = Array.from({ length: n }, (_, k) =>
		decided(desk, pack, null, "FileComplaint", complaint(k)),
	);
	const rawFiling = await writtenRaw(desk, changes, writers);
	const claims = changes.map((before) => decided(desk, pack, before, "ClaimCase", {}));
	const rawCommand = await writtenRaw(desk, claims, writers);
	const cases: string[] = [];
	const filing = await rate(n, writers, async (k) => {
		const answer = await file(k, "filing");
		if (!answer.ok) throw new Error(JSON.stringify(answer));
		cases[k] = answer.case;
	});
	const command = await rate(n, writers, async (k) => {
		const answer = await handle(desk, {
			actor: handler,
			case: cases[k] ?? "",
			type: "ClaimCase",
			fields: {},
		});
		if (!answer.ok) throw new Error(JSON.stringify(answer));
	});
	return { rawFiling, filing, rawCommand, command };
}

function expressOf({ packs }: Desk): LoadedPack {
	const pack = packs.newest("express");
	if (!pack) throw new Error("no express pack");
	return pack;
}

function decided(desk: Desk, pack: LoadedPack, before: Change | null, type: string, given: object): Change {
	const fields = COMMANDS.get(type)?.schema.parse(given);
	const actor = before ? handler : agent;
	const state = { before: before?.next ?? null, head: before?.head ?? GENESIS };
	const change = decideChange({
		...state,
		pack,
		actor,
		type,
		fields,
		now: desk.clock(),
		days: desk.days.current,
	});
	if ("ok" in change) throw new Error(JSON.stringify(change));
	return change;
}

async function writtenRaw(desk: Desk, changes: readonly Change[], writers: number): Promise<number> {
	const ready = changes.map((change) => writesOf(change, desk.days.current, desk.keys));
	return rate(ready.length, writers, (k) =>
		desk.database.transaction((session) => session.commitWith(ready[k] ?? [])),
	);
}

const MAP = `verbatim: text
channel: { value: page }
amount: yuan
order: { number: order }
parties: [{ seat: recipient, name: name, phone: phone }]
`;

/** Rows a second of an import: read, decided, graded, written 200 at once, entered in its ledger. */
export async function importRate({ redress: { desk } }: Ground, rows: number): Promise<number> {
	const pack = expressOf(desk);
	const folder = await mkdtemp(join(tmpdir(), "redress-bench-import-"));
	const file = join(folder, "complaints.jsonl");
	const lines = Array.from({ length: rows }, (_, n) => {
		const text = `第${n}件：快递盒子破损，里面的杯子碎了，要求赔偿，客服一直没有回复。`;
		return JSON.stringify({
			text,
			yuan: 120,
			order: `ZT${5000000 + n}`,
			name: "王小云",
			phone: `1990001${1000 + (n % 9000)}`,
		});
	});
	await writeFile(file, `${lines.join("\n")}\n`);
	const order = {
		company: COMPANY,
		pack,
		file,
		name: "bench",
		map: parseMap(MAP, pack),
		batch: 200,
		again: false,
	};
	const telling = { rejects: join(folder, "rejects.jsonl"), say: () => "refused", report: () => {} };
	const started = performance.now();
	const { accepted } = await importFile(desk, { ...order, ...telling });
	const seconds = (performance.now() - started) / 1000;
	await rm(folder, { recursive: true, force: true });
	if (accepted !== rows) throw new Error(`only ${accepted} of ${rows} rows were imported`);
	return rows / seconds;
}
