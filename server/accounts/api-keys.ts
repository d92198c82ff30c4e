import { createHash } from "node:crypto";
import type { Capability } from "#engine/actor.ts";
import type { Instant } from "#engine/time/instant.ts";
import type { Accounts } from "./accounts.ts";
import { ensureUser } from "./users.ts";
import { type AccountRefusal, refusalOf } from "./words.ts";

/** API keys belong to a person who stands for another system, and may do at most what that person may. */
export interface HolderOfKey {
	id: string;
	company: string;
	person: string;
	capabilities: Capability[];
}

/** A key was good a moment ago: how long it is believed without asking again, in this process. */
const SEEN_MS = 5_000;
const MOST_SEEN = 1_000;

const FORM = /^redress_[A-Za-z]{64}$/;

/** Whose key this is; null when it is unknown, withdrawn, or has run out. */
export async function holderOfKey(accounts: Accounts, key: string): Promise<HolderOfKey | null> {
	if (!FORM.test(key)) return null;
	const hash = createHash("sha256").update(key).digest("base64url");
	const seen = accounts.keysSeen.get(hash);
	if (seen && seen.until > performance.now()) return seen.holder;
	accounts.keysSeen.delete(hash);
	const [[found] = []] = await accounts.database.read([
		{
			name: "holder-of-key",
			sql: `select k.id, u.company, u.person, k.permissions::jsonb->'capabilities' as capabilities
from account_api_key k join account_user u on u.id = k."referenceId" where k.key = $1`,
			parameters: [hash],
		},
	]);
	if (found === undefined || !(await accounts.auth.isGoodKey(key))) return null;
	const holder = found as HolderOfKey;
	if (accounts.keysSeen.size >= MOST_SEEN) accounts.keysSeen.clear();
	accounts.keysSeen.set(hash, { holder, until: performance.now() + SEEN_MS });
	return holder;
}

export interface NewApiKey {
	company: string;
	person: string;
	/** What it is for, 1 to 100 characters. */
	name: string;
	capabilities: Capability[];
	/** Days until it runs out, 1 to 365; null: never. */
	days: number | null;
}

export type ApiKeyMade = { ok: true; id: string; key: string } | { ok: false; refusal: AccountRefusal };

/** Makes a key. Its text is in the answer and nowhere else. */
export async function createApiKey(accounts: Accounts, wanted: NewApiKey): Promise<ApiKeyMade> {
	const { company, person, name, capabilities, days } = wanted;
	const office = await accounts.offices.of(company);
	const owner = office.people.get(person);
	if (!owner) return { ok: false, refusal: refusalOf("UnknownPerson", { person }) };
	const more = capabilities.filter((one) => !owner.capabilities.includes(one));
	if (more.length > 0)
		return { ok: false, refusal: refusalOf("NotTheirs", { capabilities: more.join(", ") }) };
	const nameFits = name.trim().length > 0 && name.length <= 100;
	const daysFit = days === null || (Number.isInteger(days) && days >= 1 && days <= 365);
	if (!nameFits || !daysFit || capabilities.length === 0)
		return { ok: false, refusal: refusalOf("Malformed") };
	const userId = await ensureUser(accounts, company, { id: person, alias: owner.alias });
	const { id, key } = await accounts.auth.makeKey({ userId, name, capabilities: [...capabilities], days });
	return { ok: true, id, key };
}

export type KeyRevoked = { ok: true } | { ok: false; refusal: AccountRefusal };

/** Withdraws a key: at once here, within five seconds in other processes. */
export async function revokeApiKey(
	accounts: Accounts,
	of: { company: string; id: string },
): Promise<KeyRevoked> {
	const [rows = []] = await accounts.database.transaction((session) =>
		session.commitWith([
			{
				name: "revoke-key",
				sql: `update account_api_key k set enabled = false, "updatedAt" = current_timestamp from account_user u
where u.id = k."referenceId" and u.company = $1 and k.id = $2 returning k.id`,
				parameters: [of.company, of.id],
			},
		]),
	);
	accounts.keysSeen.clear();
	return rows.length === 1 ? { ok: true } : { ok: false, refusal: refusalOf("UnknownKey") };
}

/** A key as it may be shown: its first letters, never the key. */
export interface ApiKeyRow {
	id: string;
	person: string;
	name: string;
	start: string;
	capabilities: Capability[];
	enabled: boolean;
	madeAt: Instant;
	usedAt: Instant | null;
	expiresAt: Instant | null;
}

/** The company's keys, the newest first. */
export async function listApiKeys(accounts: Accounts, company: string): Promise<ApiKeyRow[]> {
	const [rows = []] = await accounts.database.read([
		{
			name: "list-keys",
			sql: `select k.id, u.person, k.name, k.start, k.permissions::jsonb->'capabilities' as capabilities, k.enabled,
  k."createdAt" as "madeAt", k."lastRequest" as "usedAt", k."expiresAt"
from account_api_key k join account_user u on u.id = k."referenceId" where u.company = $1 order by k."createdAt" desc, k.id desc`,
			parameters: [company],
		},
	]);
	return rows as ApiKeyRow[];
}
