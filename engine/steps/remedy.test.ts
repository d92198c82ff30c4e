import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import { act, cast, passes, theatre } from "../given.ts";
import { accepted, agreedOn, computed, damageComputed, offered, takenUp } from "../given-story.ts";

const { given } = theatre(await readShippedPack("express"));

test("what the rules give shows table, row, source and arithmetic", () => {
	const { kase } = given(...damageComputed);
	const [line] = kase.computations[0]?.lines ?? [];
	expect(line).toMatchObject({
		item: "compensation",
		amount: { amount: 30_000, currency: "CNY" },
		legal: "owed",
	});
	expect(line?.explanation?.source.ref).toBeTruthy();
	expect(line?.explanation?.arithmetic.length).toBeGreaterThan(0);
});

test("facts that are missing are asked for by name", () => {
	const { refusal } = given(...takenUp).when(act(cast.handler, "ComputeRemedy"));
	expect(refusal).toMatchObject({ reason: "FactsMissing" });
	expect(refusal?.detail.facts).toContain("lost");
});

test("an offer stands for its time and then expires by itself", () => {
	const open = given(...takenUp, computed, offered());
	expect(open.kase.offers[0]).toMatchObject({ from: "company", accepted: null, expired: null });
	expect(given(...takenUp, computed, offered(), passes(24 * 40)).kase.offers[0]?.expired).not.toBeNull();
});

test("above the handler's own limit nothing goes out without a ceiling", () => {
	expect(given(...damageComputed).when(offered()).refusal).toMatchObject({ reason: "CeilingMissing" });
});

test("accepted, each line becomes an item; a second acceptance is refused", () => {
	const agreed = given(...agreedOn);
	expect(agreed.kase.items.map((one) => one.id)).toEqual(["x1", "x2", "x3"]);
	expect(agreed.when(accepted()).ok).toBe(false);
	expect(agreed.when(offered()).refusal?.reason).toBe("AlreadyDone");
});

test("a counter-offer supersedes, and its author can't accept it", () => {
	const counter = act(cast.complainant, "CounterOffer", {
		offer: "o1",
		lines: [{ item: "compensation", amount: 2000 }],
		words: "再加二十",
	});
	const countered = given(...takenUp, computed, offered(), counter);
	expect(countered.kase.offers[0]?.superseded).not.toBeNull();
	expect(countered.when(accepted("o2")).refusal?.reason).toBe("OwnProposal");
});

test("the worker offers within their limit, in direct talk, and no further", () => {
	const talking = given(...takenUp, act(cast.courier, "OpenDirectTalk"));
	const own = (amount: number) =>
		act(cast.courier, "OfferAsWorker", {
			lines: [{ item: "compensation", amount }],
			grounds: "我来承担一点",
		});
	expect(talking.when(own(10_000_000)).refusal?.reason).toBe("LimitExceeded");
	expect(given(...takenUp).when(own(100)).ok).toBe(false);
});

test("a final position carries reasons and where to go, or says that nothing is owed", () => {
	const position = (fields: object) =>
		act(cast.handler, "TakeFinalPosition", { reasons: "已按规则给出上限", ...fields });
	const taken = given(...takenUp, computed);
	expect(taken.when(position({ nothingOwed: false })).refusal?.reason).toBe("Malformed");
	expect(taken.when(position({ nothingOwed: true, referTo: ["moon-court"] })).refusal?.reason).toBe(
		"UnknownWord",
	);
	expect(taken.when(position({ nothingOwed: true })).kase.finalPosition?.nothingOwed).toBe(true);
});
