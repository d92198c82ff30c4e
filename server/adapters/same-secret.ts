import { createHash, timingSafeEqual } from "node:crypto";

/** Whether two secrets are the same, taking the same time whether or not they are. */
export function sameSecret(given: unknown, secret: string): boolean {
	if (typeof given !== "string") return false;
	const digest = (text: string) => createHash("sha256").update(text).digest();
	return timingSafeEqual(digest(given), digest(secret));
}
