/** What may go wrong between us and the outside world, as a closed list. */
export type FaultReason =
	| "unreachable" // no connection, or the other side answered that it is out of order
	| "timeout" // no answer in time; whether the request was carried out is not known
	| "throttled" // too many requests; later it may pass
	| "out-of-funds" // the account with the other side has no money left
	| "full" // no room: disk, quota, or pool of numbers
	| "interrupted" // the incoming stream broke off
	| "damaged" // what was read back is not what was written
	| "misconfigured" // keys, templates, permissions or addresses are wrong: somebody must mend a setting
	| "refused" // the other side understood and says no
	| "payee-unavailable" // the payee's account can't receive
	| "conflict" // the same key or line is already in use for something else
	| "unreadable" // the answer isn't what was agreed
	| "unsupported" // this adapter doesn't do that
	| "not-found"
	| "out-of-range"
	| "too-large";

/** A failure as a value. `retry`: asking again, unchanged, may succeed. `detail` never holds secrets or personal data. */
export type Fault = { ok: false; reason: FaultReason; retry: boolean; detail: string };

const worthRetrying: ReadonlySet<FaultReason> = new Set([
	"unreachable",
	"timeout",
	"throttled",
	"out-of-funds",
	"full",
	"interrupted",
	"damaged",
]);

/** Builds a fault; whether it is worth retrying follows from the reason alone. */
export function fault(reason: FaultReason, detail: string): Fault {
	return { ok: false, reason, retry: worthRetrying.has(reason), detail };
}
