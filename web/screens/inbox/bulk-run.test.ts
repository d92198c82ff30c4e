import { expect, test } from "vitest";
import { byReason, type Outcome, runEach } from "./bulk-run.ts";

const problem = (title: string) => ({ type: "x", title, status: 409 });

test("each case is done after the other; one that fails holds up none", async () => {
	const told: number[] = [];
	const order: string[] = [];
	const send = async (id: string) => {
		order.push(id);
		if (id === "b") throw new Error("no");
	};
	const outcomes = await runEach(
		["a", "b", "c"],
		send,
		() => problem("no"),
		(all) => told.push(all.length),
		() => false,
	);
	expect(order).toEqual(["a", "b", "c"]);
	expect(outcomes.map((one) => one.done)).toEqual([true, false, true]);
	expect(told).toEqual([1, 2, 3]);
});

test("stopped, nothing more is begun", async () => {
	let done: readonly Outcome[] = [];
	const outcomes = await runEach(
		["a", "b", "c"],
		async () => {},
		() => problem(""),
		(all) => {
			done = all;
		},
		() => done.length === 2,
	);
	expect(outcomes).toHaveLength(2);
});

test("refusals are gathered by their reason", () => {
	const refused = [
		{ id: "1", problem: problem("claimed") },
		{ id: "2", problem: problem("closed") },
		{ id: "3", problem: problem("closed") },
	];
	expect(byReason(refused)).toEqual([
		{ title: "closed", ids: ["2", "3"] },
		{ title: "claimed", ids: ["1"] },
	]);
});
