import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { duesOf, instantOf, localOf } from "./local-time.ts";
import { Office } from "./office.ts";
import { linesOf, Story, yuan } from "./story.ts";

/**
 * The refused ride, and a passenger who complains again and again without ground. Each complaint is heard and decided
 * on its own; the driver blocks him at no cost; falsehood that is proved, counted and warned of leads to limits and to
 * the blacklist, which he appeals. Complaining stays open to him throughout. Each test goes on where the one before
 * ended.
 */

let office: Office;

beforeAll(async () => {
	office = await Office.open("2026-03-10 09:00");
});
afterAll(() => office.close());

/** The same passenger complains of a refused ride once more. */
async function complains(number: string): Promise<Story> {
	const story = await Story.filed(office, "agent2", "ride-hailing", {
		channel: "page",
		verbatim: "司机又拒载我，看到是我就不来，必须封号赔钱。",
		wished: "封号并赔偿",
		claimed: { amount: yuan(500), currency: "CNY" },
		parties: [
			{ seat: "passenger", person: "customer-1", name: "窦某", phone: "19900009004" },
			{ seat: "driver", person: "cabbie" },
		],
		allegations: [{ category: "refused", accused: [1] }],
		orders: [{ number, facts: { fee: yuan(23), cancelFee: 0, rented: true, viaAggregator: false } }],
	});
	await story.does("agent2", "GradeCase");
	await story.does("handler2", "ClaimCase");
	return story;
}

/** Heard, looked into and not upheld: recording and track show that he wanted one passenger too many. */
async function notUpheld(story: Story): Promise<void> {
	await story.does("cabbie", "AddEvidence", { kind: "audio", title: "行程录音与通话记录" });
	await story.does("cabbie", "Explain", {
		words: "到点等候十二分钟，乘客要求五人上车，我当面说明超员不能走，其自行取消。",
		evidence: ["e1"],
	});
	await story.verified("handler2", "refusal-reason", "overload", ["cabin-recording", "track"]);
	await story.does("handler2", "ConfirmFacts");
	await story.does("handler2", "DecideFinding", {
		allegation: "a1",
		upheld: "no",
		liable: false,
		cause: "passenger-conduct",
		reasons: "录音与轨迹证实司机到点等候，乘客要求超员，属可以拒绝的情形。",
	});
}

/** That it was false, and not only unfounded, is verified apart, with the count and the share of all his complaints. */
async function provedFalse(story: Story, count: number, warned: boolean): Promise<void> {
	await story.verified("handler2", "proved-false", true, ["cabin-recording"]);
	await story.verified("handler2", "false-complaints", count, ["complaint-history"]);
	await story.verified("handler2", "false-percent", 100, ["complaint-history"]);
	await story.verified("handler2", "warned-before", warned, ["complaint-history"]);
	await story.does("handler2", "NotifyFinding", { findings: ["f1"] });
}

const against = { party: "p1", finding: "f1", reason: "经核实多次虚假投诉。", evidence: ["e1"] };

