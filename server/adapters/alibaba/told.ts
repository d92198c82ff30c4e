import { z } from "zod";
import { type Fault, fault } from "#server/ports/fault.ts";
import type { Thanks, Told } from "#server/ports/receipts.ts";
import { sameSecret } from "../same-secret.ts";

/**
 * Alibaba Cloud's receipts HTTP批量推送 carry no signature: whoever knows the address may tell. So the address that is
 * entered in the console carries a secret, `?key=…`, and a request without it is nobody's. It asks whether somebody
 * listens by GET, waits 700 ms, and pushes again after 1, 5 and 10 minutes what was not answered with status 200.
 */
export const ToldKey = z.string().min(24, "at least 24 letters that nobody guesses").max(200);

export function isAlibaba(query: Told["query"], key: string): boolean {
	return sameSecret(query.key, key);
}

export const thanks: Thanks = {
	type: "application/json",
	body: JSON.stringify({ code: 0, msg: "成功" }),
};

/** The entries of a push; they come as a JSON array. */
export function entriesIn({ query, body }: Told, key: string): { ok: true; entries: unknown[] } | Fault {
	if (!isAlibaba(query, key)) return fault("misconfigured", "the address lacks the key of the settings");
	const entries = z.array(z.unknown()).max(1_000).safeParse(body);
	return entries.success
		? { ok: true, entries: entries.data }
		: fault("unreadable", "receipts come as a JSON array");
}

/** `2021-08-25 20:11:30` in Beijing, or milliseconds since 1970; null when it is neither. */
export function instantOf(value: unknown): string | null {
	if (typeof value === "number" || (typeof value === "string" && /^\d{13}$/.test(value))) {
		const at = new Date(Number(value));
		return Number.isNaN(at.getTime()) ? null : at.toISOString();
	}
	if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value)) return null;
	const at = Date.parse(`${value.replace(" ", "T")}+08:00`);
	return Number.isNaN(at) ? null : new Date(at).toISOString();
}
