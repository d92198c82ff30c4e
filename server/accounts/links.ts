import { createHmac, timingSafeEqual } from "node:crypto";
import { type Instant, instantPlus } from "#engine/time/instant.ts";
import { newId } from "../ids.ts";
import type { Statement } from "../store/database/database.ts";
import { type Keys, unseal } from "../store/kept.ts";
import { type CodeSubject, sendNewCode, spendCode } from "./codes.ts";
import type { Ground } from "./ground.ts";
import { noteConfirmed } from "./link-log.ts";
import { type AccountRefusal, type Language, refusalOf } from "./words.ts";

/**
 * Signed links: how a complainant follows their case without an account. Whoever opens a link may read the
 * complainant's view; to act, the holder shows by a one-time code that the phone is theirs, unless the link was shown
 * to them when they filed. A link can be withdrawn, and runs out.
 */
export interface Link {
	company: string;
	id: string;
	case: string;
	party: string;
	/** The holder has shown that they are the party. */
	confirmed: boolean;
	expiresAt: Instant;
}

export interface NewLink {
	company: string;
	case: string;
	party: string;
	expiresAt: Instant;
	/** Only for a link shown to whoever has just filed; one that is sent out is not confirmed. */
	confirmed?: boolean;
	/** A person of the office, or the party themself; left out: it comes with a notice. */
	by?: string;
}

export type LinkRead = { ok: true; link: Link } | { ok: false; reason: "expired" | "revoked" | "forged" };

const REFUSED = { expired: "LinkExpired", revoked: "LinkRevoked", forged: "LinkForged" } as const;

/** Why a link was not taken, in a form that has words. */
export function linkRefusal(reason: keyof typeof REFUSED): AccountRefusal {
	return refusalOf(REFUSED[reason]);
}

type Stand = Pick<Ground, "database" | "keys">;

/** A new link's token, and the row to be written with whatever makes it (the token is good once that is committed). */
export function newLink(
	keys: Keys,
	made: NewLink,
	now: Instant,
): { token: string; id: string; row: Statement } {
	const id = newId();
	const { company, party, expiresAt } = made;
	const row: Statement = {
		name: "insert-link",
		sql: "insert into link (company, id, stream, party, expires_at, made_at, made_by, confirmed_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
		parameters: [
			...[company, id, made.case, party, expiresAt, now],
			...[made.by ?? null, made.confirmed ? now : null],
		],
	};
	return { token: tokenOf(keys, { company, id, confirmed: made.confirmed ?? false }), id, row };
}

/** For so many days a link is good. */
export const LINK_DAYS = 90;

/**
 * A link for somebody who has just shown that the phone is theirs: `token` goes into an address, and whoever it is
 * passed on to may only read; `confirmed` goes into this holder's cookie.
 */
export async function makeOwnLink(
	ground: Pick<Ground, "database" | "keys" | "clock">,
	of: Pick<NewLink, "company" | "case" | "party">,
): Promise<{ token: string; confirmed: string; expiresAt: Instant }> {
	const now = ground.clock();
	const expiresAt = instantPlus(now, { days: LINK_DAYS });
	const { token, id, row } = newLink(ground.keys, { ...of, expiresAt, by: of.party }, now);
	await ground.database.transaction((session) =>
		session.commitWith([row, noteConfirmed({ company: of.company, id }, now)]),
	);
	return { token, confirmed: tokenOf(ground.keys, { company: of.company, id, confirmed: true }), expiresAt };
}

/** Makes a link in a transaction of its own. Answers its token, for an address or a cookie. */
export async function makeLink(
	ground: Pick<Ground, "database" | "keys" | "clock">,
	made: NewLink,
): Promise<string> {
	const { token, row } = newLink(ground.keys, made, ground.clock());
	await ground.database.transaction((session) => session.commitWith([row]));
	return token;
}

/** Whose link this is; or why it is none. Nothing is asked of the database for a forged one. */
export async function readLink(ground: Stand, token: string, now: Instant): Promise<LinkRead> {
	const named = parseToken(ground.keys, token);
	if (named === null) return { ok: false, reason: "forged" };
	const [[found] = []] = await ground.database.read([
		{
			name: "read-link",
			sql: `select stream as "case", party, expires_at as "expiresAt", revoked_at as "revokedAt" from link where company = $1 and id = $2`,
			parameters: [named.company, named.id],
		},
	]);
	const row = found as
		| { case: string; party: string; expiresAt: Instant; revokedAt: Instant | null }
		| undefined;
	if (row === undefined || row.revokedAt !== null) return { ok: false, reason: "revoked" };
	if (row.expiresAt <= now) return { ok: false, reason: "expired" };
	return { ok: true, link: { ...named, case: row.case, party: row.party, expiresAt: row.expiresAt } };
}

