import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLocation, useNavigate } from "@tanstack/react-router";
import type { Found } from "../api.ts";
import { caseQuery, directoryQuery, searchQuery } from "../queries.ts";
import { roomsFor } from "../rooms.ts";
import { orderQuery } from "../steps/intake-queries.ts";
import { type RoomWords, type Say, useRoomWords, useSay } from "../words.ts";
import { named, type Section } from "./search-sections.ts";
import { content } from "./search-words.yaml";
import { useWho } from "./who.ts";

export const words = content as RoomWords;

const MOST = { rooms: 5, commands: 6 };
/** As orders are numbered: some digits among letters. */
const ORDER = /^(?=.*\d{4})[\dA-Za-z-]{6,40}$/;

/** Everything that the search offers for a text, by what it was found by. */
export function useOffers(text: string): { sections: Section[]; searching: boolean; failed: boolean } {
	const asked = text.trim();
	const found = useQuery({ ...searchQuery(asked), placeholderData: keepPreviousData });
	const rooms = useRoomSection(asked);
	const commands = useCommandSection(asked);
	const order = useOrderSection(asked);
	const cases = useCaseSections(asked === "" ? undefined : found.data);
	const people = usePeopleSection(asked === "" ? undefined : found.data);
	// words said are many and vague: whatever was found by name or number comes before them
	const byWords = cases.filter((one) => one.key === "cases words");
	const byNumber = cases.filter((one) => one.key !== "cases words");
	return {
		sections: [commands, rooms, ...byNumber, order, people, ...byWords],
		searching: asked !== "" && found.isFetching,
		failed: asked !== "" && found.isError,
	};
}

/** Without a text: every room that one may enter. */
function useRoomSection(text: string): Section {
	const say = useSay();
	const t = useRoomWords(words);
	const navigate = useNavigate();
	const rooms = roomsFor(useWho().capabilities);
	const name = (one: (typeof rooms)[number]) => say.ui(one.name);
	const hits = text === "" ? rooms.map((one) => ({ one, at: [] })) : named(rooms, name, text, MOST.rooms);
	const options = hits.map(({ one, at }) => ({
		...{ key: `room ${one.to}`, text: name(one), at, note: `g ${one.key}` },
		open: () => void navigate({ to: one.to }),
	}));
	return { key: "rooms", title: t("rooms"), options };
}

/** What may be done with the case that is open. */
function useCommandSection(text: string): Section {
	const say = useSay();
	const t = useRoomWords(words);
	const navigate = useNavigate();
	const id = useLocation({ select: ({ pathname }) => /^\/cases\/([^/]+)/.exec(pathname)?.[1] ?? null });
	const open = useQuery({ ...caseQuery(decodeURIComponent(id ?? "")), enabled: id !== null }).data;
	const may = Object.entries(open?.allowed ?? {}).flatMap(([type, may]) => (may === true ? [type] : []));
	const name = (type: string) => say.of("commands", type);
	const options = (id === null ? [] : named(may, name, text, MOST.commands)).map(({ one: type, at }) => ({
		...{ key: `command ${type}`, text: name(type), at },
		open: () =>
			void navigate({
				to: "/cases/$id",
				params: { id: id ?? "" },
				search: (before) => ({ ...before, do: type }),
			}),
	}));
	return { key: "commands", title: t("commands", { number: open?.case.number }), options };
}

function useCaseSections(found: Found | undefined): Section[] {
	const say = useSay();
	const navigate = useNavigate();
	return (found?.groups ?? []).map(({ by, hits, count, more }) => ({
		key: `cases ${by}`,
		title: say.ui(`found-by-${by}`),
		count: more ? `${count}+` : `${count}`,
		options: hits.map(({ case: one, matched }) => ({
			key: `case ${one.id}`,
			text: matched.text,
			at: matched.at,
			note: say.of("steps", one.step),
			kase: { number: one.number, urgency: one.urgency, severity: one.severity },
			open: () => void navigate({ to: "/cases/$id", params: { id: one.id } }),
		})),
	}));
}

/** Colleagues lead to the cases that they own, workers to those about them. */
function usePeopleSection(found: Found | undefined): Section {
	const say = useSay();
	const t = useRoomWords(words);
	const navigate = useNavigate();
	const directory = useQuery(directoryQuery).data;
	const options = (found?.people ?? []).map((one) => {
		const worker = one.kind !== "staff";
		const narrowed = worker ? { respondent: one.id } : { owner: one.id };
		const where = one.organisation ? say.bi(directory?.organisations[one.organisation]) : "";
		return {
			...{ key: `person ${one.id}`, text: one.alias, at: one.at },
			note: [...rolesOf(one.roles, say), where, t(worker ? "cases-about" : "cases-of")]
				.filter(Boolean)
				.join(" · "),
			open: () => void navigate({ to: "/", search: { view: "everyone", ...narrowed } }),
		};
	});
	return { key: "people", title: t("people"), options };
}

function rolesOf(roles: readonly string[], say: Say): string[] {
	return roles.slice(0, 2).map((one) => say.of("roles", one));
}

/** An order of the company's book that one may file a complaint about. */
function useOrderSection(text: string): Section {
	const t = useRoomWords(words);
	const say = useSay();
	const navigate = useNavigate();
	const { capabilities } = useWho();
	const may = capabilities.includes("intake") || capabilities.includes("liaise");
	const number = text.toUpperCase();
	const found = useQuery({ ...orderQuery(number), enabled: may && ORDER.test(number) }).data;
	const options = found
		? [
				{
					key: `order ${found.number}`,
					text: found.number,
					at: [[0, found.number.length] as const],
					note: [found.events.at(-1)?.what, t("order-file")].filter(Boolean).join(" · "),
					open: () => void navigate({ to: "/new", search: { order: found.number } }),
				},
			]
		: [];
	return { key: "order", title: say.ui("order"), options };
}
