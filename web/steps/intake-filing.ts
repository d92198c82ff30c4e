import { minorOf } from "../parts/money.ts";
import { instantOf } from "../parts/time.ts";

/** A complaint as it was typed, and as the server takes it. */

export interface FiledParty {
	seat?: string;
	name?: string;
	phone?: string;
	plate?: string;
}

export interface Filing {
	kind: string;
	source: string;
	channel: string;
	verbatim: string;
	occurredAt?: string;
	receivedAt?: string;
	claimed?: string;
	wished?: string;
	place?: string;
	flags?: string[];
	importance?: string;
	order?: string;
	parties?: (FiledParty | undefined)[];
	category?: string;
	/** Places in `parties`, as text. */
	accused?: string[];
}

/** What comes beside what was typed: the call, and the lines of the script that were said. */
export interface Beside {
	call?: string | undefined;
	said?: readonly string[];
}

/**
 * The fields of FileComplaint. Parties without a seat are left out, and the accused keep pointing at the right ones.
 * @param zone in which the times were typed
 */
export function filingFrom(
	typed: Filing,
	zone: string,
	currency: string,
	{ call, said = [] }: Beside = {},
): Record<string, unknown> {
	const seated = (typed.parties ?? [])
		.map((party, place) => ({ party, place }))
		.filter(({ party }) => party?.seat);
	const accused = (typed.accused ?? [])
		.map((place) => seated.findIndex((one) => one.place === Number(place)))
		.filter((place) => place >= 0);
	const amount = typed.claimed ? minorOf(typed.claimed) : null;
	return known({
		kind: typed.kind,
		source: typed.source,
		channel: typed.channel,
		verbatim: typed.verbatim.trim(),
		occurredAt: typed.occurredAt ? instantOf(typed.occurredAt, zone) : null,
		receivedAt: typed.receivedAt ? instantOf(typed.receivedAt, zone) : null,
		claimed: amount === null ? null : { amount, currency },
		wished: typed.wished?.trim(),
		place: typed.place?.trim(),
		flags: typed.flags,
		importance: typed.importance,
		orders: typed.order?.trim() ? [{ number: typed.order.trim() }] : [],
		parties: seated.map(({ party }) =>
			known({
				seat: party?.seat,
				name: party?.name?.trim(),
				phone: party?.phone?.trim(),
				plate: party?.plate?.trim(),
			}),
		),
		allegations: typed.category || accused.length > 0 ? [known({ category: typed.category, accused })] : [],
		call: call === undefined ? null : { id: call },
		said: [...said],
	});
}

/** Without what is empty: it was not said. */
function known(fields: Record<string, unknown>): Record<string, unknown> {
	const said = Object.entries(fields).filter(
		([, value]) =>
			value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0),
	);
	return Object.fromEntries(said);
}
