import { z } from "zod";
import { Bilingual, Id } from "./packs/words.ts";

/** Practice talks: a customer played by a script, whose answers follow from what is said to them. */

const Choice = z.strictObject({
	say: Bilingual,
	/** 2: as the coach has it, 1: passable, 0: makes it worse. */
	points: z.int().min(0).max(2),
	why: Bilingual,
	/** The next node; without it the talk is over. */
	next: Id.optional(),
});
const Node = z.strictObject({
	says: Bilingual,
	/** How the customer feels: 1 calm to 5 beside themselves. */
	heat: z.int().min(1).max(5),
	/** Without choices the talk ends with these words. */
	choices: z.array(Choice).max(4).default([]),
});
type Node = z.output<typeof Node>;
type Choice = z.output<typeof Choice>;
export const Scenario = z.strictObject({
	id: Id,
	trade: Id,
	level: z.enum(["ordinary", "difficult"]),
	title: Bilingual,
	scene: Bilingual,
	start: Id,
	/** Per cent. */
	pass: z.int().min(1).max(100),
	nodes: z.record(Id, Node),
});
export type Scenario = z.output<typeof Scenario>;

/** What is wrong with a script: nodes that aren't there, or can't be reached, or a talk without an end. */
export function scenarioProblems({ start, nodes }: Scenario): string[] {
	const reached = new Set<string>();
	const problems: string[] = [];
	const visit = (id: string, path: readonly string[]) => {
		if (path.includes(id)) return void problems.push(`${id} comes round again`);
		const node = nodes[id];
		if (!node) return void problems.push(`there is no node ${id}`);
		reached.add(id);
		for (const { next } of node.choices) if (next) visit(next, [...path, id]);
	};
	visit(start, []);
	problems.push(
		...Object.keys(nodes)
			.filter((id) => !reached.has(id))
			.map((id) => `nothing leads to ${id}`),
	);
	return [...new Set(problems)];
}

export interface Practised {
	/** 0 to 100: of the best that could have been said on this way. */
	score: number;
	passed: boolean;
	steps: { node: string; choice: number; points: number; best: number }[];
	end: string | null;
}

/** Scores a talk, given as the numbers of what was chosen; null when that is no whole way through the script. */
export function scorePractice(scenario: Scenario, path: readonly number[]): Practised | null {
	const steps: Practised["steps"] = [];
	let at: string | undefined = scenario.start;
	for (const choice of path) {
		if (at === undefined) return null;
		const node: Node | undefined = scenario.nodes[at];
		const chosen: Choice | undefined = node?.choices[choice];
		if (!node || !chosen) return null;
		const best = Math.max(...node.choices.map((one) => one.points));
		steps.push({ node: at, choice, points: chosen.points, best });
		at = chosen.next;
	}
	const left = at === undefined ? undefined : scenario.nodes[at];
	if (steps.length === 0 || (left && left.choices.length > 0)) return null;
	const best = steps.reduce((sum, one) => sum + one.best, 0);
	const points = steps.reduce((sum, one) => sum + one.points, 0);
	const score = best === 0 ? 0 : Math.round((100 * points) / best);
	return { score, passed: score >= scenario.pass, steps, end: at ?? null };
}
