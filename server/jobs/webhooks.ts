import { createHmac } from "node:crypto";
import { epochOf, type Instant } from "#engine/time/instant.ts";
import { post } from "../adapters/post.ts";
import { type Attempt, type Delivery, readDeliveries, recordAttempt } from "../store/deliveries.ts";
import type { Claim } from "../store/due-claims.ts";
import { backoff, DONE, type Outcome } from "./outcome.ts";
import { type Batch, performUnits, unitsBy } from "./units.ts";

/** Webhooks told at once; the deliveries of one follow one another. */
const AT_ONCE = 16;
const TIMEOUT_MS = 10_000;
const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;
/** After that long without a good answer a delivery is given up. */
const TRIED_FOR_MS = 3 * 86_400_000;

/** Deliveries of webhooks, those of one webhook in their order. */
export async function runDeliveries(batch: Batch, claims: readonly Claim[]): Promise<void> {
	const names = claims.map(({ company, payload }) => ({ company, ...(payload as { delivery: string }) }));
	const [rows = []] = (await batch.desk.database.read([readDeliveries(names)])) as Delivery[][];
	const deliveries = new Map(rows.map((one) => [nameOf(one.company, one.id), one]));
	const deliveryOf = ({ company, payload }: Claim) =>
		deliveries.get(nameOf(company, (payload as { delivery: string }).delivery));
	const units = unitsBy(claims, (claim) => nameOf(claim.company, deliveryOf(claim)?.webhook ?? ""));
	const silent = new Set<string>();
	await performUnits(batch, units, AT_ONCE, async (claim) => {
		const delivery = deliveryOf(claim);
		return delivery ? await deliver(batch, delivery, silent) : DONE;
	});
}

function nameOf(company: string, id: string): string {
	return `${company} ${id}`;
}

/** @param silent webhooks that gave no answer in this batch: their other deliveries wait without being tried. */
async function deliver(batch: Batch, delivery: Delivery, silent: Set<string>): Promise<Outcome> {
	const { desk, outside, now } = batch;
	if (delivery.ended) return DONE;
	const webhook = nameOf(delivery.company, delivery.webhook);
	const next = backoff(now, delivery.attempts.length, FIRST_WAIT_MS, LONGEST_WAIT_MS);
	if (silent.has(webhook))
		return { is: "later", at: next, why: "the webhook gave no answer to another delivery" };
	const attempt = await tryOnce(delivery, now, outside.privateWebhooks);
	if (attempt.status === null) silent.add(webhook);
	const delivered = attempt.status !== null && attempt.status >= 200 && attempt.status < 300;
	const givenUp =
		!delivered && (delivery.url === null || epochOf(next) - epochOf(delivery.madeAt) > TRIED_FOR_MS);
	const ends = delivered ? "delivered" : givenUp ? "given-up" : null;
	await desk.database.transaction((session) => session.commitWith([recordAttempt(delivery, attempt, ends)]));
	return ends ? DONE : { is: "later", at: next, why: attempt.error ?? `status ${attempt.status}` };
}

async function tryOnce(delivery: Delivery, now: Instant, privateAllowed: boolean): Promise<Attempt> {
	const { url, secret, body: content, id, event } = delivery;
	if (url === null || secret === null) return { at: now, status: null, ms: 0, error: "switched-off" };
	const body = JSON.stringify(content);
	const begun = performance.now();
	const answer = await post({
		url,
		headers: {
			"content-type": "application/json",
			"user-agent": "Redress",
			"redress-event": event,
			"redress-delivery": id,
			"redress-signature": signatureOf(secret, now, body),
		},
		body,
		timeoutMs: TIMEOUT_MS,
		privateAllowed,
	});
	const ms = Math.round(performance.now() - begun);
	return { at: now, status: answer.status, ms, error: "error" in answer ? answer.error : null };
}

/**
 * `t=<Unix seconds>,v1=<hex>`: HMAC-SHA-256 with the webhook's secret over `<t>.<body>`. The receiver computes it anew
 * and refuses what is older than a few minutes.
 */
function signatureOf(secret: Buffer, at: Instant, body: string): string {
	const seconds = Math.floor(epochOf(at) / 1000);
	return `t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}`;
}