describe("from a warning to limits", () => {
	test("not upheld is not malicious: without proof of falsehood nothing happens to the passenger", async () => {
		const story = await complains("WC2026100060");
		expect(duesOf(await story.case())).toMatchObject({
			"first-contact": "2026-03-11 09:00",
			resolve: "2026-03-18 00:00",
			"resolve-limit": "2026-03-21 00:00",
			plan: "2026-03-13 09:00",
		});
		await notUpheld(story);
		await story.does("handler2", "NotifyFinding", { findings: ["f1"] });
		expect(
			await story.refused("quality", "ImposeSanction", { ...against, kind: "customer-warning" }),
		).toMatchObject({ reason: "ReasonMissing" });
		expect((await office.conductOf("customer-1")).complaints).toMatchObject([
			{ upheld: false, provedFalse: false },
		]);
	});

	test("the first one proved false brings a warning with its rule and the way to appeal; a listing is refused", async () => {
		await office.until("2026-03-11 09:00");
		const story = await complains("WC2026100061");
		await notUpheld(story);
		await provedFalse(story, 1, false);
		expect(
			await story.refused("quality", "ImposeSanction", {
				...against,
				kind: "blacklist",
				days: 30,
				override: "影响恶劣",
			}),
		).toMatchObject({ reason: "TooEarly", given: { have: 1, need: 3 } });
		await story.does("quality", "ImposeSanction", { ...against, kind: "customer-warning" });
		const [warning] = (await story.case()).sanctions;
		expect(warning).toMatchObject({
			kind: "customer-warning",
			rule: { row: "false-warning" },
			inForce: null,
		});
		expect(localOf(warning?.effectiveFrom ?? "")).toBe("2026-03-15 00:00");
		expect((await story.toldTo("party:p1")).at(-1)).toMatchObject({ what: "sanction-imposed" });
		expect((await story.seenBy("p1")).case.sanctions).toMatchObject([{ id: "s1", kind: "customer-warning" }]);
		await office.until("2026-03-15 00:00");
		expect((await office.conductOf("customer-1")).entries).toMatchObject([{ kind: "customer-warning" }]);
	});

	test("the third one, after the warning, limits him for three days; he may still complain", async () => {
		await office.until("2026-03-17 09:00");
		const second = await complains("WC2026100062");
		await notUpheld(second);
		await provedFalse(second, 2, true);
		await office.until("2026-03-18 09:00");
		const third = await complains("WC2026100063");
		await notUpheld(third);
		await provedFalse(third, 3, true);
		const limit = { ...against, kind: "customer-restriction" };
		expect(await third.refused("quality", "ImposeSanction", { ...limit, evidence: [] })).toMatchObject({
			reason: "EvidenceMissing",
		});
		await third.does("quality", "ImposeSanction", limit);
		const [restriction] = (await third.case()).sanctions;
		expect(restriction?.rule?.row).toBe("false-three-days");
		expect([localOf(restriction?.effectiveFrom ?? ""), localOf(restriction?.until ?? "")]).toEqual([
			"2026-03-26 00:00",
			"2026-03-29 00:00",
		]);
		await office.until("2026-03-27 09:00");
		expect((await third.case()).sanctions[0]?.inForce).not.toBeNull();
		const fourth = await complains("WC2026100064");
		expect((await fourth.case()).intake?.repeat).toBeGreaterThanOrEqual(2);
		await notUpheld(fourth);
		await provedFalse(fourth, 4, true);
	});
});

