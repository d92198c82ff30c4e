import type { Actor } from "#engine/actor.ts";
import type { Desk } from "../handle.ts";

/** Somebody to whom a case may be handed over. */
export interface Colleague {
	id: string;
	alias: string;
	/** Cases that are theirs and open. */
	open: number;
	/** From and to, by the wall clock, where they have shifts. */
	shifts: { from: string; to: string }[];
}

/** Everybody else who handles cases, with how much they have and when they are at work. */
export async function readColleagues(desk: Desk, actor: Actor): Promise<Colleague[]> {
	const { people } = await desk.offices.of(actor.company);
	const able = [...people.values()].filter(
		(one) => one.kind === "staff" && one.id !== actor.id && one.capabilities.includes("handle"),
	);
	const ids = able.map((one) => one.id);
	const [loads = [], shifts = []] = (await desk.database.read([
		{
			name: "colleagues-open",
			sql: "select owner, count(*)::int as open from case_row where company = $1 and owner = any($2::text[]) and closed_at is null group by owner",
			parameters: [actor.company, ids],
		},
		{
			name: "colleagues-shifts",
			sql: `select distinct person, shift_from as "from", shift_to as "to" from team_member where company = $1 and person = any($2::text[]) and shift_from is not null and shift_to is not null`,
			parameters: [actor.company, ids],
		},
	])) as [{ owner: string; open: number }[], { person: string; from: string; to: string }[]];
	const load = new Map(loads.map((one) => [one.owner, one.open]));
	return able.map(({ id, alias }) => ({
		id,
		alias,
		open: load.get(id) ?? 0,
		shifts: shifts.filter((one) => one.person === id).map(({ from, to }) => ({ from, to })),
	}));
}
