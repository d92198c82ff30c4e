import type { Scenario } from "#engine/practice.ts";

/** A practice talk as far as it has gone. Pure: the server scores it again from the same numbers. */

type Node = Scenario["nodes"][string];
type Choice = Node["choices"][number];

export interface Turn {
	id: string;
	says: Node["says"];
	heat: number;
	chosen: Choice;
	best: Choice;
}

export function turnsOf(
	talk: Scenario,
	path: readonly number[],
): { turns: Turn[]; now: Node | null; over: boolean } {
	const turns: Turn[] = [];
	let at: string | undefined = talk.start;
	for (const n of path) {
		const node: Node | undefined = at === undefined ? undefined : talk.nodes[at];
		const chosen: Choice | undefined = node?.choices[n];
		const best = node?.choices.toSorted((a, b) => b.points - a.points)[0];
		if (!node || !chosen || !best || at === undefined) break;
		turns.push({ id: at, says: node.says, heat: node.heat, chosen, best });
		at = chosen.next;
	}
	const now = at === undefined ? null : (talk.nodes[at] ?? null);
	return { turns, now, over: now === null || now.choices.length === 0 };
}

export function scoreOf(
	talk: Scenario,
	turns: readonly Turn[],
): { score: number; passed: boolean; end: Node["says"] | null } {
	const best = turns.reduce((sum, one) => sum + one.best.points, 0);
	const points = turns.reduce((sum, one) => sum + one.chosen.points, 0);
	const score = best === 0 ? 0 : Math.round((100 * points) / best);
	const last = turns.at(-1)?.chosen.next;
	return { score, passed: score >= talk.pass, end: last ? (talk.nodes[last]?.says ?? null) : null };
}
