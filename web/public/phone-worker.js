// Opens the page of whoever works on the road without a network: its files as they were last, its data from its own store.
const SHELF = "phone-pages-1";
const FILE = /^\/(assets\/|icon\.svg$)/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// A first visit fetches its files before this is at work: it tells them afterwards.
self.addEventListener("message", (event) => {
	const files = Array.isArray(event.data?.keep) ? event.data.keep.filter((path) => FILE.test(path)) : [];
	event.waitUntil(keepAll(["/m", ...files]));
});

async function keepAll(paths) {
	const shelf = await caches.open(SHELF);
	for (const path of paths) {
		if (await shelf.match(path)) continue;
		const fresh = await fetch(path).catch(() => null);
		if (fresh?.ok) await shelf.put(path, fresh);
	}
}

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

// Rung while the page is closed: the notice as it was written, and the page it leads to.
self.addEventListener("push", (event) => {
	const { title, text, link } = told(event.data);
	event.waitUntil(
		self.registration.showNotification(title, { body: text, icon: "/icon.svg", tag: link, data: link }),
	);
});

self.addEventListener("notificationclick", (event) => {
	event.notification.close();
	event.waitUntil(show(event.notification.data));
});

/** A message that can't be read still says that there is one: a browser that is rung must show something. */
function told(data) {
	try {
		const { title, text, link } = data.json();
		return { title: String(title), text: String(text ?? ""), link: ownPage(link) };
	} catch {
		return { title: "诉达 Redress", text: "", link: "/m" };
	}
}

/** Only pages of this site are opened. */
function ownPage(link) {
	const url = new URL(link ?? "/m", self.location.origin);
	return url.origin === self.location.origin ? url.href : "/m";
}

async function show(link) {
	const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
	const there = open.find((one) => one.url === new URL(link, self.location.origin).href);
	return there ? there.focus() : self.clients.openWindow(link);
}
