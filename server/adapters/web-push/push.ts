import { createHash } from "node:crypto";
import webpush from "web-push";
import { z } from "zod";
import type { Clock } from "#server/ports/clock.ts";
import { type Fault, fault } from "#server/ports/fault.ts";
import type { Message, Notifier, OpenNotifier, SendResult, SentBox } from "#server/ports/notifier.ts";
import { post } from "../post.ts";
import { sendingOnce } from "../sending-once.ts";

export type PushSettings = {
	/** Whom push services may ask: `mailto:` or an https address (RFC 8292). */
	subject: string;
	/** The VAPID keys, base64url: `npx web-push generate-vapid-keys`. */
	publicKey: string;
	privateKey: string;
	timeoutMs: number;
	/** How long a push service keeps a message for a device that is off. */
	keptSeconds: number;
	clock: Clock;
	/** For tests: endpoints on this machine. */
	privateAllowed: boolean;
};

const base64url = z.string().regex(/^[\w-]+$/);

/** `push: { kind: web-push … }` of PORTS_FILE, read into what opens the notifier; the public key is the pages' to have. */
export const WebPushChannel = z
	.strictObject({
		kind: z.literal("web-push"),
		subject: z.string().regex(/^(mailto:.+@.+|https:\/\/.+)$/, "mailto:somebody@… or https://…"),
		publicKey: base64url,
		privateKey: base64url,
		timeoutMs: z.int().min(100).default(10_000),
		keptSeconds: z.int().min(0).default(86_400),
	})
	// a key that can't sign would make every device look as if it were gone
	.refine((settings) => signs(settings), { path: ["privateKey"], error: "the two keys are no VAPID keys" })
	.transform((settings) => ({
		publicKey: settings.publicKey,
		open: ((clock, box) =>
			webPush({ ...settings, privateAllowed: false, clock }, box)) satisfies OpenNotifier,
	}));

function signs({
	subject,
	publicKey,
	privateKey,
}: Pick<PushSettings, "subject" | "publicKey" | "privateKey">) {
	try {
		webpush.getVapidHeaders("https://push.example", subject, publicKey, privateKey, "aes128gcm");
		return true;
	} catch {
		return false;
	}
}

/** What a browser gives out: where to ring it, and the keys to write to it alone. */
export const PushSubscription = z.strictObject({
	endpoint: z.url({ protocol: /^https?$/ }).max(1_000),
	keys: z.strictObject({
		p256dh: base64url.min(80).max(100),
		auth: base64url.min(16).max(40),
	}),
});
export type PushSubscription = z.output<typeof PushSubscription>;

const Address = z.array(PushSubscription).min(1);

/** The address of somebody's devices. */
export function pushAddress(subscriptions: readonly PushSubscription[]): string {
	return JSON.stringify(subscriptions);
}

/**
 * Web push (RFC 8030, 8291, 8292) to all devices of an address: sent when one of them takes it. A device that answers
 * 404 or 410 has unsubscribed. Endpoints are named by their users: private addresses are not rung.
 */
export function webPush(settings: PushSettings, box: SentBox): Notifier {
	return sendingOnce("web-push", box, settings.clock, (message) => pushToAll(settings, message));
}

async function pushToAll(settings: PushSettings, message: Message): Promise<SendResult> {
	if (message.to.kind !== "push")
		return fault("unsupported", `web push can't reach an address of kind ${message.to.kind}`);
	const devices = Address.safeParse(jsonOf(message.to.address));
	if (!devices.success) return fault("refused", "the address is no list of subscriptions");
	const results = await Promise.all(devices.data.map((device) => pushTo(settings, device, message)));
	const gone = devices.data.flatMap(({ endpoint }, n) => {
		const result = results[n];
		return result && !result.ok && result.reason === "not-found" ? [endpoint] : [];
	});
	const best = results.find((one) => one.ok) ?? results.find((one) => !one.ok && one.retry) ?? results[0];
	if (!best) return fault("refused", "the address is an empty list");
	return gone.length > 0 ? { ...best, gone } : best;
}

async function pushTo(
	settings: PushSettings,
	device: PushSubscription,
	message: Message,
): Promise<{ ok: true; receipt: string } | Fault> {
	const details = detailsOf(settings, device, message);
	if (details === null) return fault("not-found", "the device's keys can't be used");
	const { host } = new URL(device.endpoint);
	const answer = await post({
		url: details.endpoint,
		headers: Object.fromEntries(
			Object.entries(details.headers).map(([name, value]) => [name, String(value)]),
		),
		body: details.body,
		timeoutMs: settings.timeoutMs,
		privateAllowed: settings.privateAllowed,
	});
	if (answer.status === null) {
		if (answer.error === "private-address" || answer.error === "not-a-web-address")
			return fault("not-found", `${host}: ${answer.error}`);
		return fault(answer.error === "timeout" ? "timeout" : "unreachable", `${host}: ${answer.error}`);
	}
	const { status } = answer;
	if (status >= 200 && status < 300) return { ok: true, receipt: receiptOf(message) };
	if (status === 404 || status === 410) return fault("not-found", `${host}: ${status}`);
	if (status === 429) return fault("throttled", `${host}: ${status}`);
	if (status === 401 || status === 403)
		return fault("misconfigured", `${host}: ${status}, see the VAPID keys`);
	if (status >= 500) return fault("unreachable", `${host}: ${status}`);
	return fault("refused", `${host}: ${status}`);
}

/** Push services take 4,096 bytes; encryption adds about a hundred (RFC 8030, 7.2; RFC 8291, 4). */
const MOST_LETTERS = 600;

/** The encrypted request; null when the device's keys are none. */
function detailsOf(settings: PushSettings, device: PushSubscription, message: Message) {
	const { title, text, link, idempotencyKey } = message;
	const payload = JSON.stringify({ title, text: [...text].slice(0, MOST_LETTERS).join(""), link });
	try {
		return webpush.generateRequestDetails(device, payload, {
			vapidDetails: {
				subject: settings.subject,
				publicKey: settings.publicKey,
				privateKey: settings.privateKey,
			},
			TTL: settings.keptSeconds,
			urgency: "high",
			contentEncoding: "aes128gcm",
			// a second copy of the same message takes the place of the first (RFC 8030, 5.4: 32 letters of base64url)
			topic: digestOf(idempotencyKey),
		});
	} catch {
		return null;
	}
}

function digestOf(text: string): string {
	return createHash("sha256").update(text).digest("base64url").slice(0, 32);
}

function receiptOf({ company, idempotencyKey }: Message): string {
	return `push-${digestOf(JSON.stringify([company, idempotencyKey])).slice(0, 16)}`;
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
