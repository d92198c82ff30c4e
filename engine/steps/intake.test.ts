import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import type { Actor } from "../actor.ts";
import { type Act, act, cast, type Step, theatre } from "../given.ts";
import { filed, filedInjury, settled, takenUp } from "../given-story.ts";

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

test("a filing by phone keeps its call, how it rang, and the lines that were said", () => {
	const call = { id: "call-1", ringSeconds: 11, rings: 3 };
	const { kase } = given().when(filed({ channel: "phone", call, said: ["take-down.1", "take-down.1"] }));
	expect(kase.intake).toMatchObject({ call, said: ["take-down.1"] });
	const unmeasured = given().when(filed({ channel: "phone", call: { id: "call-2" } })).kase;
	expect(unmeasured.intake?.call).toEqual({ id: "call-2", ringSeconds: null, rings: null });
	expect(given().when(filed()).kase.intake).not.toHaveProperty("call");
	expect(given().when(filed({ channel: "mail", call })).refusal?.reason).toBe("Malformed");
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

type Row = [name: string, steps: Step[], one: Act, reason: string];
const by = (actor: Actor, type: string, fields = {}) => act(actor, type, fields);
const joinedCase = by(cast.agent, "JoinDuplicate", { into: "case-2" });
const amend = (fields = {}, actor: Actor = cast.agent) =>
	by(actor, "AmendComplaint", { words: "补充说明", ...fields });
const linked = (as: string, id = "case-2") => by(cast.agent, "LinkCase", { case: id, as });

test.each<Row>([
	["an unknown flag", [], filed({ flags: ["moon"] }), "UnknownWord"],
	[
		"occurred after it was received",
		[],
		filed({ receivedAt: "2026-03-01T10:00:00+08:00", occurredAt: "2026-03-01T11:00:00+08:00" }),
		"InTheFuture",
	],
	["an agent for nobody", [], filed({ parties: [{ seat: "sender", actsFor: "p7" }] }), "UnknownParty"],
	[
		"an order's fact of the wrong kind",
		[],
		filed({ orders: [{ number: "1", facts: { fee: "twelve" } }] }),
		"Malformed",
	],
	["no words at all", [], filed({ verbatim: " " }), "Malformed"],
	["amended with an unknown seat", [filed()], amend({ parties: [{ seat: "pilot" }] }), "UnknownParty"],
	[
		"amended with an unknown category",
		[filed()],
		amend({ allegations: [{ category: "ufo" }] }),
		"UnknownCategory",
	],
	["amended against nobody there", [filed()], amend({ allegations: [{ accused: ["p9"] }] }), "UnknownParty"],
	[
		"amended in another currency",
		[filed()],
		amend({ claimed: { amount: 1, currency: "EUR" } }),
		"WrongCurrency",
	],
	["amended to the future", [filed()], amend({ occurredAt: "2026-04-01T10:00:00+08:00" }), "InTheFuture"],
	["linked with a case that is not there", [filed()], linked("counter-complaint", "case-9"), "UnknownCase"],
	["linked by an order that the two don't share", [filed()], linked("same-order"), "UnknownOrder"],
	[
		"parted without having been joined",
		[filed()],
		by(cast.agent, "PartDuplicate", { why: "x" }),
		"NotJoined",
	],
	[
		"an urging of a closed case",
		settled,
		by(cast.complainant, "RecordUrging", { words: "快点" }),
		"CaseClosed",
	],
	["anything but filing before it is filed", [], amend(), "NotFiled"],
	[
		"a withdrawal by the accused",
		[filed()],
		by(cast.courier, "WithdrawAllegations", { allegations: ["a1"] }),
		"NotAuthorised",
	],
])("refused: %s", (_, steps, one, reason) => {
	expect(on({ cases: other }, ...steps).when(one).refusal?.reason).toBe(reason);
});

test("an amendment adds parties, orders and allegations after those there are, and tells the newly accused", () => {
	const { kase, effects } = given(filed()).when(
		amend({
			summary: "网点也有责任",
			parties: [{ seat: "outlet", organisation: "outlet-7" }],
			orders: [{ number: "YD2" }],
			allegations: [{ category: "delay", accused: ["p3"], words: "还晚了两天" }],
		}),
	);
	expect([kase.parties.at(-1)?.id, kase.orders.at(-1)?.id, kase.allegations.at(-1)?.id]).toEqual([
		"p3",
		"w2",
		"a2",
	]);
	expect(effects).toContainEqual({
		do: "notify",
		to: { party: "p3" },
		notice: "complaint-filed-against-you",
	});
});

test("a praise or an enquiry accuses nobody, and nobody is told; turned into a complaint, they are", () => {
	const praise = given().when(filed({ kind: "praise", allegations: [] }));
	expect(praise.kase.allegations[0]?.accused).toEqual([]);
	expect(JSON.stringify(praise.effects)).not.toContain("complaint-filed-against-you");
	const turned = given(filed({ kind: "enquiry", allegations: [] })).when(
		by(cast.agent, "ChangeKind", { kind: "complaint", why: "客户要投诉" }),
	);
	expect(turned.kase.allegations[0]?.accused).toEqual(["p2"]);
	expect(JSON.stringify(turned.effects)).toContain("complaint-filed-against-you");
});

test("where people are in danger the case is restricted at once, and the accused is not told by the machine", () => {
	for (const filing of [filedInjury(), filed({ flags: ["minor"] })]) {
		const { kase, effects } = given().when(filing);
		expect(kase.restriction).toMatchObject({ why: null, lifted: null });
		expect(JSON.stringify(effects)).not.toContain("complaint-filed-against-you");
		expect(effects).toContainEqual({ do: "notify", to: { capability: "safety" }, notice: "escalated" });
	}
	// words alone propose: nobody is told, but nothing is shut either before a person has looked
	const proposed = given().when(filed({ verbatim: "快递员把我撞伤了，流血送医", allegations: [] }));
	expect([proposed.kase.restriction, proposed.kase.allegations[0]?.proposed?.category]).toEqual([
		null,
		"injury",
	]);
	expect(JSON.stringify(proposed.effects)).not.toContain("complaint-filed-against-you");
});

test("a worker who complains stands on the complaining side, their customer on the other", () => {
	const parties = [
		{ seat: "courier", person: "courier-1" },
		{ seat: "recipient", name: "王先生" },
	];
	const sides = (fields: object) => given().when(filed({ parties, allegations: [], ...fields })).kase;
	expect(sides({ source: "worker" }).parties.map((one) => one.side)).toEqual(["complainant", "respondent"]);
	expect(sides({ source: "worker" }).allegations[0]?.accused).toEqual(["p2"]);
	expect(sides({}).parties.map((one) => one.side)).toEqual(["respondent", "complainant"]);
	const told = [{ ...parties[0], side: "complainant" }, parties[1]];
	expect(sides({ parties: told }).parties[0]?.side).toBe("complainant");
});

test("a statutory clock runs from receipt even when the complaint is entered late", () => {
	const { kase } = given().when(filed({ receivedAt: "2026-02-27T10:00:00+08:00" }));
	const resolve = kase.clocks.find((one) => one.name === "resolve");
	expect([resolve?.startedAt, resolve?.due]).toEqual([
		"2026-02-27T02:00:00.000Z",
		"2026-03-06T16:00:00.000Z",
	]);
	expect(kase.intake).toMatchObject({
		receivedAt: "2026-02-27T02:00:00.000Z",
		recordedAt: "2026-03-02T02:01:00.000Z",
	});
});

test("the complainant's new words reopen a closed case; a clerk's correction does not, a new allegation does", () => {
	expect(given(...settled).when(amend({}, cast.complainant)).kase.reopenings[0]?.because).toBe("new-facts");
	expect(given(...settled).when(amend({ summary: "错别字" })).kase.closure).not.toBeNull();
	expect(given(...settled).when(amend({ allegations: [{ category: "delay" }] })).kase.closure).toBeNull();
});

test("a duplicate may still be added to and urged; parted, what was closed for it goes on", () => {
	const joined = on({ cases: other }, filed(), joinedCase);
	expect(joined.when(amend({}, cast.complainant)).ok).toBe(true);
	expect(joined.when(by(cast.complainant, "RecordUrging", { words: "快点" })).ok).toBe(true);
	const shut = on(
		{ cases: other },
		filed(),
		joinedCase,
		by(cast.handler, "CloseCase", { outcome: "duplicate" }),
	);
	const parted = shut.when(by(cast.agent, "PartDuplicate", { why: "不是同一件" }));
	expect([parted.kase.closure, parted.kase.relations[0]?.parted?.by]).toEqual([null, "agent"]);
});

test("two cases are linked by an order that they share, once", () => {
	const cases = { "case-2": { ...other["case-2"], orders: ["YD20260301"] } };
	const open = on({ cases }, filed(), linked("same-order"));
	expect(open.kase.relations[0]).toMatchObject({ kind: "same-order", case: "case-2" });
	expect(open.when(linked("same-order")).refusal?.reason).toBe("AlreadyDone");
	expect(open.when(linked("counter-complaint")).ok).toBe(true);
});

test("what was itself joined into another takes no duplicate", () => {
	const cases = { "case-2": { ...other["case-2"], joined: true } };
	expect(on({ cases }, filed()).when(joinedCase).refusal).toMatchObject({
		reason: "CaseJoined",
		detail: { case: "case-2" },
	});
});
