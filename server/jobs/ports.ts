import type { Words } from "#engine/words.ts";
import { ownOrders } from "../adapters/orders/own.ts";
import { pretendCaller } from "../adapters/pretend/caller.ts";
import { pretendIdentity } from "../adapters/pretend/identity.ts";
import { pretendNotifier } from "../adapters/pretend/notifier.ts";
import { pretendPayer } from "../adapters/pretend/payer.ts";
import type { Desk } from "../handle.ts";
import type { EvidencePlace } from "../http/evidence-intake.ts";
import type { Caller, CallTold } from "../ports/caller.ts";
import type { EvidenceStore } from "../ports/evidence-store.ts";
import type { WechatIdentity } from "../ports/identity.ts";
import { CHANNEL_KINDS, type ChannelKind, type Notifier } from "../ports/notifier.ts";
import type { OrderBook } from "../ports/order-book.ts";
import type { Payer } from "../ports/payer.ts";
import type { Delivery, Teller } from "../ports/receipts.ts";
import { noticeBox } from "../store/notices.ts";
import { orderReader } from "../store/orders.ts";
import { tableLedger } from "../store/payments.ts";

/** The outside world. */
export interface Ports {
	notifier: Notifier;
	/** The ways that the notifier has. */
	channels: readonly ChannelKind[];
	/** What browsers need to subscribe to web push; null: it is pretended. */
	pushKey: string | null;
	wechat: WechatIdentity;
	/** Who tells later what became of messages and calls, as far as that is set up. */
	tellers: { sms?: Teller<Delivery>; wechat?: Teller<Delivery>; calls?: Teller<CallTold> };
	payer: Payer;
	caller: Caller;
	evidence: EvidenceStore;
	orders: OrderBook;
}

/** How a link is made: to which page of those who sign in, and by whom where somebody sends it. */
export interface LinkManner {
	page?: "desk" | "phone";
	by?: string;
}

/** What the loop reaches beyond the desk, handed in by the composition. */
export interface Outside extends Pick<Ports, "notifier" | "payer" | "caller" | "orders"> {
	/** Where evidence that comes in by itself is received and kept. */
	place: EvidencePlace;
	/** The product's own words, packs/common/wording. */
	words: Readonly<Record<"zh" | "en", Words>>;
	/** A link to a case: signed for a party without an account; `party` null: for whoever signs in. */
	linkFor: (company: string, case_: string, party: string | null, how?: LinkManner) => Promise<string>;
	/** Whether webhooks may go to addresses of private networks and of this machine. */
	privateWebhooks: boolean;
	/** Told, in a sentence without personal data, what went wrong; with what was thrown, if anything was. */
	report: (sentence: string, error?: unknown) => void;
}

/**
 * Ports that move nothing outside: messages and payments that would have gone out are kept in our own tables, for the
 * interface to show, and survive a restart. Orders are those that the company put in through our interface.
 */
export function pretendPorts(
	{ database, keys, clock }: Pick<Desk, "database" | "keys" | "clock">,
	evidence: EvidenceStore,
): Ports {
	return {
		notifier: pretendNotifier(noticeBox(database), clock),
		channels: CHANNEL_KINDS,
		pushKey: null,
		wechat: pretendIdentity(),
		tellers: {},
		payer: pretendPayer(tableLedger(database, keys, clock)),
		caller: pretendCaller(clock),
		evidence,
		orders: ownOrders(orderReader(database, keys)),
	};
}
