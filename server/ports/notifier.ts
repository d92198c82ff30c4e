import type { Clock } from "./clock.ts";
import type { Fault } from "./fault.ts";

export const CHANNEL_KINDS = ["sms", "wechat", "email", "push"] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** One message to one person, already worded and past the guard. */
export type Message = {
	company: string;
	to: { kind: ChannelKind; address: string };
	/** The wording's name in the pack, e.g. `intake.filed`; channels with approved templates look it up. */
	wording: string;
	/** BCP 47, e.g. `zh-CN`. */
	language: string;
	/** A short heading, for channels that have one. */
	title?: string;
	/** The full text as a person would read it. */
	text: string;
	/** Where a tap on it leads. */
	link?: string;
	/** What was put into the wording's blanks, for channels whose templates are filled at the provider. */
	blanks?: Record<string, string>;
	/** Unique within the company. The same key is sent once. */
	idempotencyKey: string;
};

/**
 * `receipt` is the other side's number for the message. `gone`: devices of the address that take nothing any more and
 * should be forgotten, whether or not another one took the message.
 */
export type SendResult = ({ ok: true; receipt: string } | Fault) & { gone?: string[] };

/** Sends messages. The same `(company, idempotencyKey)` is sent once, and the first receipt is given again. */
export interface Notifier {
	send(message: Message): Promise<SendResult>;
}

/** A message that went out, or, with the pretend adapter, would have. `at` is an instant in UTC. */
export type Sent = Message & { receipt: string; at: string; through: string };

/** Where sent messages are kept: to be shown, and to send each key once. */
export interface SentBox {
	find(company: string, idempotencyKey: string): Promise<Sent | null>;
	/** Keeps the message; a second one with the same company and key changes nothing. */
	put(sent: Sent): Promise<void>;
}

/** Makes a notifier of settings already read. */
export type OpenNotifier = (clock: Clock, box: SentBox) => Notifier;