/** Withdraws a party's links to a case, or only one of them, also those confirmed. */
export function revokeLinks(
	of: { company: string; case: string; party: string; id?: string; by?: string },
	now: Instant,
): Statement {
	return {
		name: "revoke-links",
		sql: `update link set revoked_at = $5, revoked_by = $6 where company = $1 and stream = $2 and party = $3 and ($4::text is null or id = $4) and revoked_at is null returning id`,
		parameters: [of.company, of.case, of.party, of.id ?? null, now, of.by ?? null],
	};
}

export type CodeRequested =
	| { ok: true; sentTo: string; expiresAt: Instant }
	| { ok: false; refusal: AccountRefusal };

/** Sends a code to the phone that the party gave. `sentTo` is the masked number. */
export async function requestCode(ground: Ground, link: Link, language: Language): Promise<CodeRequested> {
	const [[found] = []] = await ground.database.read([
		{
			name: "phone-of-party",
			sql: `select p.sealed, p.mask from snapshot s cross join lateral jsonb_array_elements(s.state->'parties') as party
join personal p on p.company = s.company and p.ref = party->'phone'->>'ref'
where s.company = $1 and s.stream = $2 and party->>'id' = $3 and p.erased_at is null`,
			parameters: [link.company, link.case, link.party],
		},
	]);
	if (found === undefined) return { ok: false, refusal: refusalOf("NoPhone") };
	const { sealed, mask } = found as { sealed: Buffer; mask: string };
	const sent = await sendNewCode(ground, subjectOf(link), unseal(sealed, ground.keys), language);
	return sent.ok ? { ok: true, sentTo: mask, expiresAt: sent.expiresAt } : sent;
}

export type CodeConfirmed = { ok: true; token: string } | { ok: false; refusal: AccountRefusal };

/** With the right code: the token of the same link, confirmed. It belongs into a cookie, never into an address. */
export async function confirmCode(ground: Ground, link: Link, code: string): Promise<CodeConfirmed> {
	if (!(await spendCode(ground, subjectOf(link), code)))
		return { ok: false, refusal: refusalOf("WrongCode") };
	const now = ground.clock();
	await ground.database.transaction((session) => session.commitWith([noteConfirmed(link, now)]));
	return { ok: true, token: tokenOf(ground.keys, { ...link, confirmed: true }) };
}

function subjectOf({ company, id }: Link): CodeSubject {
	return { company, purpose: "confirm-link", subject: id };
}

type Named = Pick<Link, "company" | "id" | "confirmed">;

const VERSION = 1;
/** 128 of the 256 bits (RFC 2104 section 5 allows half), so that the address fits a text message. */
const MAC_BYTES = 16;
const HEAD_BYTES = 18;

/** version, flags, link id, company, and their keyed hash; in base64url. */
function tokenOf(keys: Keys, { company, id, confirmed }: Named): string {
	const uuid = Buffer.from(id.replaceAll("-", ""), "hex");
	const body = Buffer.concat([Buffer.from([VERSION, confirmed ? 1 : 0]), uuid, Buffer.from(company, "utf8")]);
	return Buffer.concat([body, macOf(keys, body)]).toString("base64url");
}

function parseToken(keys: Keys, token: string): Named | null {
	const bytes = Buffer.from(token, "base64url");
	if (token.length > 300 || bytes.length <= HEAD_BYTES + MAC_BYTES || bytes.toString("base64url") !== token)
		return null;
	const body = bytes.subarray(0, -MAC_BYTES);
	if (body[0] !== VERSION || !timingSafeEqual(macOf(keys, body), bytes.subarray(-MAC_BYTES))) return null;
	const uuid = body.toString("hex", 2, HEAD_BYTES);
	const id = uuid.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
	return { company: body.toString("utf8", HEAD_BYTES), id, confirmed: body[1] === 1 };
}

function macOf(keys: Keys, body: Buffer): Buffer {
	return createHmac("sha256", keys.links).update("link\0").update(body).digest().subarray(0, MAC_BYTES);
}
