import { describe, expect, test } from "vitest";
import { type Scenario, scenarioProblems, scorePractice } from "#engine/practice.ts";
import { readPractice } from "./practice.ts";

const talks = await readPractice();

describe("the practice talks that ship", () => {
	test("there are an ordinary and a difficult one for every trade", () => {
		const trades = ["express", "freight-hailing", "logistics-enterprise", "ride-hailing", "roadside-rescue"];
		for (const trade of trades) {
			const levels = talks.filter((one) => one.trade === trade).map((one) => one.level);
			expect(levels).toEqual(expect.arrayContaining(["ordinary", "difficult"]));
		}
	});

	test.each(talks)("$id: the best words pass, the worst fail", (talk) => {
		expect(
			scorePractice(
				talk,
				wayThrough(talk, (points) => Math.max(...points)),
			),
		).toMatchObject({
			score: 100,
			passed: true,
		});
		expect(
			scorePractice(
				talk,
				wayThrough(talk, (points) => Math.min(...points)),
			)?.passed,
		).toBe(false);
	});
});

test("a way that stops halfway, or chooses what isn't there, is none", () => {
	const [talk] = talks;
	if (!talk) throw new Error("no talk");
	expect(scorePractice(talk, [])).toBeNull();
	expect(scorePractice(talk, [0])).toBeNull();
	expect(scorePractice(talk, [3])).toBeNull();
});

test("a script that goes round, leads nowhere or has a node that nobody reaches is found wrong", () => {
	const [talk] = talks;
	if (!talk) throw new Error("no talk");
	const node = talk.nodes[talk.start];
	const [choice] = node?.choices ?? [];
	if (!node || !choice) throw new Error("no choice");
	const with_ = (next: string): Scenario => ({
		...talk,
		nodes: { [talk.start]: { ...node, choices: [{ ...choice, next }] } },
	});
	expect(scenarioProblems(with_("nowhere"))).toEqual(["there is no node nowhere"]);
	expect(scenarioProblems(with_(talk.start))).toEqual([`${talk.start} comes round again`]);
	const lonely = { ...talk, nodes: { ...talk.nodes, lonely: node } };
	expect(scenarioProblems(lonely)).toEqual(["nothing leads to lonely"]);
});

/** The way through a talk that takes at each turn the points that `pick` picks. */
function wayThrough({ start, nodes }: Scenario, pick: (points: number[]) => number): number[] {
	const path: number[] = [];
	for (let at: string | undefined = start; at !== undefined; ) {
		const choices: Scenario["nodes"][string]["choices"] = nodes[at]?.choices ?? [];
		if (choices.length === 0) break;
		const wanted = pick(choices.map((one) => one.points));
		const n = choices.findIndex((one) => one.points === wanted);
		path.push(n);
		at = choices[n]?.next;
	}
	return path;
}
