import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import { act, cast, passes, theatre } from "../given.ts";
import { settled } from "../given-story.ts";

const { given } = theatre(await readShippedPack("express"));

const asks = (fields: object = {}) =>
	act(cast.quality, "RecordFollowUp", { satisfied: true, bothered: false, ...fields });
const due = [...settled, passes(30)];

test("asked by somebody else than who handled it", () => {
	expect(given(...due).when({ ...asks(), by: cast.handler }).refusal?.reason).toBe("HandlerAsksAgain");
	expect(given(...due).when(asks()).kase.followUps).toHaveLength(1);
});

test("'not satisfied' reopens once", () => {
	const { kase } = given(...due).when(asks({ satisfied: false, words: "还是没到" }));
	expect(kase.closure).toBeNull();
	expect(kase.reopenings[0]?.because).toBe("not-satisfied");
});

test("bothered because of the complaint: a retaliation allegation opens and the safety team is told", () => {
	const { kase, effects } = given(...due).when(asks({ bothered: true, words: "快递员打电话骂我" }));
	expect(kase.allegations).toHaveLength(2);
	expect(effects).toContainEqual(expect.objectContaining({ do: "notify", to: { capability: "safety" } }));
});

test("waived only for a reason the pack knows; then nothing is due", () => {
	const waive = (reason: string) => act(cast.quality, "WaiveFollowUp", { reason });
	expect(given(...due).when(waive("lazy")).refusal?.reason).toBe("UnknownWord");
});

test("a case that is open is not asked about; a termination notice needs a reopening before it", () => {
	expect(given(...settled.slice(0, -1)).when(asks()).refusal?.reason).toBe("CaseNotClosed");
	expect(
		given(...due).when(act(cast.reviewer, "IssueTerminationNotice", { reasons: "已复核" })).refusal?.reason,
	).toBe("TooEarly");
});
