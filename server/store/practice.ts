import type { Statement } from "./database/session.ts";

/** Practice talks that somebody went through. */
export interface PracticeRow {
	id: string;
	scenario: string;
	score: number;
	passed: boolean;
	at: string;
}

/** The same id again changes nothing. */
export function savePractice(
	company: string,
	person: string,
	{ id, scenario, score, passed, at }: PracticeRow,
	path: readonly number[],
): Statement {
	return {
		name: "save-practice",
		sql: "insert into practice_result (company, id, person, scenario, score, passed, path, at) values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8) on conflict (company, id) do nothing",
		parameters: [company, id, person, scenario, score, passed, JSON.stringify(path), at],
	};
}

/** The latest first. Answers PracticeRows. */
export function listPractice(company: string, person: string, most: number): Statement {
	return {
		name: "list-practice",
		sql: "select id, scenario, score, passed, at from practice_result where company = $1 and person = $2 order by at desc limit $3",
		parameters: [company, person, most],
	};
}
