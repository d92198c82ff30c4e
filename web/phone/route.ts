import { useSyncExternalStore } from "react";

/** Where one is, by the address; the history of the browser is that of the pages. */

const listeners = new Set<() => void>();

function told(): void {
	for (const one of listeners) one();
}
addEventListener("popstate", told);

/** Goes to an address of these pages. */
export function go(to: string, how: { replace?: boolean } = {}): void {
	if (how.replace) history.replaceState(null, "", to);
	else history.pushState(null, "", to);
	told();
	scrollTo(0, 0);
}

/** The path without its end's slash, its parts, and what stands behind the question mark. */
export function useRoute(): { path: string; parts: string[]; query: URLSearchParams } {
	const address = useSyncExternalStore(
		(listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		() => location.pathname + location.search,
	);
	const { pathname, searchParams } = new URL(address, location.origin);
	const path = pathname.replace(/\/+$/, "") || "/";
	return { path, parts: path.split("/").filter(Boolean), query: searchParams };
}
