import type { Statement } from "./database/session.ts";

/** Who has which case open right now. */
export interface PresenceRow {
	stream: string;
	person: string;
	doing: "looking" | "typing";
	/** The command being filled in. */
	about: string | null;
}

/** Says that somebody is there, until a moment. */
export function savePresence(company: string, row: PresenceRow, until: string): Statement {
	return {
		name: "save-presence",
		sql: `insert into presence (company, stream, person, doing, about, until) values ($1, $2, $3, $4, $5, $6)
on conflict (company, stream, person) do update set doing = excluded.doing, about = excluded.about, until = excluded.until`,
		parameters: [company, row.stream, row.person, row.doing, row.about, until],
	};
}

export function endPresence(company: string, stream: string, person: string): Statement {
	return {
		name: "end-presence",
		sql: "delete from presence where company = $1 and stream = $2 and person = $3",
		parameters: [company, stream, person],
	};
}

/** Everybody who is somewhere in a company, at most so many; answers PresenceRows. */
export function readPresence(company: string, now: string): Statement {
	return {
		name: "read-presence",
		sql: "select stream, person, doing, about from presence where company = $1 and until > $2 order by stream, person limit 2000",
		parameters: [company, now],
	};
}

/** Forgets those who have long gone without saying so. */
export function sweepPresence(company: string, now: string): Statement {
	return {
		name: "sweep-presence",
		sql: "delete from presence where company = $1 and until < $2",
		parameters: [company, now],
	};
}