describe("blocked, listed, appealed, lifted", () => {
	let story: Story;

	test("the driver's side: told, heard, and the two talk through the platform", async () => {
		await office.until("2026-04-01 09:00");
		story = await complains("WC2026100066");
		const kase = await story.case();
		expect(kase.triage).toMatchObject({ urgency: "urgent", severity: "B" });
		expect(kase.triage?.explanations.map((one) => one.row)).toEqual(["already-b", "again"]);
		expect((await story.toldTo("person:cabbie")).map((one) => one.what)).toEqual([
			"complaint-filed-against-you",
		]);
		await story.at("2026-04-01 09:20");
		await story.does("cabbie", "OpenDirectTalk");
		expect(localOf((await story.case()).directTalk?.until ?? "")).toBe("2026-04-01 11:20");
		await story.does("cabbie", "SendMessage", {
			to: "p1",
			words: "给您带来不便抱歉。您要五人上车，按规定不能走；可以叫六座车，也可以找客服或12328。",
		});
		expect(
			await story.refused("cabbie", "SendMessage", { to: "p1", words: "我知道你住哪，把投诉撤了。" }),
		).toMatchObject({ reason: "GuardBlocked" });
		await story.at("2026-04-01 09:40");
		await story.does("cabbie", "RecordContact", {
			party: "p1",
			through: "call",
			outcome: "reached",
			words: "问经过、问希望怎么解决，说明原因。",
		});
		expect((await story.case()).firstContact).toMatchObject({ as: "worker" });
	});

	test("the complaint is not upheld: the rule, the reasons and where to turn next are there for both sides to read", async () => {
		await story.at("2026-04-01 14:00");
		await notUpheld(story);
		await provedFalse(story, 5, true);
		await story.does("handler2", "ComputeRemedy");
		const kase = await story.case();
		expect(linesOf(kase.computations[0]?.lines)).toEqual([
			["explanation", 0, "company", "goodwill", "refused-explain"],
		]);
		await story.does("handler2", "TakeFinalPosition", {
			nothingOwed: true,
			reasons: "经录音与轨迹核实，不属拒载；理由与依据如上。",
			referTo: ["transport-12328"],
		});
		expect((await story.toldTo("party:p1")).map((one) => one.what)).toEqual(
			expect.arrayContaining(["finding-notice", "final-position"]),
		);
		for (const who of ["p1", "cabbie"]) {
			const seen = await story.seenBy(who);
			expect(seen.texts[seen.case.findings[0]?.reasons.ref ?? ""]).toContain("录音与轨迹");
		}
		expect(await office.scoreOf("cabbie", "ride-hailing")).toBe(20);
	});

	test("the driver blocks him for twelve months, with proof, and it costs the driver nothing", async () => {
		expect(
			await story.refused("cabbie", "BlockParty", { party: "p1", reason: "多次不实投诉。", evidence: [] }),
		).toMatchObject({ status: 422 });
		await story.does("cabbie", "BlockParty", {
			party: "p1",
			reason: "多次不实投诉并要求超员。",
			evidence: ["e1"],
		});
		const [block] = (await story.case()).sanctions;
		expect(block).toMatchObject({ kind: "block", subject: "customer-1", against: "cabbie", points: 0 });
		expect(localOf(block?.until ?? "")).toBe("2027-04-01 14:00");
		expect((await story.toldTo("party:p1")).map((one) => one.what)).toContain("block-made");
		expect(await office.scoreOf("cabbie", "ride-hailing")).toBe(20);
		expect((await office.conductOf("cabbie")).entries).toEqual([]);
		expect(
			(await office.conductOf("customer-1")).entries.filter((one) => one.kind === "block"),
		).toMatchObject([{ against: "cabbie" }]);
	});

	test("five proved false, all of them, and a warning before: listed for thirty days, with evidence, term and notice", async () => {
		const listing = { ...against, kind: "blacklist" };
		expect(await story.refused("quality", "ImposeSanction", { ...listing, days: 365 })).toMatchObject({
			reason: "ReasonMissing",
			given: { proposed: "0 / 30" },
		});
		expect(await story.refused("quality", "ImposeSanction", { ...listing, evidence: [] })).toMatchObject({
			reason: "EvidenceMissing",
		});
		await story.does("quality", "ImposeSanction", listing);
		const listed = (await story.case()).sanctions[1];
		expect(listed).toMatchObject({
			kind: "blacklist",
			subject: "customer-1",
			rule: { row: "false-thirty-days" },
			inForce: null,
		});
		expect([localOf(listed?.effectiveFrom ?? ""), localOf(listed?.until ?? "")]).toEqual([
			"2026-04-09 00:00",
			"2026-05-09 00:00",
		]);
		expect((await story.toldTo("party:p1")).at(-1)?.what).toBe("sanction-imposed");
	});

	test("he appeals the listing; it waits, is looked at by somebody else, and is reversed", async () => {
		await story.at("2026-04-05 10:00");
		const proof = await story.proof("p1", "document", "手机丢失报案回执，三次投诉系他人所为");
		await story.does("p1", "LodgeAppeal", {
			sanction: "s2",
			grounds: ["not-malicious", "new-evidence"],
			words: "手机被偷，其中三次不是我投诉的。",
			evidence: [proof],
		});
		expect(duesOf(await story.case())["appeal-decision z1"]).toBe("2026-04-13 00:00");
		await story.at("2026-04-09 12:00");
		expect((await story.case()).sanctions[1]?.inForce).toBeNull();
		await story.does("manager", "AssignReviewer", { appeal: "z1", person: "reviewer" });
		await story.does("reviewer", "DecideAppeal", {
			appeal: "z1",
			result: "upheld",
			reasons: "报案回执属实，三次投诉非本人所为，次数与比例不足，撤销列入。",
		});
		const kase = await story.case();
		expect(kase.sanctions[1]).toMatchObject({ inForce: null, reversed: { why: "appeal:z1" } });
		expect(kase.round).toBe(1);
		expect((await story.toldTo("party:p1")).map((one) => one.what)).toEqual(
			expect.arrayContaining(["appeal-received", "appeal-decided", "sanction-reversed"]),
		);
		await story.at("2026-04-20 09:00");
		expect((await office.conductOf("customer-1")).entries.filter((one) => one.kind === "blacklist")).toEqual(
			[],
		);
	});

	test("the block is the driver's to lift and nobody else's; complaining stays possible", async () => {
		expect(await story.refused("p1", "LiftSanction", { sanction: "s1", why: "算了吧。" })).toMatchObject({
			status: 403,
		});
		expect(await story.refused("cabbie2", "LiftSanction", { sanction: "s1", why: "算了吧。" })).toMatchObject(
			{ status: 403 },
		);
		await story.does("cabbie", "LiftSanction", { sanction: "s1", why: "已经说开了。" });
		expect((await story.case()).sanctions[0]?.lifted).toMatchObject({ by: "cabbie" });
		const entry = (await office.conductOf("customer-1")).entries.find((one) => one.kind === "block");
		expect(entry?.lifted).toBe(instantOf("2026-04-20 09:00"));
		const again = await complains("WC2026100070");
		expect((await again.case()).owner?.person).toBe("handler2");
	});
});

