import type { Fault } from "./fault.ts";

/** What became of a message that the provider had taken, told by it later. `receipt` is its number for the message. */
export type Delivery = {
	receipt: string;
	delivered: boolean;
	/** The provider's word for why not; never personal data. */
	why: string | null;
	/** An instant in UTC; null where the provider says none. */
	at: string | null;
};

/** A request in which a provider tells of its own accord. `body` is JSON as parsed, else text. */
export type Told = {
	headers: Readonly<Record<string, string | string[] | undefined>>;
	query: Readonly<Record<string, unknown>>;
	body: unknown;
};

/** What the provider wants to be answered, so that it doesn't tell again. */
export type Thanks = { type: "application/json" | "text/plain"; body: string };

/** Faults: misconfigured (not from the provider, or not for us), unreadable. */
export type ReadTold<T> = { ok: true; told: T[]; thanks: Thanks } | Fault;

/** Reads what one provider tells, after making sure that it is the provider, in the way that the provider documents. */
export interface Teller<T> {
	/** The answer to a provider that asks first whether somebody listens; null where it is not the provider. */
	greet(asked: Pick<Told, "query">): Thanks | null;
	read(told: Told): ReadTold<T>;
}
