import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import { cast, theatre } from "../given.ts";
import { asked, explained, faultDone, found, noticed, takenUp, verified } from "../given-story.ts";

const { given } = theatre(await readShippedPack("express"));

const heard = [...takenUp, asked(), explained, verified("customer-fault", false, "outlet-record")];

test("a finding stands with shares, rule and cause", () => {
	const { kase } = given(...heard).when(found());
	expect(kase.findings[0]).toMatchObject({
		allegation: "a1",
		upheld: "yes",
		shares: { p2: 80, company: 20 },
		round: 1,
	});
	expect(kase.findings[0]?.explanation?.source.ref).toBeTruthy();
});

test("nobody is found at fault unheard", () => {
	expect(given(...takenUp).when(found()).refusal).toMatchObject({
		reason: "Unheard",
		detail: { parties: ["p2"] },
	});
});

test("an allegation that is not upheld needs nobody heard and holds no share", () => {
	const fields = { upheld: "no", liable: false, shares: {}, override: undefined };
	expect(given(...takenUp).when(found(fields)).ok).toBe(true);
	expect(given(...takenUp).when(found({ ...fields, shares: { p2: 100 } })).refusal?.reason).toBe(
		"ShareNotUpheld",
	);
});

test.each([
	["shares that don't add up", { shares: { p2: 80 } }, "SharesNot100"],
	["a share for a stranger", { shares: { p9: 100 } }, "UnknownParty"],
	["a cause the pack does not know", { cause: "bad-luck" }, "UnknownWord"],
	["an allegation that is not there", { allegation: "a9" }, "UnknownAllegation"],
	[
		"shares other than the table's, without a reason",
		{ override: undefined, shares: { p2: 10, company: 90 } },
		"ReasonMissing",
	],
])("refused: %s", (_, fields, reason) => {
	expect(given(...heard).when(found(fields)).refusal?.reason).toBe(reason);
});

test("the accused's own line decides nothing", () => {
	expect(given(...heard).when({ ...found(), by: cast.insider }).refusal?.reason).toBe("AccusedLine");
});

test("decided once in a round; notice goes to both sides, once", () => {
	expect(given(...heard, found()).when(found()).refusal?.reason).toBe("AlreadyDecided");
	const told = given(...heard, found()).when(noticed);
	expect(told.effects.filter((one) => one.do === "notify" && one.notice === "finding-notice")).toHaveLength(
		2,
	);
	expect(given(...faultDone).when(noticed).ok).toBe(false);
});
