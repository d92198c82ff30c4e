import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import { act, cast, theatre } from "../given.ts";
import { settled, takenUp } from "../given-story.ts";

const { given } = theatre(await readShippedPack("express"));

const bodies = (await readShippedPack("express")).data.proceedings.bodies;
const bodyOf = (kind: string) => Object.entries(bodies).find(([, one]) => one.kind === kind)?.[0] ?? "";
const opened = (kind: string, fields: object = {}) =>
	act(cast.liaison, "OpenProceeding", {
		body: bodyOf(kind),
		direction: "inbound",
		number: "12305-1",
		words: "转办",
		...fields,
	});

test("a regulator's case has its number and its own statutory clock", () => {
	const { kase } = given(...takenUp).when(opened("regulator"));
	expect(kase.proceedings[0]).toMatchObject({ number: "12305-1", direction: "inbound" });
	expect(kase.clocks.find((one) => one.party === "g1")?.kind).toBe("statutory");
});

test("the body's own due time goes before the pack's", () => {
	const due = "2026-03-05T09:00:00.000Z";
	const { kase } = given(...takenUp).when(opened("regulator", { due }));
	expect(kase.clocks.find((one) => one.party === "g1")?.due).toBe(due);
});

test("inbound reopens a closed case; police suspends the fault track and holds everything", () => {
	expect(given(...settled).when(opened("regulator")).kase.reopenings[0]?.because).toBe("proceeding");
	const police = given(...takenUp, opened("police"));
	expect(police.kase.hold).not.toBeNull();
	const ask = act(cast.handler, "AskQuestion", { party: "p2", words: "请说明" });
	expect(police.when(ask).refusal?.reason).toBe("UnderPolice");
	expect(
		police.when(act(cast.handler, "RecordContact", { party: "p1", through: "call", outcome: "reached" })).ok,
	).toBe(true);
});

test.each([
	["a body the pack does not know", opened("regulator", { body: "un" }), "UnknownWord"],
	["received tomorrow", opened("regulator", { receivedAt: "2026-03-09T09:00:00+08:00" }), "InTheFuture"],
])("refused: %s", (_, one, reason) => {
	expect(given(...takenUp).when(one).refusal?.reason).toBe(reason);
});

test("one final reply; the same number only once", () => {
	const reply = act(cast.liaison, "ReplyToBody", { proceeding: "g1", words: "已核实并赔付" });
	const open = given(...takenUp, opened("regulator"));
	expect(open.when(opened("regulator")).refusal?.reason).toBe("AlreadyOpen");
	expect(given(...takenUp, opened("regulator"), reply).when(reply).refusal?.reason).toBe("AlreadyDone");
});
