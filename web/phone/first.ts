import { ask } from "../api.ts";

type Asked = Record<string, Promise<unknown> | undefined>;

/**
 * Takes the first answer to what web/public/phone-first.js has asked for already, once; what was not asked, or not
 * answered well, is asked now.
 */
export async function askFirst<T>(path: string, again: () => Promise<T>): Promise<T> {
	const asked = (globalThis as { redressFirst?: Asked }).redressFirst ?? {};
	const first = asked[path];
	asked[path] = undefined;
	return ((await first) as T | null | undefined) ?? (await again());
}

/** The same for what is read. */
export function readFirst<T>(path: string, headers: Record<string, string> = {}): Promise<T> {
	return askFirst(path, () => ask<T>("GET", path, undefined, headers));
}
