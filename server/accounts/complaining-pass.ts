import { createHmac } from "node:crypto";
import { z } from "zod";
import { Instant, instantPlus } from "#engine/time/instant.ts";
import { type Keys, lookupForm, seal, unseal } from "../store/kept.ts";
import { type CodeSubject, sendNewCode, spendCode } from "./codes.ts";
import type { Ground } from "./ground.ts";
import type { Language } from "./words.ts";

/**
 * The pass of somebody who complains without an account: they have shown by a code that a phone on one order is
 * theirs. It opens that order and nothing else, lies sealed in a cookie, and runs out within a day.
 */
const Pass = z.strictObject({
	is: z.literal("complaining"),
	company: z.string(),
	order: z.string(),
	phone: z.string(),
	until: Instant,
});
export type Pass = z.output<typeof Pass>;

const HOURS = 24;

/** What the pass is asked for with: an order, and a phone that should be on it. */
export interface Claimant {
	company: string;
	order: string;
	phone: string;
}

function subjectOf({ keys }: Ground, { company, order, phone }: Claimant): CodeSubject {
	const subject = createHmac("sha256", keys.lookup)
		.update(["complaining", company, order, lookupForm(phone)].join("\0"))
		.digest("hex");
	return { company, purpose: "complain", subject };
}

/** Sends a code to the claimant's phone; whoever asks has made sure that it is on the order. */
export async function sendPassCode(ground: Ground, of: Claimant, language: Language): Promise<void> {
	await sendNewCode(ground, subjectOf(ground, of), of.phone, language);
}

/** With the right code a pass for a cookie, else null. */
export async function spendPassCode(ground: Ground, of: Claimant, code: string): Promise<string | null> {
	if (!(await spendCode(ground, subjectOf(ground, of), code))) return null;
	const until = instantPlus(ground.clock(), { minutes: HOURS * 60 });
	const pass: Pass = { is: "complaining", ...of, until };
	return seal(JSON.stringify(pass), ground.keys).toString("base64url");
}

const LONGEST = 2_000;

/** The pass in a Cookie header, if it is ours and still good. */
export function passIn(
	cookies: string | undefined,
	{ keys, publicUrl }: { keys: Keys; publicUrl: string },
	now: Instant,
): Pass | null {
	const start = `${nameOf(publicUrl)}=`;
	const pair = (cookies ?? "").split(/; */).find((one) => one.startsWith(start));
	const sealed = pair?.slice(start.length) ?? "";
	if (sealed === "" || sealed.length > LONGEST) return null;
	try {
		const pass = Pass.safeParse(JSON.parse(unseal(Buffer.from(sealed, "base64url"), keys)));
		return pass.success && pass.data.until > now ? pass.data : null;
	} catch {
		return null; // not sealed by us, or with an earlier key
	}
}

/** The cookie that holds a pass; an empty one ends it. */
export function passCookie(sealed: string, publicUrl: string): string {
	const secure = publicUrl.startsWith("https:") ? "; Secure" : "";
	const age = sealed === "" ? 0 : HOURS * 3600;
	return `${nameOf(publicUrl)}=${sealed}; Max-Age=${age}; Path=/api/complain; HttpOnly; SameSite=Lax${secure}`;
}

function nameOf(publicUrl: string): string {
	return publicUrl.startsWith("https:") ? "__Secure-redress.complaining" : "redress.complaining";
}
