import { useQuery } from "@tanstack/react-query";
import { formatInstant } from "../../parts/time.ts";
import { directoryQuery, packsQuery } from "../../queries.ts";
import { useRoomWords, useSay } from "../../words.ts";
import { ZONE } from "../who.ts";
import { organisationsQuery, rolesQuery } from "./queries.ts";
import { words } from "./words.ts";

/** What people, organisations, trades and roles are called, and lists of them to choose from. */
export function useNames() {
	const say = useSay();
	const t = useRoomWords(words);
	const organisations = useQuery(organisationsQuery).data ?? [];
	const roles = useQuery(rolesQuery).data ?? [];
	const packs = useQuery(packsQuery).data ?? [];
	const { people = {} } = useQuery(directoryQuery).data ?? {};
	const organisation = (id: string) => {
		const one = organisations.find((each) => each.id === id);
		return one ? (say.language === "zh" ? one.name : one.nameEn) : id;
	};
	const trades = [...new Map(packs.map((one) => [one.name, say.bi(one.title)]))];
	return {
		say,
		t,
		organisation,
		person: (id: string) => people[id]?.alias ?? id,
		role: (id: string) => say.of("roles", id),
		trade: (id: string) => trades.find(([name]) => name === id)?.[1] ?? id,
		time: (instant: string) => formatInstant(instant, ZONE, say.language, new Date().toISOString()),
		choices: {
			organisations: organisations.map(({ id }) => ({ value: id, label: organisation(id) })),
			roles: roles.map(({ role }) => ({ value: role, label: say.of("roles", role) })),
			trades: trades.map(([value, label]) => ({ value, label })),
			people: Object.entries(people).map(([value, { alias }]) => ({ value, label: alias })),
		},
	};
}

export type Names = ReturnType<typeof useNames>;
