import { expect, test } from "vitest";
import { type Planned, rehearsalsOf, takenOf } from "./plan.ts";

const plan = (id: string, fields: Record<string, unknown>): Planned => ({
	case: id,
	number: id,
	type: "SendMessage",
	fields,
});

test("cases with the same fields are rehearsed together, whatever the fields' order", () => {
	const asked = rehearsalsOf([
		plan("a", { to: "p1", words: "x" }),
		plan("b", { words: "x", to: "p1" }),
		plan("c", { to: "p2", words: "x" }),
	]);
	expect(asked.map((one) => one.cases)).toEqual([["a", "b"], ["c"]]);
});

test("no more than a hundred at once", () => {
	const plans = Array.from({ length: 230 }, (_, n) => plan(`c${n}`, { to: "p1" }));
	expect(rehearsalsOf(plans).map((one) => one.cases.length)).toEqual([100, 100, 30]);
});

test("what was refused is left out", () => {
	const plans = [plan("a", {}), plan("b", {})];
	const problem = { type: "", title: "no", status: 409 };
	expect(
		takenOf(plans, [
			{ case: "b", taken: true },
			{ case: "a", taken: false, problem },
		]).map((one) => one.case),
	).toEqual(["b"]);
});
