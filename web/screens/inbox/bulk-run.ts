import type { Problem } from "../../api.ts";

/** One command done to many cases, one after the other. */

export type Outcome = { id: string; done: true } | { id: string; done: false; problem: Problem };

/** What a rehearsal answers of one case. */
export type Rehearsed = { case: string; taken: true } | { case: string; taken: false; problem: Problem };

/**
 * @param send does it to one case; throws a problem
 * @param told after each
 * @returns what became of each that was begun
 */
export async function runEach(
	ids: readonly string[],
	send: (id: string) => Promise<unknown>,
	problemOf: (error: unknown) => Problem,
	told: (outcomes: readonly Outcome[]) => void,
	stopped: () => boolean,
): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	for (const id of ids) {
		if (stopped()) break;
		try {
			await send(id);
			outcomes.push({ id, done: true });
		} catch (error) {
			outcomes.push({ id, done: false, problem: problemOf(error) });
		}
		told([...outcomes]);
	}
	return outcomes;
}

/** Cases by why they are refused, the most frequent reason first. */
export function byReason(
	refused: readonly { id: string; problem: Problem }[],
): { title: string; ids: string[] }[] {
	const groups = new Map<string, string[]>();
	for (const { id, problem } of refused)
		groups.set(problem.title, [...(groups.get(problem.title) ?? []), id]);
	return [...groups].map(([title, ids]) => ({ title, ids })).sort((a, b) => b.ids.length - a.ids.length);
}
