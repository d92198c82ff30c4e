import { COMMANDS } from "#engine/journey.ts";
import { decideChange, writesOf } from "#server/change.ts";
import { handle } from "#server/handle.ts";
import { GENESIS } from "#server/store/history.ts";
import { type Ground, person, rate } from "./ground.ts";

/** A complaint as it comes by page or phone: about 60 characters of words, two parties, one order. */
function complaint(n: number): Record<string, unknown> {
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
				number: `SF${1000000 + n}`,
				facts: { fee: 1200, insured: true, declared: 30000, delayDays: 0, serviceArea: "domestic" },
			},
		],
	};
}

export interface Rates {
	raw: number;
	filing: number;
	command: number;
}

/** Filings and commands a second through the write path, beside the same filings' rows written raw, decided beforehand. */
export async function writingRates(ground: Ground, n: number, writers: number): Promise<Rates> {
	const { desk, database } = ground;
	const agent = person("agent", "agent");
	const pack = desk.packs.newest("express");
	const schema = COMMANDS.get("FileComplaint")?.schema;
	if (!pack || !schema) throw new Error("no express pack");
	const file = (k: number) =>
		handle(desk, {
			actor: agent,
			case: null,
			pack: "express",
			type: "FileComplaint",
			fields: complaint(k),
			idempotencyKey: `b${k}-${writers}`,
		});
	await rate(50, writers, (k) => file(-1 - k));
	const ready = Array.from({ length: n }, (_, k) => {
		const change = decideChange({
			before: null,
			head: GENESIS,
			pack,
			actor: agent,
			type: "FileComplaint",
			fields: schema.parse(complaint(k)),
			now: desk.clock(),
			days: desk.days.current,
		});
		if ("ok" in change) throw new Error(JSON.stringify(change));
		return writesOf(change, desk.days.current, desk.keys);
	});
	const raw = await rate(n, writers, (k) =>
		database.transaction((session) => session.commitWith(ready[k] ?? [])),
	);
	const cases: string[] = [];
	const filing = await rate(n, writers, async (k) => {
		const answer = await file(k);
		if (!answer.ok) throw new Error(JSON.stringify(answer));
		cases[k] = answer.case;
	});
	const handler = person("handler", "handler");
	const command = await rate(n, writers, async (k) => {
		const answer = await handle(desk, {
			actor: handler,
			case: cases[k] ?? "",
			type: "ClaimCase",
			fields: {},
		});
		if (!answer.ok) throw new Error(JSON.stringify(answer));
	});
	return { raw, filing, command };
}
