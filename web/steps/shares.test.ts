import { expect, it } from "vitest";
import { emptyCase } from "#engine/case.ts";
import { balanced, balancerOf, byParty, sameShares, unheardIn } from "./shares.ts";

const ORDER = ["p2", "p3", "company"];
const party = (id: string, seat: string, side: "respondent" | "complainant") => ({
	...{ id, seat, side, person: null, organisation: null, line: [] },
	...{ name: null, phone: null, address: null, plate: null, actsFor: null },
});
const kase = {
	...emptyCase("c", "acme", "1", { name: "express", version: "1" }),
	parties: [
		party("p1", "recipient", "complainant"),
		party("p2", "courier", "respondent"),
		party("p3", "courier", "respondent"),
	],
};

it.each([
	[{}, "p2", 70, { p2: 70, p3: 0, company: 30 }],
	[{ p2: 70, p3: 0, company: 30 }, "p3", 20, { p2: 70, p3: 20, company: 10 }],
	[{ p2: 70, p3: 20, company: 10 }, "p3", 50, { p2: 50, p3: 50, company: 0 }],
	[{ p2: 50, p3: 50, company: 0 }, "company", 60, { p2: 40, p3: 0, company: 60 }],
	[{ p2: 50, p3: 50 }, "p2", 140, { p2: 100, p3: 0, company: 0 }],
	[{ p2: 50, p3: 50 }, "p2", -5, { p2: 0, p3: 50, company: 50 }],
])("%j with %s at %i becomes %j", (before, changed, percent, after) => {
	expect(balanced(before, changed, percent, ORDER)).toEqual(after);
});

it("always comes to a hundred", () => {
	expect(balanced({}, "p2", 40, ["p2"])).toEqual({ p2: 100 });
	for (let percent = 0; percent <= 100; percent += 7) {
		const sum = Object.values(balanced({ p2: 33, p3: 33, company: 34 }, "p3", percent, ORDER));
		expect(sum.reduce((a, b) => a + b, 0)).toBe(100);
	}
});

it("says who balances", () => {
	expect(balancerOf("p2", ORDER)).toBe("company");
	expect(balancerOf("company", ORDER)).toBe("p3");
	expect(balancerOf("p2", ["p2"])).toBeNull();
});

it("gives a seat's share to the accused in it, and says where nobody sits", () => {
	const allegation = { accused: ["p3"] } as unknown as Parameters<typeof byParty>[2];
	const proposed = { courier: 70, company: 30, unknown: 0 };
	expect(byParty(proposed, kase, allegation)).toEqual({ shares: { p3: 70, company: 30 }, empty: [] });
	expect(byParty({ courier: 100 }, kase, undefined).shares).toEqual({ p2: 100 });
	expect(byParty({ courier: 40, outlet: 60 }, kase, allegation).empty).toEqual(["outlet"]);
});

it("tells the same from different shares, and who is unheard", () => {
	expect(sameShares({ p2: 100 }, { p2: 100, company: 0 })).toBe(true);
	expect(sameShares({ p2: 60, company: 40 }, { p2: 100 })).toBe(false);
	expect(unheardIn({ p2: 50, p1: 50 }, kase)).toEqual(["p2"]);
});
