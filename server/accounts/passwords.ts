import { hash, verify } from "@node-rs/argon2";

/** argon2id (the library's default) with 19 MiB, two passes, one lane: OWASP Password Storage Cheat Sheet. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const PASSWORD_LENGTH = { least: 8, most: 128 };

/** The hash in PHC form, with its salt. */
export function hashPassword(password: string): Promise<string> {
	return hash(password.normalize("NFKC"), COST);
}

/** Whether the password is the hashed one. Takes the time of a hash, whatever the answer. */
export function verifyPassword(one: { hash: string; password: string }): Promise<boolean> {
	return verify(one.hash, one.password.normalize("NFKC"));
}
