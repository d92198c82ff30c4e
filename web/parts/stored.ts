/** What this browser keeps between visits: choices and drafts. A browser that keeps nothing is no fault. */

const PREFIX = "redress.";

/** The text kept under a name, or null. */
export function readStored(name: string): string | null {
	try {
		return localStorage.getItem(PREFIX + name);
	} catch {
		return null; // storage is switched off
	}
}

/** Keeps a text under a name; null forgets it. */
export function store(name: string, text: string | null): void {
	try {
		if (text === null) localStorage.removeItem(PREFIX + name);
		else localStorage.setItem(PREFIX + name, text);
	} catch {
		// storage is switched off or full: the page goes on without
	}
}

/** The names under which something is kept, of those that begin so. */
export function storedNames(start: string): string[] {
	try {
		return Object.keys(localStorage)
			.filter((name) => name.startsWith(PREFIX + start))
			.map((name) => name.slice(PREFIX.length));
	} catch {
		return []; // storage is switched off
	}
}
