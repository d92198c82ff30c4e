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

/** The list at the left; at the right one of its cases. */
const desk = createRoute({
	getParentRoute: () => root,
	id: "desk",
	validateSearch: readListSearch,
	component: lazyRouteComponent(() => import("./screens/inbox.tsx"), "Inbox"),
});

const inbox = createRoute({
	getParentRoute: () => desk,
	path: "/",
	component: lazyRouteComponent(() => import("./screens/no-case.tsx"), "NoCase"),
});

const oneCase = createRoute({
	getParentRoute: () => desk,
	path: "/cases/$id",
	validateSearch: (search: Record<string, unknown>): { do?: string; about?: string } => ({
		...(typeof search.do === "string" ? { do: search.do } : {}),
		...(typeof search.about === "string" ? { about: search.about } : {}),
	}),
	component: lazyRouteComponent(() => import("./screens/case.tsx"), "CaseScreen"),
});

const filing = createRoute({
	getParentRoute: () => root,
	path: "/new",
	component: lazyRouteComponent(() => import("./steps/intake.tsx"), "Filing"),
});

const routeTree = root.addChildren([desk.addChildren([inbox, oneCase]), filing]);

export function makeRouter() {
	return createRouter({ routeTree, defaultPreload: "intent", defaultErrorComponent: () => <Failure /> });
}

declare module "@tanstack/react-router" {
	interface Register {
		router: ReturnType<typeof makeRouter>;
	}
}
