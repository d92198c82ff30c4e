import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import { act, cast, theatre } from "../given.ts";
import { filed, takenUp } from "../given-story.ts";

const { given, on } = theatre(await readShippedPack("express"));

const other = { "case-2": { id: "case-2", number: "N2", closed: false, orders: [], joined: false } };
const closedOne = { "case-3": { id: "case-3", number: "N3", closed: true, orders: [], joined: false } };

test("a filing keeps who, what, which order and when, and starts the clocks", () => {
	const { events, kase } = given().when(filed());
	expect(events[0]?.type).toBe("ComplaintFiled");
	expect(kase.parties.map((one) => [one.id, one.seat, one.side])).toEqual([
		["p1", "recipient", "complainant"],
		["p2", "courier", "respondent"],
	]);
	expect(kase.intake?.verbatim).toHaveProperty("ref");
	expect(kase.clocks.map((one) => one.name)).toContain("first-contact");
});

test("without a category the pack's words propose one, and say which words led there", () => {
	const { kase } = given().when(filed({ allegations: [] }));
	expect(kase.allegations[0]?.proposed).toMatchObject({ category: "misdelivery" });
	expect(kase.allegations[0]?.proposed?.because.length).toBeGreaterThan(0);
	expect(kase.allegations[0]?.category).toBeNull();
});

test("the complainant and the accused are told at once", () => {
	const notices = given()
		.when(filed())
		.effects.flatMap((one) => (one.do === "notify" ? [one.notice] : []));
	expect(notices).toEqual(expect.arrayContaining(["complaint-received", "complaint-filed-against-you"]));
});

test.each([
	["a seat the trade does not know", { parties: [{ seat: "pilot" }] }, "UnknownParty"],
	["a category the trade does not know", { allegations: [{ category: "ufo" }] }, "UnknownCategory"],
	["an accused who is not there", { allegations: [{ category: "delay", accused: [7] }] }, "UnknownParty"],
	["received tomorrow", { receivedAt: "2026-03-03T10:00:00+08:00" }, "InTheFuture"],
	["occurred tomorrow", { occurredAt: "2026-03-03T10:00:00+08:00" }, "InTheFuture"],
	["claimed in another currency", { claimed: { amount: 100, currency: "USD" } }, "WrongCurrency"],
])("refused: %s", (_, fields, reason) => {
	expect(given().when(filed(fields)).refusal?.reason).toBe(reason);
});

test("filing twice under one number is refused", () => {
	expect(given(filed()).when(filed()).refusal?.reason).toBe("AlreadyFiled");
});

test("an amendment leaves the first words as they were", () => {
	const before = given(filed());
	const { kase } = before.when(
		act(cast.agent, "AmendComplaint", { words: "补充：外箱也破了", wished: "重新派送" }),
	);
	expect(kase.intake?.verbatim).toEqual(before.kase.intake?.verbatim);
	expect(kase.amendments).toHaveLength(1);
	expect(kase.intake?.wished).not.toBeNull();
});

test("a duplicate is joined, and then nothing more is done to it until it is parted", () => {
	const joined = on(
		{ cases: other },
		...takenUp,
		act(cast.handler, "JoinDuplicate", { into: "case-2", why: "同一事项" }),
	);
	expect(joined.when(act(cast.handler, "EscalateCase", { to: "duty", why: "催" })).refusal?.reason).toBe(
		"CaseJoined",
	);
	expect(
		joined.when(act(cast.handler, "PartDuplicate", { why: "不是同一件" })).kase.relations[0]?.parted,
	).not.toBeNull();
});

test.each([
	["itself", other, "case-1", "UnknownCase"],
	["a case that is not there", other, "case-9", "UnknownCase"],
	["a closed case", closedOne, "case-3", "CaseClosed"],
])("joining into %s is refused", (_, cases, into, reason) => {
	expect(on({ cases }, ...takenUp).when(act(cast.handler, "JoinDuplicate", { into })).refusal?.reason).toBe(
		reason,
	);
});

test("an incident takes a case once", () => {
	const attached = on(
		{ cases: other },
		...takenUp,
		act(cast.handler, "AttachToMassIncident", { incident: "case-2" }),
	);
	expect(
		attached.when(act(cast.handler, "AttachToMassIncident", { incident: "case-2" })).refusal?.reason,
	).toBe("AlreadyDone");
});

test("withdrawing takes named allegations, once", () => {
	const gone = given(...takenUp, act(cast.complainant, "WithdrawAllegations", { allegations: ["a1"] }));
	expect(gone.kase.allegations[0]?.withdrawn).not.toBeNull();
	expect(
		gone.when(act(cast.complainant, "WithdrawAllegations", { allegations: ["a1"] })).refusal?.reason,
	).toBe("AlreadyWithdrawn");
	expect(
		gone.when(act(cast.complainant, "WithdrawAllegations", { allegations: ["a9"] })).refusal?.reason,
	).toBe("UnknownAllegation");
});

test("an enquiry becomes a complaint and back, with a reason", () => {
	const { kase } = given(filed({ kind: "enquiry" })).when(
		act(cast.agent, "ChangeKind", { kind: "complaint", why: "客户要求赔偿" }),
	);
	expect(kase.intake?.kind).toBe("complaint");
	expect(
		given(filed()).when(act(cast.agent, "ChangeKind", { kind: "complaint", why: "x" })).refusal?.reason,
	).toBe("AlreadyDone");
});