describe("the company's own fault", () => {
	test("a ride refused because dispatch sent the wrong car: the company bears it, and the driver's proposal is taken up", async () => {
		await office.until("2026-05-06 09:00");
		const story = await Story.filed(office, "agent2", "ride-hailing", {
			channel: "phone",
			verbatim: "司机说派单派错了，不拉我，让我重新叫车。",
			parties: [
				{ seat: "passenger", name: "甘露", phone: "19900009021" },
				{ seat: "driver", person: "cabbie2" },
			],
			allegations: [{ category: "refused", accused: [1] }],
			orders: [
				{
					number: "WC2026100081",
					facts: { fee: yuan(31), cancelFee: 0, rented: true, viaAggregator: false },
				},
			],
		});
		await story.does("agent2", "GradeCase");
		await story.does("handler2", "ClaimCase");
		await story.does("cabbie2", "Explain", { words: "系统派的是六座单，我是五座车。" });
		await story.verified("handler2", "refusal-reason", "dispatch-error", ["dispatch-record", "driver"]);
		await story.does("handler2", "DecideFinding", {
			allegation: "a1",
			upheld: "yes",
			liable: true,
			shares: { company: 100 },
			cause: "dispatch",
			reasons: "派单记录证实车型派错。",
		});
		await story.does("handler2", "ComputeRemedy");
		expect(linesOf((await story.case()).computations[0]?.lines)).toEqual([
			["voucher", yuan(15), "company", "goodwill", "refused-voucher"],
			["apology", 0, "company", "goodwill", "refused-apology"],
		]);
		await story.does("cabbie2", "ProposeImprovement", {
			target: "dispatch",
			words: "派单前核对车型与人数。",
		});
		await story.does("quality", "DecideProposal", { proposal: "y1", taken: true, why: "采纳。" });
		expect((await story.case()).improvement.proposals[0]?.decided).toMatchObject({ taken: true });
		expect(await office.scoreOf("cabbie2", "ride-hailing")).toBe(20);
	});
});

test("the histories prove it: nothing altered, and everything kept beside them is what they say", async () => {
	expect(await office.differences()).toEqual([]);
});
