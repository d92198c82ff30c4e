import type { Case } from "#engine/case.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import type { Instant } from "#engine/time/instant.ts";
import { PushSubscription, pushAddress } from "../adapters/web-push/push.ts";
import type { Desk } from "../handle.ts";
import type { ChannelKind } from "../ports/notifier.ts";
import { phonesOf } from "../store/addresses.ts";
import { unseal } from "../store/kept.ts";
import { type DeviceRow, type Holder, readDevices, readWishes, type WishRow } from "../store/wishes.ts";
import { quietUntil } from "./notice-dates.ts";
import type { Recipient } from "./recipients.ts";

/** How somebody can be told outside the product, and when: what they wish, and what is known of them. */

/** A way outside, with the address it leads to. */
export interface Way {
	channel: ChannelKind;
	address: string;
}

export interface Reach {
	/** In the order in which they are tried; empty: nobody knows one. */
	ways: Way[];
	language: "zh" | "en";
	/** Their own quiet hours; null: those of the trade. */
	quiet: readonly [string, string] | null;
	/** Whether what is urgent may ring in them. */
	urgentRings: boolean;
}

/** Whoever has an account reads all in the product, and devices of theirs are rung; others get a text message. */
export const USUAL: Record<"person" | "party", readonly ChannelKind[]> = {
	person: ["push"],
	party: ["sms", "wechat", "email", "push"],
};

/** A party who is told nowhere else hears by text message, whatever was chosen before it failed. */
const LAST_RESORT: Record<"person" | "party", readonly ChannelKind[]> = { person: [], party: ["sms"] };

/** The name under which somebody's wishes are kept. */
export function holderOf(recipient: Recipient, case_: string): Holder {
	return recipient.person ? recipient.id : `party:${case_}:${recipient.party.id}`;
}

/** How each of some recipients can be reached, by their ids; asks the database no more often for many than for one. */
export async function reachesOf(
	desk: Pick<Desk, "database" | "keys">,
	kase: Case,
	recipients: readonly Recipient[],
): Promise<Map<string, Reach>> {
	if (recipients.length === 0) return new Map();
	const holders = recipients.map((one) => holderOf(one, kase.id));
	const [wishRows = [], deviceRows = []] = await desk.database.read([
		readWishes(kase.company, holders),
		readDevices(kase.company, holders),
	]);
	const wishes = new Map((wishRows as WishRow[]).map((one) => [one.holder, one]));
	const devices = Map.groupBy(deviceRows as DeviceRow[], (one) => one.holder);
	const orders = recipients.map((one, n) => channelsFor(one, wishes.get(holders[n] as Holder)));
	const wantPhone = recipients.filter((_, n) => orders[n]?.includes("sms"));
	const phones = await phonesOf(
		desk,
		kase.company,
		wantPhone.map((one) => ({ id: one.id, ...phonePlace(one) })),
	);
	return new Map(
		recipients.map((one, n) => {
			const holder = holders[n] as Holder;
			const wish = wishes.get(holder);
			const known: Known = {
				phone: phones.get(one.id) ?? null,
				email: wish?.email ? unseal(wish.email, desk.keys) : null,
				openid: wish?.openid ? unseal(wish.openid, desk.keys) : null,
				devices: (devices.get(holder) ?? []).map(({ sealed }) => unseal(sealed, desk.keys)),
			};
			const ways = (orders[n] ?? []).flatMap((channel) => {
				const address = addressFor(channel, known);
				return address === null ? [] : [{ channel, address }];
			});
			const { quietFrom, quietTo } = wish ?? { quietFrom: null, quietTo: null };
			const reach: Reach = {
				ways,
				language: wish?.language ?? one.language,
				quiet: quietFrom !== null && quietTo !== null ? [quietFrom, quietTo] : null,
				urgentRings: wish?.urgentRings ?? true,
			};
			return [one.id, reach];
		}),
	);
}

function channelsFor({ person }: Recipient, wish: WishRow | undefined): ChannelKind[] {
	const kind = person ? "person" : "party";
	return [...new Set([...(wish?.channels ?? USUAL[kind]), ...LAST_RESORT[kind]])];
}

/** A party's phone as given with the case, else that of their own account. */
function phonePlace({ person, party }: Recipient): { ref: string | null; person: string | null } {
	if (person) return { ref: party?.phone?.ref ?? null, person: person.id };
	return { ref: party.phone?.ref ?? null, person: party.person };
}

interface Known {
	phone: string | null;
	email: string | null;
	openid: string | null;
	devices: string[];
}

function addressFor(channel: ChannelKind, { phone, email, openid, devices }: Known): string | null {
	switch (channel) {
		case "sms":
			return phone;
		case "email":
			return email;
		case "wechat":
			return openid;
		case "push": {
			const subscriptions = devices.flatMap((one) => PushSubscription.safeParse(JSON.parse(one)).data ?? []);
			return subscriptions.length > 0 ? pushAddress(subscriptions) : null;
		}
	}
}

/**
 * Until when a message to somebody waits: the end of the quiet hours that `now` lies in. Null when it goes out at
 * once: by day, when it is critical and they don't mind, and when a statutory clock of the case runs out before then.
 */
export function waitsUntil(
	reach: Pick<Reach, "quiet" | "urgentRings">,
	kase: Case,
	pack: LoadedPack,
	now: Instant,
): Instant | null {
	if (kase.triage?.urgency === "critical" && reach.urgentRings) return null;
	const morning = quietUntil(now, reach.quiet ?? pack.data.contact.quiet, pack.data.head.zone);
	if (morning === null) return null;
	const pressing = kase.clocks.some(
		(one) => one.kind === "statutory" && !one.stopped && one.due > now && one.due <= morning,
	);
	return pressing ? null : morning;
}
