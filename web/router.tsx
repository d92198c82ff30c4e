import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { Failure } from "./parts/states.tsx";
import { Frame } from "./screens/frame.tsx";
import { readListSearch } from "./screens/list-search.ts";

/** The rooms of the desk and their addresses; each is loaded when it is first opened. */

const root = createRootRoute({
	component: Frame,
	errorComponent: () => <Failure />,
	notFoundComponent: () => <Failure />,
});

const inbox = createRoute({
	getParentRoute: () => root,
	path: "/",
	validateSearch: readListSearch,
	component: lazyRouteComponent(() => import("./screens/inbox.tsx"), "Inbox"),
});

const filing = createRoute({
	getParentRoute: () => root,
	path: "/new",
	component: lazyRouteComponent(() => import("./steps/intake.tsx"), "Filing"),
});

const oneCase = createRoute({
	getParentRoute: () => root,
	path: "/cases/$id",
	validateSearch: (search: Record<string, unknown>): { do?: string; about?: string } => ({
		...(typeof search.do === "string" ? { do: search.do } : {}),
		...(typeof search.about === "string" ? { about: search.about } : {}),
	}),
	component: lazyRouteComponent(() => import("./screens/case.tsx"), "CaseScreen"),
});

const routeTree = root.addChildren([inbox, filing, oneCase]);

export function makeRouter() {
	return createRouter({ routeTree, defaultPreload: "intent", defaultErrorComponent: () => <Failure /> });
}

declare module "@tanstack/react-router" {
	interface Register {
		router: ReturnType<typeof makeRouter>;
	}
}
