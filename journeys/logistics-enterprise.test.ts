import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { breachedOf, duesOf, instantOf, localOf } from "./local-time.ts";
import { Office } from "./office.ts";
import { itemsOf, linesOf, Story, yuan } from "./story.ts";

/**
 * Freight damaged between the warehouse and a partner carrier, once insured and once not: confirmed from several
 * sides, inspected on the spot, with the insurer's own proceeding, agreed to by whoever may, paid exactly once; and,
 * where no agreement is reached, what was decided is carried out all the same. Each test is a chapter and goes on
 * where the one before ended.
 */

let office: Office;

beforeAll(async () => {
	office = await Office.open("2026-03-16 09:00");
});
afterAll(() => office.close());

const parties = [
	{ seat: "carrier", person: "trucker" },
	{ seat: "warehouse", person: "keeper" },
];

/** What the category asks for: where, whether anything excuses it, and how much; by so many sources each. */
async function verifiedFromAllSides(story: Story, loss: number): Promise<void> {
	await story.verified("handler3", "stage", "partner-leg", ["complainant", "warehouse-keeper", "track"]);
	await story.verified("handler3", "excuse", "none", ["inspection", "carrier"]);
	await story.verified("handler3", "loss", loss, ["inspection", "invoice"]);
	expect(await story.refused("handler3", "ConfirmFacts")).toMatchObject({
		reason: "VerificationMissing",
		given: { fact: "stage", have: 3, need: 4 },
	});
	await story.verified("handler3", "stage", "partner-leg", ["carrier"]);
}

