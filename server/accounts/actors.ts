import type { IncomingHttpHeaders } from "node:http";
import type { Actor } from "#engine/actor.ts";
import { dayOf, type Instant } from "#engine/time/instant.ts";
import { languageOf } from "../http/problem.ts";
import { actorOf, lineOf, type PersonRow } from "../office.ts";
import type { Accounts } from "./accounts.ts";
import { holderOfKey } from "./api-keys.ts";
import { type Link, type LinkRead, readLink } from "./links.ts";
import type { Language } from "./words.ts";

/** Whoever asks, as far as the server knows. */
export interface Asker {
	actor: Actor;
	/** null behind a complainant's link. */
	person: PersonRow | null;
	language: Language;
	/** Set-Cookie headers to send along: the session's signed copy is renewed now and then. */
	cookies: string[];
}

/** The cookie that holds a link's token once it was opened. */
export function linkCookieName(publicUrl: string): string {
	return publicUrl.startsWith("https:") ? "__Secure-redress.link" : "redress.link";
}

/**
 * Who is asking: by `Authorization: Bearer <API key>` or `Authorization: Link <token>`, else by the session's cookie,
 * else by a link's cookie. Null when nobody is known, when the person has left (within five seconds), or when what was
 * shown is no longer good. A wrong Authorization header is not mended by a cookie.
 */
export async function actorFor(
	accounts: Accounts,
	headers: IncomingHttpHeaders,
	now: Instant,
): Promise<Asker | null> {
	const [, scheme, shown = ""] = /^(Bearer|Link) (.*)$/i.exec(headers.authorization ?? "") ?? [];
	if (scheme?.toLowerCase() === "bearer") return byKey(accounts, shown.trim(), now);
	if (scheme !== undefined) return byLink(accounts, shown.trim(), headers, now);
	const cookies = headers.cookie ?? "";
	const session = cookies.includes("redress.session_token=") ? await bySession(accounts, cookies, now) : null;
	const token = linkToken(accounts, headers);
	return session ?? (token === null ? null : byLink(accounts, token, headers, now));
}

async function bySession(accounts: Accounts, cookie: string, now: Instant): Promise<Asker | null> {
	const session = await accounts.auth.session(new Headers({ cookie }));
	if (session === null) return null;
	const found = await personOf(accounts, session.company, session.person, now);
	return found && { ...found, cookies: session.cookies };
}

async function byKey(accounts: Accounts, key: string, now: Instant): Promise<Asker | null> {
	const holder = await holderOfKey(accounts, key);
	if (holder === null) return null;
	const found = await personOf(accounts, holder.company, holder.person, now);
	if (found === null) return null;
	const capabilities = found.actor.capabilities.filter((one) => holder.capabilities.includes(one));
	return { ...found, actor: { ...found.actor, kind: "key", capabilities }, cookies: [] };
}

async function personOf(accounts: Accounts, company: string, id: string, now: Instant) {
	const office = await accounts.offices.of(company);
	const person = office.people.get(id);
	if (!person) return null;
	const line = person.organisation
		? lineOf(person.organisation, office.relations, dayOf(now, office.zone))
		: [];
	return { actor: actorOf(company, person, line), person, language: person.language };
}

async function byLink(
	accounts: Accounts,
	token: string,
	headers: IncomingHttpHeaders,
	now: Instant,
): Promise<Asker | null> {
	const read = await readWithCookie(accounts, token, headers, now);
	if (!read.ok) return null;
	const language = languageOf(headers["accept-language"]);
	return { actor: actorOfLink(read.link), person: null, language, cookies: [] };
}

/**
 * The link that a request shows, in its Authorization header or its cookie; null when it shows none. The header's
 * token comes from the address as it was sent; a phone that was confirmed keeps the other one in its cookie.
 */
export async function linkOf(
	accounts: Pick<Accounts, "database" | "keys" | "publicUrl">,
	headers: IncomingHttpHeaders,
	now: Instant,
): Promise<LinkRead | null> {
	const [, shown] = /^Link (.*)$/i.exec(headers.authorization ?? "") ?? [];
	const token = shown?.trim() ?? linkToken(accounts, headers);
	return token === null ? null : readWithCookie(accounts, token, headers, now);
}

async function readWithCookie(
	accounts: Pick<Accounts, "database" | "keys" | "publicUrl">,
	token: string,
	headers: IncomingHttpHeaders,
	now: Instant,
): Promise<LinkRead> {
	const read = await readLink(accounts, token, now);
	const kept = linkToken(accounts, headers);
	if (!read.ok || read.link.confirmed || kept === null || kept === token) return read;
	const other = await readLink(accounts, kept, now);
	return other.ok && other.link.company === read.link.company && other.link.id === read.link.id
		? other
		: read;
}

/** A complainant acts under the id of their case and party, whichever link they hold. Unconfirmed they may only read. */
export function actorOfLink({
	company,
	case: kase,
	party,
	confirmed,
}: Pick<Link, "company" | "case" | "party" | "confirmed">): Actor {
	return {
		// the case is part of it: every case has a p1
		id: `${kase}:${party}`,
		kind: "complainant",
		company,
		capabilities: confirmed ? ["complain"] : [],
		organisations: [],
		trades: [],
		belongsTo: [],
		link: { case: kase, party },
	};
}

/** The token in the link's cookie. */
function linkToken({ publicUrl }: Pick<Accounts, "publicUrl">, headers: IncomingHttpHeaders): string | null {
	const start = `${linkCookieName(publicUrl)}=`;
	const pair = (headers.cookie ?? "").split(/; */).find((one) => one.startsWith(start));
	return pair?.slice(start.length) || null;
}
