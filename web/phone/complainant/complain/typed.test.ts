import { expect, test } from "vitest";
import { firstMissing, NOTHING, nextAfter, questionsFor, typedFrom } from "./typed.ts";

test("a sum is asked for only of those who want money", () => {
	expect(questionsFor(NOTHING)).toEqual(["kind", "words", "proof", "wish", "check"]);
	expect(questionsFor({ ...NOTHING, wishes: ["refund"] })).toContain("amount");
	expect(nextAfter("wish", { ...NOTHING, wishes: ["refund"] })).toBe("amount");
	expect(nextAfter("wish", { ...NOTHING, wishes: ["apology"] })).toBe("check");
	expect(nextAfter("check", NOTHING)).toBe("check");
});

test("nobody gets past what must be told; a voice tells it as well", () => {
	expect(firstMissing(NOTHING)).toBe("kind");
	expect(firstMissing({ ...NOTHING, category: "damage", words: "  " })).toBe("words");
	expect(firstMissing({ ...NOTHING, category: "damage", spoken: true })).toBeNull();
});

test.each([[null], ["x"], [{ wishes: "x", words: 3 }], [{ wishes: [1, null] }]])(
	"a draft that holds %j is read as far as it goes",
	(kept) => expect(typedFrom(kept)).toEqual(NOTHING),
);

test("a draft comes back as it was", () => {
	const typed = { ...NOTHING, category: "damage", words: "碎了", wishes: ["refund"], amount: "12.50" };
	expect(typedFrom(JSON.parse(JSON.stringify(typed)))).toEqual(typed);
});
