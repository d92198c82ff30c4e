import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import type { Keep, Kept, Unkept } from "#engine/kept.ts";
import { sha256 } from "./canonical.ts";
import type { Statement } from "./database/session.ts";
import { plainOf } from "./tokens.ts";

/**
 * Words and personal data beside the history. Events hold `{ref, hash}` with `hash = sha256(salt ‖ content)`;
 * personal data is sealed with AES-256-GCM and looked up by HMAC-SHA-256, under keys drawn from SECRET_KEY (HKDF).
 */
export interface Keys {
	seal: Buffer;
	lookup: Buffer;
	links: Buffer;
}

export function keysFrom(secret: Buffer): Keys {
	const draw = (purpose: string) => Buffer.from(hkdfSync("sha256", secret, "redress", purpose, 32));
	return {
		seal: draw("seal personal data"),
		lookup: draw("look up personal data"),
		links: draw("sign links"),
	};
}

/** One thing to be kept: its row, and the reference that takes its place in the command. */
export interface KeptRow {
	ref: string;
	keep: Keep;
	content: string;
	salt: Buffer;
}

function isUnkept(value: object): value is Unkept {
	return "keep" in value && "text" in value;
}

/**
 * Replaces what a schema marked as kept by references, throughout a parsed command.
 * @param newRef gives a fresh id for each
 */
export function keep<T>(
	parsed: T,
	newRef: () => string,
): { command: T; rows: KeptRow[]; words: Record<string, string> } {
	const rows: KeptRow[] = [];
	const walk = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(walk);
		if (value === null || typeof value !== "object") return value;
		if (isUnkept(value)) {
			const row = { ref: newRef(), keep: value.keep, content: value.text, salt: randomBytes(16) };
			rows.push(row);
			return { ref: row.ref, hash: sha256(row.salt, row.content) } satisfies Kept;
		}
		return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one)]));
	};
	const command = walk(parsed) as T;
	const words = Object.fromEntries(
		rows.filter((one) => one.keep === "words").map((one) => [one.ref, one.content]),
	);
	return { command, rows, words };
}

/** The form in which a phone, plate or name is looked up: as words are compared, no blanks or hyphens, upper case, no +86. */
export function lookupForm(content: string): string {
	return plainOf(content)
		.replaceAll(/[\s-]/g, "")
		.replace(/^(\+|00)86/, "")
		.toUpperCase();
}

export function lookupOf(content: string, keys: Keys): Buffer {
	return createHmac("sha256", keys.lookup).update(lookupForm(content)).digest();
}

export function seal(content: string, keys: Keys): Buffer {
	const iv = randomBytes(12);
	const cipher = createCipheriv("aes-256-gcm", keys.seal, iv);
	const sealed = Buffer.concat([cipher.update(content, "utf8"), cipher.final()]);
	return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** @throws when the key is another one or the bytes were altered. */
export function unseal(sealed: Buffer, keys: Keys): string {
	const decipher = createDecipheriv("aes-256-gcm", keys.seal, sealed.subarray(0, 12));
	decipher.setAuthTag(sealed.subarray(12, 28));
	return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString("utf8");
}

/** What may be shown without revealing: 李**, 138****5678, 粤B***45. */
export function maskOf(keep: Keep, content: string): string {
	const letters = [...content];
	switch (keep) {
		case "name":
			return `${letters[0] ?? ""}**`;
		case "phone":
			return letters.length < 7 ? "***" : `${letters.slice(0, 3).join("")}****${letters.slice(-4).join("")}`;
		case "plate":
			return `${letters.slice(0, 2).join("")}***${letters.slice(-2).join("")}`;
		case "address":
			return `${letters.slice(0, 6).join("")}***`;
		case "account":
			return `***${letters.slice(-4).join("")}`;
		case "words":
			return content;
	}
}

/** The rows of one command, in at most two statements. */
export function insertKept(
	company: string,
	stream: string,
	rows: readonly KeptRow[],
	keys: Keys,
): Statement[] {
	const words = rows.filter((one) => one.keep === "words");
	const personal = rows.filter((one) => one.keep !== "words");
	const statements: Statement[] = [];
	if (words.length > 0)
		statements.push({
			name: "insert-words",
			sql: "insert into words (company, ref, stream, salt, content, plain) select $1, t.ref, $2, t.salt, t.content, t.plain from unnest($3::text[], $4::bytea[], $5::text[], $6::text[]) as t(ref, salt, content, plain)",
			parameters: [
				company,
				stream,
				words.map((one) => one.ref),
				words.map((one) => one.salt),
				words.map((one) => one.content),
				words.map((one) => plainOf(one.content)),
			],
		});
	if (personal.length > 0)
		statements.push({
			name: "insert-personal",
			sql: "insert into personal (company, ref, stream, keep, salt, sealed, lookup, mask) select $1, t.ref, $2, t.keep, t.salt, t.sealed, t.lookup, t.mask from unnest($3::text[], $4::text[], $5::bytea[], $6::bytea[], $7::bytea[], $8::text[]) as t(ref, keep, salt, sealed, lookup, mask)",
			parameters: [
				company,
				stream,
				personal.map((one) => one.ref),
				personal.map((one) => one.keep),
				personal.map((one) => one.salt),
				personal.map((one) => seal(one.content, keys)),
				personal.map((one) => lookupOf(one.content, keys)),
				personal.map((one) => maskOf(one.keep, one.content)),
			],
		});
	return statements;
}
