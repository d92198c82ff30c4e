import { expect, test } from "vitest";
import { filledWith, said, type Talk, talkFor } from "./talk-parts.ts";

const track = (id: string, forWhat: string[], ...lines: string[]) => ({
	id,
	title: id,
	for: forWhat,
	lines: lines.map((say, n) => ({ act: `act ${n + 1}`, say })),
});
const talk: Talk = {
	contact: {
		complainant: [
			track("other", ["loss"], "x"),
			track("any", [], "您好，我是{{handler}}", "编号{{number}}"),
			track("damaged", ["damage"], "包裹{{order}}"),
			track("all-parcels", ["parcel"], "x"),
		],
	},
};
const about = { categories: ["damage"], groups: ["parcel"] };

test("what is made for this case comes first, by category or group; then what fits any; the rest last", () => {
	const choices = talkFor(talk, "contact", "complainant", about, {});
	expect(choices.map(({ id, fits }) => [id, fits])).toEqual([
		["damaged", true],
		["all-parcels", true],
		["any", true],
		["other", false],
	]);
});

test("lines are filled with the case's facts; what is not known stays open", () => {
	const [, , any] = talkFor(talk, "contact", "complainant", about, { handler: "王敏" });
	expect(any?.parts).toEqual([
		{ id: "any.1", act: "act 1", say: "您好，我是王敏", open: false },
		{ id: "any.2", act: "act 2", say: "编号…", open: true },
	]);
	expect(filledWith("{{a}} {{a}}", { a: "1" })).toEqual({ say: "1 1", open: false });
	expect(filledWith("您说的是：{{a}}，对吗？", { a: "丢了。" }).say).toBe("您说的是：丢了，对吗？");
});

test("a step or side that the pack has no words for has none", () => {
	expect(talkFor(talk, "remedy", "complainant", about, {})).toEqual([]);
	expect(talkFor(talk, "contact", "respondent", about, {})).toEqual([]);
});

test("what was ticked reads as what it was for; a line that the pack no longer has is left out", () => {
	expect(said(["any.2", "gone.1", "any.1"], talk.contact ?? {})).toEqual(["act 2", "act 1"]);
});