describe("insured", () => {
	let story: Story;
	beforeAll(async () => {
		story = await Story.filed(office, "agent", "logistics-enterprise", {
			channel: "mail",
			verbatim: "已投保的精密模具到货时木箱破损，两件报废，请按声明价值赔付。",
			wished: "按声明价值赔付",
			claimed: { amount: yuan(26_000), currency: "CNY" },
			// the pretend bank fails the first time for an account with these words in it
			parties: [
				{ seat: "contract-customer", name: "龙岗某模具厂", phone: "19900009005-fail-once" },
				...parties,
				{ seat: "shipper", name: "模具厂财务部", phone: "19900009015-fail-always" },
			],
			allegations: [{ category: "damage", accused: [1, 2] }],
			orders: [
				{
					number: "WL2026100071",
					takenAt: instantOf("2026-03-12 09:00"),
					facts: {
						fee: yuan(3200),
						insured: true,
						declared: yuan(26_000),
						clauseLimit: yuan(5000),
						feePaid: true,
					},
				},
			],
			importance: "important",
		});
	});

	test("in the customer's own words, with the steps and the date; somebody responsible has it at once", async () => {
		await story.at("2026-03-16 09:10");
		await story.does("agent", "GradeCase");
		await story.at("2026-03-16 09:20");
		await story.does("handler3", "ClaimCase");
		const kase = await story.case();
		expect(kase.triage).toMatchObject({ urgency: "urgent", severity: "B" });
		expect(kase.route).toMatchObject({ row: "cargo", team: "dedicated", investigation: "full" });
		expect(duesOf(kase)).toMatchObject({
			"first-contact": "2026-03-16 10:00",
			handover: "2026-03-16 09:40",
			resolve: "2026-04-16 00:00",
			plan: "2026-04-01 00:00",
			progress: "2026-03-24 00:00",
			"insurer-report": "2026-03-17 09:00",
			"site-inspection": "2026-03-18 09:00",
		});
		await story.at("2026-03-16 09:45");
		await story.does("handler3", "RecordContact", {
			party: "p1",
			through: "call",
			outcome: "reached",
			words: "确认破损件数，请保留包装与现场，查勘前不要修理变卖。",
		});
		const { texts, case: seen } = await story.seenBy("p1");
		expect(texts[seen.intake?.verbatim.ref ?? ""]).toBe(
			"已投保的精密模具到货时木箱破损，两件报废，请按声明价值赔付。",
		);
		expect((await story.toldTo("party:p1")).map((one) => one.what)).toEqual(
			expect.arrayContaining(["complaint-received", "owner-taken"]),
		);
	});

	test("reported to the insurer before anybody surveys; the partner carrier answers for its own part only", async () => {
		await story.at("2026-03-16 10:00");
		await story.does("liaison", "OpenProceeding", {
			body: "cargo-insurer",
			direction: "outbound",
			number: "AT-2026-1187",
			words: "货损报案，附照片与交接单。",
		});
		expect((await story.case()).clocks.find((one) => one.name === "insurer-report")).toMatchObject({
			breachedAt: null,
			stopped: { why: "proceeding-opened" },
		});
		expect(
			await story.refused("liaison", "RecordInsuranceStep", { proceeding: "g1", step: "surveyed" }),
		).toMatchObject({ reason: "TooEarly", given: { missing: "reported" } });
		await story.does("liaison", "RecordInsuranceStep", { proceeding: "g1", step: "reported" });
		await story.does("handler3", "AskQuestion", {
			organisation: "carrier-hongda",
			about: "records",
			words: "请交在途轨迹、急刹记录和交接单。",
		});
		for (const party of ["p2", "p3"])
			await story.does("handler3", "AskQuestion", {
				party,
				about: "explanation",
				words: "请说明装载、交接与在途情况。",
			});
		await story.does("handler3", "OrderInspection", {
			place: "坪山区出口加工区二号仓",
			planned: instantOf("2026-03-17 14:00"),
			inspector: "handler3",
		});
		expect(duesOf(await story.case())).toMatchObject({
			"question q1": "2026-03-17 10:00",
			"explanation q2": "2026-03-18 10:00",
			"explanation q3": "2026-03-18 10:00",
		});
		expect((await story.toldTo("person:partner")).map((one) => one.what)).toEqual(["question-asked"]);
		await story.at("2026-03-16 17:00");
		const seen = await story.seenBy("partner");
		expect(seen.viewer).toBe("department");
		expect(JSON.stringify(seen)).not.toContain("龙");
		const track = await story.proof("partner", "track", "在途轨迹与急刹记录");
		await story.does("partner", "AnswerQuestion", {
			question: "q1",
			words: "14:07 急刹一次，到站上层倾斜。",
			evidence: [track],
		});
		await story.does("trucker", "Explain", { words: "途中急刹，到站发现倾斜，没有拆箱。" });
		await story.does("keeper", "Explain", { words: "出库码放两层，缠绕膜完好，有照片。" });
	});

	test("inspected on the spot, then surveyed, then the loss is set; four sides must say the same", async () => {
		await story.at("2026-03-17 15:00");
		const photos = await story.proof("handler3", "photo", "现场破损照片");
		await story.does("handler3", "RecordInspection", {
			inspection: "i1",
			words: "两件报废，外箱受压变形，与急刹位移相符。",
			evidence: [photos],
		});
		await story.does("liaison", "RecordInsuranceStep", { proceeding: "g1", step: "surveyed" });
		expect(
			await story.refused("liaison", "RecordInsuranceStep", {
				proceeding: "g1",
				step: "recovered",
				amount: yuan(20_000),
			}),
		).toMatchObject({ reason: "TooEarly", given: { missing: "loss-set" } });
		const found = {
			allegation: "a1",
			upheld: "yes",
			liable: true,
			shares: { p2: 80, company: 20 },
			cause: "partner-fault",
			reasons: "多方核实：承运区段急刹致位移，出库时完好。",
		};
		expect(await story.refused("handler3", "DecideFinding", found)).toMatchObject({
			reason: "VerificationMissing",
		});
		await verifiedFromAllSides(story, yuan(26_000));
		await story.does("handler3", "ConfirmFacts");
		expect((await story.case()).clocks.find((one) => one.name === "site-inspection")).toMatchObject({
			breachedAt: null,
			stopped: { why: "facts-confirmed" },
		});
		await story.does("handler3", "DecideFinding", found);
		await story.does("handler3", "NotifyFinding", { findings: ["f1"] });
		expect((await story.case()).findings[0]).toMatchObject({
			override: null,
			explanation: { row: "partner-leg" },
		});
		await story.at("2026-03-19 10:00");
		await story.does("liaison", "RecordInsuranceStep", {
			proceeding: "g1",
			step: "loss-set",
			amount: yuan(20_000),
		});
	});

	test("weighed in consultation; the insurer's part and the company's rest are reckoned with their sources", async () => {
		await story.does("handler3", "Consult", {
			with: ["hq", "service", "audit"],
			impact: "high",
			view: "重要客户，公司先付齐，再向保险和承运商追。",
		});
		expect(await story.refused("handler3", "ComputeRemedy")).toMatchObject({
			reason: "FactsMissing",
			given: { facts: expect.arrayContaining(["insurance-answer"]) },
		});
		await story.verified("handler3", "insurance-answer", "pays", ["insurer"]);
		await story.verified("handler3", "insurance-pays", yuan(20_000), ["insurer"]);
		await story.verified("handler3", "clause-notified", false, ["contract-record"]);
		await story.verified("handler3", "gross-negligence", false, ["inspection"]);
		await story.does("handler3", "ComputeRemedy");
		const [computed] = (await story.case()).computations;
		expect(linesOf(computed?.lines)).toEqual([
			["compensation", yuan(20_000), "insurer", "owed", "insurer-pays"],
			["compensation", yuan(6000), "company", "owed", "rest-full"],
			["visit", 0, "company", "goodwill", "important-visit"],
			["apology", 0, "company", "goodwill", "apology"],
		]);
		expect(computed?.lines[0]?.explanation?.arithmetic[0]).toMatchObject({
			expression: "least(loss, insurance_pays)",
			value: yuan(20_000),
		});
		expect(computed?.lines[1]?.explanation?.arithmetic[0]).toMatchObject({
			expression: "loss - insurance_pays",
			value: yuan(6000),
		});
		expect(computed?.total.amount).toBe(yuan(26_000));
	});

	test("above twenty thousand only head office agrees: returned once, then given; never by who proposed it", async () => {
		const plan = { computation: "r1", grounds: "保险核定两万元，不足部分由我们按承运人责任补足。" };
		expect(await story.refused("handler3", "MakeOffer", plan)).toMatchObject({
			reason: "CeilingMissing",
			given: { total: yuan(26_000), by: "head-office" },
		});
		const request = { ceiling: yuan(26_000), grounds: "损失已多方核实，重要客户。" };
		await story.does("handler3", "RequestApproval", request);
		expect(duesOf(await story.case())["approval l1"]).toBe("2026-03-19 14:00");
		for (const nobody of ["approver", "handler3", "duty"])
			expect(await story.refused(nobody, "Approve", { approval: "l1" })).toMatchObject({ status: 403 });
		await story.does("manager", "ReturnForRework", { approval: "l1", why: "补上向承运商追偿的安排。" });
		expect((await story.toldTo("person:handler3")).at(-1)?.what).toBe("approval-returned");
		await story.does("handler3", "RequestApproval", {
			...request,
			grounds: "按八成向宏达追偿，其余公司承担。",
		});
		await story.does("manager", "Approve", { approval: "l2", words: "同意。" });
		await story.does("handler3", "MakeOffer", plan);
		expect((await story.case()).clocks.find((one) => one.name === "plan")).toMatchObject({
			breachedAt: null,
			stopped: { why: "offer-made" },
		});
	});

	test("signed, then paid once: the bank stumbles, one account refuses, and no yuan goes out twice", async () => {
		expect(await story.refused("p1", "AcceptOffer", { offer: "o1", through: "written" })).toMatchObject({
			reason: "SignatureMissing",
			given: { above: yuan(2000) },
		});
		const signed = await story.proof("p1", "document", "签署的赔付协议");
		await story.does("p1", "AcceptOffer", { offer: "o1", through: "written", signed });
		expect(duesOf(await story.case()).pay).toBe("2026-03-23 00:00");
		await story.does("liaison", "RecordInsuranceStep", {
			proceeding: "g1",
			step: "advanced",
			amount: yuan(20_000),
		});
		await story.does("finance", "StartItem", { item: "x1", method: "bank" });
		await story.does("finance", "StartItem", { item: "x2", method: "bank", payee: "p4" });
		expect(await story.refused("finance", "StartItem", { item: "x1", method: "bank" })).toMatchObject({
			reason: "AlreadyDone",
		});
		expect((await office.paid(story.id)).map((one) => [one.amount, one.state])).toEqual([
			[yuan(20_000), "failed"],
			[yuan(6000), "failed"],
		]);
		expect((await story.toldTo("person:finance")).map((one) => one.what)).toContain("item-failed");
		await story.at("2026-03-19 10:10");
		expect(itemsOf((await story.case()).items)).toEqual([
			"x1 compensation done",
			"x2 compensation open",
			"x3 visit open",
			"x4 apology open",
		]);
		await story.does("finance", "RetryItem", { item: "x2" });
		await story.at("2026-03-19 10:30");
		await story.does("finance", "HoldItem", { item: "x2", why: "财务部账户无法收款，改付合同客户账户。" });
		await story.does("finance", "StartItem", { item: "x2", method: "bank", payee: "p1" });
		await story.at("2026-03-19 11:00");
		const books = await office.paid(story.id);
		expect(books.map((one) => [one.key.slice(story.id.length + 1), one.amount, one.state])).toEqual([
			["x1:1", yuan(20_000), "done"],
			["x2:1", yuan(6000), "failed"],
			["x2:2", yuan(6000), "failed"],
			["x2:3", yuan(6000), "done"],
		]);
		expect(books[0]?.tries).toBe(2);
		const moved = books.filter((one) => one.state === "done").reduce((sum, one) => sum + one.amount, 0);
		expect(moved).toBe(yuan(26_000));
		expect((await story.toldTo("party:p1")).filter((one) => one.what === "payment-sent")).toHaveLength(2);
	});

	test("everything carried out, confirmed in writing, closed; recovered from the insurer and from the carrier", async () => {
		await story.does("handler3", "CompleteItem", { item: "x3", words: "上门说明并道歉。" });
		await story.does("handler3", "CompleteItem", { item: "x4" });
		await story.at("2026-03-20 10:00");
		await story.does("p1", "Confirm", { through: "written", satisfied: true, words: "款已到账，认可。" });
		await story.does("handler3", "CloseCase", { outcome: "settled" });
		await story.at("2026-04-02 10:00");
		await story.does("liaison", "RecordInsuranceStep", {
			proceeding: "g1",
			step: "recovered",
			amount: yuan(20_000),
		});
		await story.does("liaison", "RecordProceedingResult", {
			proceeding: "g1",
			words: "保险赔款已到账。",
			amount: yuan(20_000),
		});
		await story.does("finance", "RecordRecovery", { item: "x1", from: "g1", amount: yuan(20_000) });
		expect(
			await story.refused("finance", "RecordRecovery", { item: "x2", from: "p2", amount: yuan(6001) }),
		).toMatchObject({ reason: "LimitExceeded", given: { ceiling: yuan(6000) } });
		await story.does("finance", "RecordRecovery", { item: "x2", from: "p2", amount: yuan(4800) });
		const kase = await story.case();
		expect(kase.proceedings[0]?.insurance.map((one) => [one.step, one.amount?.amount ?? 0])).toEqual([
			["reported", 0],
			["surveyed", 0],
			["loss-set", yuan(20_000)],
			["advanced", yuan(20_000)],
			["recovered", yuan(20_000)],
		]);
		expect(kase.items.slice(0, 2).map((one) => one.recovery?.amount.amount)).toEqual([
			yuan(20_000),
			yuan(4800),
		]);
		expect(await story.standing("proceedings")).toBe("done");
		expect(breachedOf(kase)).toEqual(["follow-up"]);
	});

	test("the important customer is visited again after a month, and the review leaves its action behind", async () => {
		expect((await story.case()).followUpPlan.map((one) => [one.attempt, localOf(one.due)])).toEqual([
			["first", "2026-03-21 11:00"],
			["return-visit", "2026-04-19 00:00"],
		]);
		await story.does("quality", "RecordFollowUp", {
			attempt: "first",
			satisfied: true,
			bothered: false,
			score: 5,
		});
		await story.at("2026-04-18 15:00");
		expect(
			await story.refused("handler3", "RecordFollowUp", {
				attempt: "return-visit",
				satisfied: true,
				bothered: false,
			}),
		).toMatchObject({ reason: "HandlerAsksAgain" });
		await story.does("quality", "RecordFollowUp", {
			attempt: "return-visit",
			satisfied: true,
			bothered: false,
			score: 5,
			advice: "高值货请加护角。",
		});
		await story.does("quality", "RecordRootCause", {
			cause: "process-defect",
			words: "高值件没有护角要求，交接不拍照。",
		});
		await story.does("quality", "OpenCorrectiveAction", {
			owner: "officer",
			organisation: "warehouse-sz",
			cause: "process-defect",
			words: "高值件加护角并拍照交接",
			due: instantOf("2026-05-08 18:00"),
		});
		expect(await story.standing("follow-up")).toBe("done");
		expect((await story.toldTo("person:officer")).map((one) => one.what)).toContain("corrective-action");
	});
});

