import { ask } from "../../api.ts";
import type { Written } from "../../words.ts";

/** Who asks from this address: whoever holds the link in it, else whoever is signed in. */
export function ownHeaders(path = location.pathname): Record<string, string> {
	const token = /^\/c\/([^/]+)/.exec(path)?.[1];
	return token ? { authorization: `Link ${token}` } : {};
}

/** Messages come in the language that somebody has chosen to read; where nobody is known yet there are none. */
export function tellLanguage(written: Written): void {
	const known = /^\/(c|m)(\/|$)/.test(location.pathname);
	if (!known) return;
	const language = written === "en" ? "en" : "zh";
	// a link that isn't confirmed may not say: then it is the page alone that changes
	void ask("PATCH", "/api/me/wishes", { language }, ownHeaders()).catch(() => {});
}
