// Opens the page of whoever works on the road without a network: its files as they were last, its data from its own store.
const SHELF = "phone-pages-1";
const FILE = /^\/(assets\/|icon\.svg$)/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
	const { request } = event;
	const { pathname, origin } = new URL(request.url);
	if (request.method !== "GET" || origin !== self.location.origin || pathname.startsWith("/api/")) return;
	if (request.mode === "navigate") event.respondWith(freshOrKept(request));
	else if (FILE.test(pathname)) event.respondWith(keptOrFresh(request));
});

/** The page itself is one for all addresses. */
async function freshOrKept(request) {
	const shelf = await caches.open(SHELF);
	try {
		const fresh = await fetch(request);
		if (fresh.ok) await shelf.put("/m", fresh.clone());
		return fresh;
	} catch {
		return (await shelf.match("/m")) ?? Response.error();
	}
}

/** Names of built files change with their content. */
async function keptOrFresh(request) {
	const shelf = await caches.open(SHELF);
	const kept = await shelf.match(request);
	if (kept) return kept;
	const fresh = await fetch(request);
	if (fresh.ok) await shelf.put(request, fresh.clone());
	return fresh;
}
