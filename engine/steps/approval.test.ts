import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import { act, cast, theatre } from "../given.ts";
import { approved, ceilingAsked, damageComputed, offered, takenUp } from "../given-story.ts";

const { given, on } = theatre(await readShippedPack("express"));

const pending = [...damageComputed, ceilingAsked()];

test("a ceiling lets the offer out up to its amount", () => {
	expect(given(...pending, approved()).when(offered()).ok).toBe(true);
	const lower = given(...pending, approved({ ceiling: 10_000 })).when(offered());
	expect(lower.refusal).toMatchObject({
		reason: "CeilingExceeded",
		detail: { total: 30_000, ceiling: 10_000 },
	});
});

test("none by the proposer, none by the accused's own line", () => {
	expect(
		given(...pending).when({ ...approved(), by: { ...cast.handler, capabilities: ["approve"] } }).refusal
			?.reason,
	).toBe("OwnProposal");
	expect(given(...pending).when({ ...approved(), by: cast.insider }).refusal?.reason).toBe("AccusedLine");
});

test("what needs no approval is not asked for, and not twice", () => {
	expect(given(...takenUp).when(ceilingAsked(1)).refusal?.reason).toBe("AlreadyDone");
	expect(given(...pending).when(ceilingAsked()).refusal?.reason).toBe("AlreadyOpen");
});

test("returned with a reason, it must be asked for again", () => {
	const back = given(
		...pending,
		act(cast.approver, "ReturnForRework", { approval: "l1", why: "缺少购买凭证" }),
	);
	expect(back.kase.approvals[0]?.returned).not.toBeNull();
	expect(back.when(offered()).refusal?.reason).toBe("CeilingMissing");
	expect(back.when(approved()).refusal?.reason).toBe("NotOpen");
});

test("with nobody eligible the duty rises up the ladder", () => {
	const { kase } = on({ people: [] }, ...damageComputed).when(ceilingAsked());
	expect(kase.approvals[0]?.raised.map((one) => one.to)).toEqual([
		"parent",
		"head-office",
		"outside-reviewer",
	]);
});

test("in office hours the duty manager sends one to the approver", () => {
	expect(given(...pending).when(act(cast.duty, "AgreeAsDutyManager", { approval: "l1" })).ok).toBe(false);
});
