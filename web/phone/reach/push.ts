import { ask } from "../../api.ts";

/** Whether this browser can be rung while the page is closed, and having it rung or not. */

export interface PushKnown {
	/** The server's public key; null: push is pretended, or not set up. */
	key: string | null;
	pretend: boolean;
	devices: number;
}

type Headers = Record<string, string>;
type Rung = "rung" | "denied" | "failed";

/** A pretended push reaches nobody; its subscription has the shape of a real one. */
const PRETENDED = { p256dh: "B".repeat(87), auth: "A".repeat(22) };

export function canRing({ pretend }: PushKnown): boolean {
	return pretend || ("serviceWorker" in navigator && "PushManager" in window && "Notification" in window);
}

/** Asks for leave, subscribes, and tells the server where to ring. `scope`: the pages that the worker looks after. */
export async function ringHere(known: PushKnown, scope: string, headers: Headers): Promise<Rung> {
	if (known.key === null) {
		const endpoint = `https://push.invalid/${crypto.randomUUID()}`;
		await ask("POST", "/api/push", { endpoint, keys: PRETENDED }, headers);
		return "rung";
	}
	if ((await Notification.requestPermission()) !== "granted") return "denied";
	const subscription = await subscribe(known.key, scope).catch(() => null);
	const { endpoint, keys } = subscription?.toJSON() ?? {};
	if (!endpoint || !keys) return "failed";
	const { p256dh, auth } = keys;
	await ask("POST", "/api/push", { endpoint, keys: { p256dh, auth } }, headers);
	return "rung";
}

async function subscribe(key: string, scope: string): Promise<PushSubscription> {
	const registration = await navigator.serviceWorker.register("/phone-worker.js", { scope });
	await activated(registration);
	return await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

/** A worker has to be active before anything can be subscribed to. */
async function activated({ active, installing, waiting }: ServiceWorkerRegistration): Promise<void> {
	const worker = installing ?? waiting;
	if (active || !worker) return;
	await new Promise<void>((resolve) =>
		worker.addEventListener("statechange", () => worker.state === "activated" && resolve()),
	);
}
