import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import { act, cast, theatre } from "../given.ts";
import { filed } from "../given-story.ts";
import { obligations } from "../journey.ts";
import { viewOf } from "../views/case-view.ts";

const pack = await readShippedPack("express");
const { given } = theatre(pack);

const asked = (fields: object = { phone: "13911112222" }, by = cast.complainant) =>
	act(by, "CorrectParty", { ...fields });
const decide = (taken: boolean, fields: object = {}) =>
	act(cast.handler, "DecideCorrection", { correction: "k1", taken, ...fields });

test("what a complainant asks for stands only once the office has checked it; what stood before is kept", () => {
	const before = given(filed()).kase.parties[0];
	const open = given(filed(), asked({ phone: "13911112222", name: "李小明" }));
	expect(open.kase.parties[0]).toEqual(before);
	expect(obligations(open.kase, pack, "2026-03-02T02:00:00.000Z")).toContainEqual(
		expect.objectContaining({ what: "decide-correction", command: "DecideCorrection", about: "k1" }),
	);
	const { kase } = open.when(decide(true));
	const [correction] = kase.corrections ?? [];
	expect(kase.parties[0]).toMatchObject(correction?.fields ?? {});
	expect(kase.parties[0]?.phone).not.toEqual(before?.phone);
	expect(correction).toMatchObject({
		before: { name: before?.name, phone: before?.phone },
		decided: { taken: true },
	});
	expect(kase.parties[1]).toEqual(open.kase.parties[1]);
});

test("the office, with the caller on the line, puts it right at once", () => {
	const { kase, events } = given(filed()).when(
		asked({ party: "p1", address: "深圳市福田区一路1号" }, cast.agent),
	);
	expect(events.map((one) => one.type)).toEqual(["CorrectionAsked", "CorrectionDecided"]);
	expect(kase.parties[0]?.address).toEqual(kase.corrections?.[0]?.fields.address);
});

test("asked anew before it was checked, the later one counts", () => {
	const { kase } = given(filed(), asked(), asked({ phone: "13933334444" }));
	expect(kase.corrections?.map((one) => [one.id, one.replaced])).toEqual([
		["k1", true],
		["k2", false],
	]);
});

test("not done, it says why and changes nothing", () => {
	const open = given(filed(), asked());
	expect(open.when(decide(false)).refusal?.reason).toBe("ReasonMissing");
	const { kase } = open.when(decide(false, { why: "与运单不符，请提供证明" }));
	expect(kase.parties).toEqual(open.kase.parties);
	expect(kase.corrections?.[0]?.decided).toMatchObject({ taken: false });
});

test.each([
	["somebody else's data", asked({ party: "p2", phone: "13911112222" }), "NotYourPart"],
	["nothing at all", asked({}), "Malformed"],
	["a party who is not there", asked({ party: "p9", phone: "13911112222" }, cast.agent), "UnknownParty"],
	["by the accused", asked({ phone: "13911112222" }, cast.courier), "NotAuthorised"],
	["decided before anybody asked", decide(true), "NotOpen"],
])("refused: %s", (_, one, reason) => {
	expect(given(filed()).when(one).refusal?.reason).toBe(reason);
});

test("decided twice is refused, and the other side learns nothing of it", () => {
	const done = given(
		filed(),
		asked(),
		asked(),
		act(cast.handler, "DecideCorrection", { correction: "k2", taken: true }),
	);
	expect(
		done.when(act(cast.handler, "DecideCorrection", { correction: "k2", taken: true })).refusal?.reason,
	).toBe("NotOpen");
	expect(viewOf(done.kase, cast.courier).corrections).toEqual([]);
	expect(viewOf(done.kase, cast.complainant).corrections).toHaveLength(2);
});
