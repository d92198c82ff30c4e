import { createHash } from "node:crypto";
import type { Instant } from "#engine/time/instant.ts";
import type { Fault, FaultReason } from "../ports/fault.ts";
import type { Message, SendResult } from "../ports/notifier.ts";
import { type NoticeChange, noteNotice, type Tried } from "../store/notices.ts";
import { forgetDevices } from "../store/wishes.ts";
import { DONE, MOST_ATTEMPTS, type Outcome } from "./outcome.ts";
import type { Way } from "./reach.ts";
import type { Batch } from "./units.ts";

/** A written notice on its way out. */
export interface Outgoing extends Required<Pick<Message, "company" | "wording" | "text" | "title">> {
	key: string;
	blanks: Record<string, string>;
	link: string | null;
	language: "zh" | "en";
	ways: readonly Way[];
	/** Ways that failed before. */
	tried: readonly Tried[];
	/** Whether they read it in the product anyway. */
	inProduct: boolean;
	/** How often this was tried before. */
	attempts: number;
}

/** A way that may yet work is given up for the next one after so many tries, while there is a next one. */
const TRIES_BEFORE_THE_NEXT = 3;

/** Nobody's to mend here: the address is wrong, or its owner wants nothing. The others are a setting's fault. */
const THEIRS: ReadonlySet<FaultReason> = new Set(["refused", "not-found"]);

/** Sends a notice by the first way that takes it, and notes on the notice how it went. */
export async function sendNotice(batch: Batch, outgoing: Outgoing): Promise<Outcome> {
	const tried: Tried[] = [...outgoing.tried];
	const left = outgoing.ways.filter((way) => !tried.some((one) => one.channel === way.channel));
	let last: Fault | null = null;
	for (const [n, way] of left.entries()) {
		const result = await sendBy(batch, outgoing, way);
		if (result.ok) {
			await note(batch, outgoing, {
				...{ state: "sent", channel: way.channel, receipt: result.receipt, tried },
			});
			return DONE;
		}
		last = result;
		const patience = n + 1 < left.length ? TRIES_BEFORE_THE_NEXT : MOST_ATTEMPTS;
		if (result.retry && outgoing.attempts + 1 < patience) {
			await note(batch, outgoing, { state: "sending", channel: way.channel, receipt: null, tried });
			return { is: "failed", why: result.reason };
		}
		tried.push({ channel: way.channel, why: result.reason, at: batch.now });
	}
	return await giveUp(batch, outgoing, tried, last);
}

/** No way is left: in the product it stands anyway, else it has failed. */
async function giveUp(
	batch: Batch,
	outgoing: Outgoing,
	tried: Tried[],
	last: Fault | null,
): Promise<Outcome> {
	const why = last?.reason ?? tried.at(-1)?.why ?? "unsupported";
	const channel = outgoing.ways.at(-1)?.channel ?? "none";
	await note(
		batch,
		outgoing,
		outgoing.inProduct
			? { state: "sent", channel: "in-app", receipt: null, tried }
			: { state: "failed", channel, receipt: why, tried },
	);
	const mendable = tried.find((one) => !THEIRS.has(one.why) && one.why !== "unsupported");
	if (mendable) return { is: "failed", why: mendable.why, forGood: true };
	// nobody set up any of the ways that there are
	const unsupported =
		!outgoing.inProduct && tried.length > 0 && tried.every((one) => one.why === "unsupported");
	return unsupported ? { is: "failed", why: "unsupported", forGood: true } : DONE;
}

async function sendBy(batch: Batch, outgoing: Outgoing, { channel, address }: Way): Promise<SendResult> {
	const { company, wording, text, title, blanks, link, language, key } = outgoing;
	const result = await batch.outside.notifier.send({
		...{ company, wording, text, title, blanks },
		to: { kind: channel, address },
		language: language === "zh" ? "zh-CN" : "en",
		...(link === null ? {} : { link }),
		idempotencyKey: key,
	});
	if (result.gone && result.gone.length > 0) await forget(batch, company, result.gone);
	return result;
}

/** Devices whose owners no longer want to be rung. */
async function forget({ desk }: Batch, company: string, endpoints: readonly string[]): Promise<void> {
	const statement = forgetDevices(company, endpoints.map(deviceId), null);
	await desk.database.transaction((session) => session.commitWith([statement]));
}

/** The name of a device: two subscriptions with one endpoint are the same. */
export function deviceId(endpoint: string): string {
	return createHash("sha256").update(endpoint).digest("hex");
}

async function note({ desk, now }: Batch, { company, key }: Outgoing, change: NoticeChange): Promise<void> {
	await desk.database.transaction((session) =>
		session.commitWith([noteNotice(company, key, change, now satisfies Instant)]),
	);
}
