import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { Failure, NotThere } from "./parts/states.tsx";
import { Frame } from "./screens/frame.tsx";
import { readListSearch } from "./screens/inbox/list-search.ts";
import { readPackSearch } from "./screens/packs/pack-search.ts";
import { readPeopleSearch } from "./screens/people/people-search.ts";

/** The rooms of the desk and their addresses; each is loaded when it is first opened. */

const root = createRootRoute({
	component: Frame,
	errorComponent: () => <Failure />,
	notFoundComponent: () => <NotThere />,
});

/** The list at the left; at the right one of its cases. */
const desk = createRoute({
	getParentRoute: () => root,
	id: "desk",
	validateSearch: readListSearch,
	component: lazyRouteComponent(() => import("./screens/inbox/inbox.tsx"), "Inbox"),
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
	validateSearch: (search: Record<string, unknown>): { order?: string } =>
		typeof search.order === "string" ? { order: search.order } : {},
	component: lazyRouteComponent(() => import("./steps/intake.tsx"), "Filing"),
});

const today = createRoute({
	getParentRoute: () => root,
	path: "/today",
	component: lazyRouteComponent(() => import("./screens/today/today.tsx"), "Today"),
});

const people = createRoute({
	getParentRoute: () => root,
	path: "/people",
	validateSearch: readPeopleSearch,
	component: lazyRouteComponent(() => import("./screens/people/people.tsx"), "PeopleRoom"),
});

const packs = createRoute({
	getParentRoute: () => root,
	path: "/packs",
	component: lazyRouteComponent(() => import("./screens/packs/packs.tsx"), "PacksRoom"),
});

const onePack = createRoute({
	getParentRoute: () => root,
	path: "/packs/$name",
	validateSearch: readPackSearch,
	component: lazyRouteComponent(() => import("./screens/packs/pack.tsx"), "PackRoom"),
});

/** Which of a room's lines is open. */
const readChosen = (search: Record<string, unknown>): { at?: string } =>
	typeof search.at === "string" ? { at: search.at } : {};

const approvalsRoom = createRoute({
	getParentRoute: () => root,
	path: "/approvals",
	validateSearch: readChosen,
	component: lazyRouteComponent(() => import("./screens/approvals/approvals.tsx"), "Approvals"),
});

const questionsRoom = createRoute({
	getParentRoute: () => root,
	path: "/questions",
	validateSearch: readChosen,
	component: lazyRouteComponent(() => import("./screens/questions/questions.tsx"), "Questions"),
});

const appealsRoom = createRoute({
	getParentRoute: () => root,
	path: "/appeals",
	validateSearch: readChosen,
	component: lazyRouteComponent(() => import("./screens/appeals/appeals.tsx"), "Appeals"),
});

const outsideRoom = createRoute({
	getParentRoute: () => root,
	path: "/outside",
	validateSearch: readChosen,
	component: lazyRouteComponent(() => import("./screens/outside/outside.tsx"), "OutsideBodies"),
});

const incidentsRoom = createRoute({
	getParentRoute: () => root,
	path: "/incidents",
	validateSearch: readChosen,
	component: lazyRouteComponent(() => import("./screens/incidents/incidents.tsx"), "Incidents"),
});

const followUpsRoom = createRoute({
	getParentRoute: () => root,
	path: "/follow-ups",
	validateSearch: readChosen,
	component: lazyRouteComponent(() => import("./screens/follow-ups/follow-ups.tsx"), "FollowUps"),
});

const handoverRoom = createRoute({
	getParentRoute: () => root,
	path: "/handover",
	validateSearch: readChosen,
	component: lazyRouteComponent(() => import("./screens/handover/handover.tsx"), "Handover"),
});

const phone = createRoute({
	getParentRoute: () => root,
	path: "/phone",
	component: lazyRouteComponent(() => import("./screens/phone/phone.tsx"), "PhoneRoom"),
});

const routeTree = root.addChildren([
	desk.addChildren([inbox, oneCase]),
	filing,
	phone,
	approvalsRoom,
	questionsRoom,
	appealsRoom,
	outsideRoom,
	incidentsRoom,
	followUpsRoom,
	handoverRoom,
	today,
	people,
	packs,
	onePack,
]);

export function makeRouter() {
	return createRouter({ routeTree, defaultPreload: "intent", defaultErrorComponent: () => <Failure /> });
}

declare module "@tanstack/react-router" {
	interface Register {
		router: ReturnType<typeof makeRouter>;
	}
}