describe("not insured", () => {
	let story: Story;
	beforeAll(async () => {
		await office.until("2026-04-20 09:00");
		story = await Story.filed(office, "agent", "logistics-enterprise", {
			channel: "phone",
			verbatim: "一托盘塑胶件塌箱，三十六件开裂，客户拒收，请赔偿。",
			wished: "全额赔偿",
			claimed: { amount: yuan(9800), currency: "CNY" },
			parties: [{ seat: "contract-customer", name: "坪山塑胶厂", phone: "19900009006" }, ...parties],
			allegations: [{ category: "damage", accused: [1, 2] }],
			orders: [
				{
					number: "WL2026100072",
					facts: { fee: yuan(3200), insured: false, clauseLimit: yuan(5000), feePaid: true },
				},
			],
		});
		await story.does("agent", "GradeCase");
		await story.does("handler3", "ClaimCase");
		await story.does("trucker", "Explain", { words: "路面颠簸，没有急刹。" });
		await story.does("keeper", "Explain", { words: "出库完好。" });
	});

	test("without insurance the promise is three working days, and the limit clause counts only where it was shown", async () => {
		expect(duesOf(await story.case())).toMatchObject({
			resolve: "2026-04-23 18:00",
			plan: "2026-04-22 09:00",
			"first-contact": "2026-04-20 10:00",
		});
		await story.does("handler3", "RecordContact", { party: "p1", through: "call", outcome: "reached" });
		await verifiedFromAllSides(story, yuan(9000));
		await story.verified("handler3", "clause-notified", true, ["contract-record"]);
		await story.verified("handler3", "gross-negligence", false, ["inspection"]);
		await story.does("handler3", "ConfirmFacts");
		await story.does("handler3", "ComputeRemedy");
		const [computed] = (await story.case()).computations;
		expect(linesOf(computed?.lines)).toEqual([
			["compensation", yuan(5000), "company", "owed", "carrier-limited"],
			["apology", 0, "company", "goodwill", "apology"],
		]);
		expect(computed?.lines[0]?.explanation).toMatchObject({ source: { kind: "contract" } });
		expect(computed?.lines[0]?.explanation?.inputs.map((one) => one.fact)).toEqual(
			expect.arrayContaining(["loss", "clause-limit", "clause-notified"]),
		);
	});

	test("several rounds within one ceiling; the customer asks for more than it covers and declines", async () => {
		await story.does("handler3", "RequestApproval", {
			ceiling: yuan(5800),
			grounds: "限额内赔付，另酌减运费。",
		});
		expect((await story.case()).approvals[0]).toMatchObject({ need: "approve", level: 2 });
		await story.does("approver", "Approve", { approval: "l1" });
		await story.does("handler3", "MakeOffer", {
			computation: "r1",
			grounds: "合同约定限额五千元，签约时已提示。",
		});
		await story.does("p1", "CounterOffer", {
			offer: "o1",
			lines: [{ item: "compensation", amount: yuan(9000) }],
			words: "要按实际损失九千元赔。",
		});
		expect(await story.refused("handler3", "AcceptOffer", { offer: "o2", through: "spoken" })).toMatchObject({
			reason: "CeilingExceeded",
			given: { total: yuan(9000), ceiling: yuan(5800) },
		});
		await story.does("handler3", "MakeOffer", {
			computation: "r1",
			lines: [{ item: "fee-reduction", amount: yuan(640) }],
			grounds: "限额之外再减免两成运费，表示歉意。",
		});
		const kase = await story.case();
		expect(kase.offers.map((one) => [one.from, one.total.amount, one.answers])).toEqual([
			["company", yuan(5000), null],
			["complainant", yuan(9000), "o1"],
			["company", yuan(5640), "o2"],
		]);
		await story.does("p1", "DeclineOffer", { offer: "o3", why: "还是不够。" });
	});

	test("no agreement: the final position is carried out all the same, waives nothing, and names where to turn", async () => {
		const final = {
			computation: "r1",
			lines: [{ item: "fee-reduction", amount: yuan(640) }],
			reasons: "限额条款签约时已提示，责任以五千元为限；另减免两成运费。如不认可，可向以下机构反映。",
			referTo: ["transport-12328", "court"],
		};
		await story.does("handler3", "TakeFinalPosition", final);
		expect((await story.toldTo("party:p1")).at(-1)?.what).toBe("final-position");
		for (const item of ["x1", "x3"]) await story.does("finance", "StartItem", { item, method: "bank" });
		await story.does("handler3", "CompleteItem", { item: "x2" });
		expect((await office.paid(story.id)).map((one) => [one.amount, one.state, one.tries])).toEqual([
			[yuan(5000), "done", 1],
			[yuan(640), "done", 1],
		]);
		await story.does("p1", "Confirm", { through: "page", satisfied: false, words: "收到钱，但不认可。" });
		expect(await story.refused("handler3", "CloseCase", { outcome: "settled" })).toMatchObject({
			reason: "NotAgreed",
		});
		expect(await story.refused("handler3", "CloseCase", { outcome: "deadlock" })).toMatchObject({
			reason: "ReasonMissing",
		});
		await story.does("handler3", "CloseCase", { outcome: "deadlock", referTo: ["transport-12328", "court"] });
		const kase = await story.case();
		expect(kase.finalPosition).toMatchObject({ unaccepted: true, total: { amount: yuan(5640) } });
		expect(kase.closure).toMatchObject({ outcome: "deadlock", referTo: ["transport-12328", "court"] });
		expect(breachedOf(kase)).toEqual([]);
	});
});

test("the histories prove it: nothing altered, and everything kept beside them is what they say", async () => {
	expect(await office.differences()).toEqual([]);
});
