import type { Actor } from "./actor.ts";
import { type Case, OUTCOMES, SANCTIONS } from "./case.ts";
import type { Stage } from "./given.ts";
import { ItemKind } from "./packs/schema.ts";
import { instantPlus } from "./time/instant.ts";

/** The monkey's hands: fields for every command, mostly such as make sense, now and then not. */

/** Draws from a turn's numbers, over and over. */
export class Dice {
	readonly #numbers: readonly number[];
	#at = 0;
	constructor(numbers: readonly number[]) {
		this.#numbers = numbers;
	}
	below(sides: number): number {
		const drawn = this.#numbers[this.#at++ % this.#numbers.length] ?? 0;
		return sides <= 0 ? 0 : (drawn + this.#at * 7) % sides;
	}
	of<T>(list: readonly T[]): T {
		return list[this.below(list.length)] as T;
	}
	maybe<T>(value: T): T | undefined {
		return this.below(2) === 0 ? value : undefined;
	}
	often(): boolean {
		return this.below(5) !== 0;
	}
}

const CATEGORIES = ["misdelivery", "misdelivery", "damage", "delay", "attitude", "loss", "injury", "other"];
const OUTLET = { organisation: "outlet-7", line: ["outlet-7", "branch-3"] };

export function filing(dice: Dice, stage: Stage) {
	const category = dice.of(CATEGORIES);
	const fields = {
		kind: dice.of(["complaint", "complaint", "complaint", "complaint", "enquiry", "praise"]),
		source: dice.of(["customer", "customer", "customer", "regulator", "worker"]),
		channel: dice.of(["phone", "page", "api"]),
		verbatim: words(stage),
		summary: dice.maybe(words(stage)),
		claimed: dice.maybe({ amount: dice.of([0, 5_000, 60_000, 600_000]), currency: "CNY" }),
		parties: [
			{ seat: "recipient", person: "customer-1", name: words(stage), phone: words(stage).slice(0, 40) },
			{ seat: "courier", person: "courier-1", ...OUTLET },
			...(dice.often() ? [{ seat: "outlet", ...OUTLET }] : []),
		],
		orders: [
			{
				number: `YD${dice.below(1000)}`,
				facts: {
					fee: 1200,
					insured: dice.below(2) === 0,
					declared: dice.of([20_000, 800_000]),
					delayDays: dice.below(9),
					serviceArea: "domestic",
				},
			},
		],
		allegations: [
			{ words: words(stage), category: dice.often() ? category : undefined, accused: [1] },
			...(dice.below(4) === 0 ? [{ category: dice.of(CATEGORIES), accused: dice.often() ? [1] : [] }] : []),
		],
		flags: dice.of([[], [], [], [], ["media"], ["minor"]]),
		importance: dice.of(["ordinary", "ordinary", "important"]),
	};
	const called = fields.channel === "phone" && dice.often();
	return {
		type: "FileComplaint",
		fields: called
			? { ...fields, call: { id: "call-1", ringSeconds: 7, rings: 2 }, said: ["take-down.1"] }
			: fields,
	};
}

/** A text that occurs nowhere else, so that it can be looked for. */
function words(stage: Stage): string {
	return `说了一句话 token${Object.keys(stage.words).length}x${stage.history.length}y${++spoken}z`;
}
let spoken = 0;

/** Every fact that somebody may be asked for and that nothing says yet. */
function askable(kase: Case, dice: Dice): Fields {
	const facts: Fields = {
		lost: dice.below(2) === 0,
		loss: dice.of([5_000, 20_000, 900_000]),
		"damage-percent": 50,
		"clause-notified": dice.below(2) === 0,
		"gross-negligence": false,
		"force-majeure": false,
		"customer-fault": false,
		refundable: 800,
		stage: "delivery",
		consent: false,
	};
	const said = new Set(kase.verifications.map((one) => one.fact));
	return Object.fromEntries(Object.entries(facts).filter(([fact]) => !said.has(fact)));
}

type Make = (at: {
	kase: Case;
	dice: Dice;
	by: Actor;
	say: () => string;
	stage: Stage;
	about?: string;
}) => Fields;
type Fields = Record<string, unknown>;

export function fieldsFor(type: string, stage: Stage, by: Actor, dice: Dice, about?: string): Fields {
	const make = FIELDS[type];
	if (!make) throw new Error(`the monkey does not know how to ${type}`);
	return make({ kase: stage.kase, dice, by, say: () => words(stage), stage, ...(about ? { about } : {}) });
}

const ids = (list: readonly { id: string }[]): string[] => list.map((one) => one.id);
/** Mostly one that there is, the newest more often than the others; now and then one that there isn't. */
const some = (dice: Dice, list: readonly { id: string }[]): string =>
	list.length === 0 || dice.below(12) === 0
		? "none9"
		: ((dice.often() ? list.at(-1)?.id : undefined) ?? dice.of(ids(list)));
const anyParty = (dice: Dice, kase: Case) => some(dice, [...kase.parties].reverse());
const later = (stage: Stage, hours: number) => instantPlus(stage.now, { hours });
const evidence = (dice: Dice, kase: Case) => (dice.below(3) === 0 ? [] : ids(kase.evidence).slice(-2));
const line = (dice: Dice) => {
	const item = dice.of(ItemKind.options);
	return { item, amount: dice.often() ? dice.of([0, 500, 1_000, 9_000, 30_000, 400_000]) : undefined };
};
const lines = (dice: Dice) => Array.from({ length: dice.below(3) }, () => line(dice));
const FLAGS = [[], [], [], ["media"], ["injury"], ["churn"], ["nonsense"]];
const BODIES = ["postal-12305", "hotline-12345", "police", "insurer", "media", "court"];
const CAUSES = ["careless-check", "rough-operation", "unknown", "weather-traffic"];

const FIELDS: Record<string, Make> = {
	FileComplaint: ({ dice, stage }) => filing(dice, stage).fields,
	AmendComplaint: ({ dice, say, kase }) => ({
		words: say(),
		claimed: dice.maybe({ amount: 7_000, currency: dice.often() ? "CNY" : "USD" }),
		allegations:
			dice.below(4) === 0
				? [{ words: say(), category: dice.of(CATEGORIES), accused: [anyParty(dice, kase)] }]
				: [],
		parties:
			dice.below(6) === 0
				? [{ seat: dice.of(["hub", "partner", "pilot"]), organisation: "hub-1", line: ["hub-1"] }]
				: [],
	}),
	JoinDuplicate: ({ dice, say }) => ({ into: dice.of(["case-2", "case-3", "case-4"]), why: say() }),
	PartDuplicate: ({ say }) => ({ why: say() }),
	LinkCase: ({ dice }) => ({
		case: dice.of(["case-2", "case-9"]),
		as: dice.of(["same-order", "counter-complaint"]),
	}),
	AttachToMassIncident: ({ dice }) => ({ incident: dice.of(["case-2", "case-9"]) }),
	WithdrawAllegations: ({ kase, dice, say }) => ({
		allegations: [some(dice, kase.allegations)],
		why: dice.maybe(say()),
	}),
	ChangeKind: ({ dice, say }) => ({ kind: dice.of(["complaint", "complaint", "enquiry"]), why: say() }),
	CorrectParty: ({ kase, dice, say }) => ({
		party: dice.maybe(some(dice, kase.parties)),
		name: dice.maybe(say()),
		phone: say().slice(0, 40),
	}),
	DecideCorrection: ({ kase, dice, say, about }) => ({
		correction: about ?? some(dice, kase.corrections ?? []),
		taken: dice.often(),
		why: dice.maybe(say()),
	}),
	RecordUrging: ({ say }) => ({ words: say() }),
	ClassifyAllegation: ({ kase, dice, say }) => ({
		allegation: some(dice, kase.allegations),
		category: dice.of([...CATEGORIES, "nonsense"]),
		why: dice.often() ? say() : undefined,
	}),
	GradeCase: ({ dice, say }) =>
		dice.often()
			? { flags: dice.of(FLAGS) }
			: { urgency: dice.of(["critical", "ordinary"]), severity: dice.of(["A", "C"]), why: dice.maybe(say()) },
	RegradeCase: ({ dice, say }) => ({
		urgency: dice.of(["critical", "urgent", "ordinary"]),
		severity: dice.of(["A", "B", "C"]),
		flags: dice.of(FLAGS),
		why: say(),
	}),
	RestrictCase: ({ kase, dice, say }) => ({ why: say(), guardian: dice.maybe(anyParty(dice, kase)) }),
	LiftRestriction: ({ say }) => ({ why: say() }),
	PlaceHold: ({ say }) => ({ why: say() }),
	LiftHold: ({ say }) => ({ why: say() }),
	ClaimCase: () => ({}),
	AssignCase: ({ dice, say }) => ({
		person: dice.of(["handler", "second", "safety", "finance", "nobody"]),
		why: dice.maybe(say()),
	}),
	ConfirmHandOver: () => ({}),
	HandOverCase: ({ dice, say }) => ({ person: dice.of(["handler", "second", "safety2"]), note: say() }),
	EscalateCase: ({ dice, say }) => ({
		to: dice.of(["team-lead", "duty", "manager", "head-office", "safety"]),
		why: say(),
	}),
	RecordContact: ({ kase, dice, say, stage }) => ({
		party: dice.often() ? "p1" : anyParty(dice, kase),
		through: dice.of(["call", "call", "message", "visit", "mail"]),
		outcome: dice.of(["reached", "reached", "no-answer", "no-answer", "sent", "refused"]),
		words: dice.maybe(say()),
		at: dice.below(6) === 0 ? instantPlus(stage.now, { hours: dice.of([-1, -30, 1]) }) : undefined,
	}),
	SendMessage: ({ kase, dice, say }) => ({
		to: dice.often() ? anyParty(dice, kase) : "company",
		words: dice.of([say(), say(), `加我微信 ${say()}`, `先撤销投诉 ${say()}`, `电话13800001234 ${say()}`]),
		reason: dice.maybe(say()),
	}),
	AddNote: ({ dice, say }) => ({ words: say(), mentions: dice.of([[], ["handler"], ["nobody", "duty"]]) }),
	OpenDirectTalk: ({ kase, dice }) => ({ party: dice.maybe(anyParty(dice, kase)) }),
	CloseDirectTalk: ({ dice }) => ({ why: dice.of(["agreed", "wish", "not-agreed", "barred"]) }),
	EndDirectTalk: () => ({}),
	TakeOverContact: ({ dice, say }) => ({ why: dice.maybe(say()) }),
	AskQuestion: ({ kase, dice, say, stage, about }) => ({
		...(dice.below(5) === 0 ? { organisation: "dispatch" } : { party: about ?? anyParty(dice, kase) }),
		about: about || dice.often() ? "explanation" : dice.of(["records", "question"]),
		words: say(),
		due: dice.below(6) === 0 ? later(stage, dice.of([3, 50, -2])) : undefined,
	}),
	AnswerQuestion: ({ kase, dice, say }) => ({
		question: some(dice, kase.questions),
		words: say(),
		evidence: evidence(dice, kase),
	}),
	RecordNoReply: ({ kase, dice }) => ({ question: some(dice, kase.questions) }),
	Explain: ({ kase, dice, say, by }) => ({
		party: by.kind === "respondent" && dice.often() ? undefined : anyParty(dice, kase),
		words: say(),
		question: dice.below(8) === 0 ? some(dice, kase.questions) : undefined,
	}),
	AttestUnobtainable: ({ kase, dice, say }) => ({
		party: anyParty(dice, kase),
		why: dice.of(["left", "ill"]),
		words: say(),
	}),
	AddEvidence: ({ dice, say, kase }) => ({
		kind: dice.of(["photo", "document"]),
		title: say(),
		from: dice.often() ? "company" : anyParty(dice, kase),
		recipe: dice.below(4) === 0 ? dice.of(["courier-account", "nonsense"]) : undefined,
		file: dice.maybe({ sha256: "b".repeat(64), bytes: 10, mime: "image/png" }),
	}),
	JudgeEvidence: ({ kase, dice, say }) => ({
		evidence: some(dice, kase.evidence),
		as: dice.of(["accepted", "accepted", "doubtful", "forged"]),
		why: say(),
	}),
	RecordVerification: ({ dice, kase, stage }) => {
		const wanted = kase.allegations.flatMap(
			(one) => stage.pack.categories.get(one.category ?? "other")?.verify ?? [],
		);
		const target = wanted.length > 0 && dice.often() ? dice.of(wanted) : null;
		const fact =
			target?.fact ??
			dice.of(["loss", "lost", "force-majeure", "customer-fault", "proved-false", "severity"]);
		const values: Record<string, unknown> = {
			stage: "delivery",
			loss: 20_000,
			"damage-percent": 50,
			severity: "A",
		};
		return {
			fact,
			value: dice.below(15) === 0 ? "nonsense" : (values[fact] ?? dice.below(3) === 0),
			source: target ? dice.of(target.sources) : dice.of(["complainant", "courier", "outlet-record"]),
			confirmed: dice.often(),
		};
	},
	OrderInspection: ({ dice, say, stage }) => ({
		place: say(),
		planned: later(stage, dice.of([5, -5])),
		inspector: "officer",
	}),
	RecordInspection: ({ kase, dice, say }) => ({ inspection: some(dice, kase.inspections), words: say() }),
	ConfirmFacts: () => ({}),
	DecideFinding: ({ kase, dice, say, about }) => {
		const upheld = dice.of(["yes", "yes", "in-part", "no", "unverifiable"]);
		const counts = upheld === "yes" || upheld === "in-part";
		const shares = dice.of([
			{ p2: 80, company: 20 },
			{ p2: 100 },
			{ p1: 50, p2: 50 },
			{ unknown: 100 },
			{ p2: 30 },
			{ p2: 60, p3: 40 },
		]);
		return {
			allegation: about ?? some(dice, kase.allegations),
			upheld,
			liable: counts && dice.often(),
			shares: counts ? shares : dice.below(9) === 0 ? shares : {},
			cause: dice.of(CAUSES),
			reasons: say(),
			override: dice.often() ? say() : undefined,
		};
	},
	NotifyFinding: ({ kase, dice, about }) => ({ findings: [about ?? some(dice, kase.findings)] }),
	Consult: ({ say, dice }) => ({ with: ["dispatch"], impact: dice.of(["low", "high"]), view: say() }),
	ComputeRemedy: ({ dice, kase }) => ({
		allegation: dice.below(9) === 0 ? some(dice, kase.allegations) : undefined,
		facts: dice.often() ? askable(kase, dice) : dice.of([{}, { severity: "A" }, { loss: "much" }]),
	}),
	MakeOffer: ({ kase, dice, say }) => ({
		computation: kase.computations.length > 0 && dice.often() ? some(dice, kase.computations) : undefined,
		lines: dice.often() && kase.computations.length > 0 ? [] : lines(dice),
		grounds: say(),
	}),
	OfferAsWorker: ({ dice, say }) => ({
		lines: [
			dice.of([{ item: "apology" }, { item: "redelivery" }, { item: "voucher", amount: 800 }, line(dice)]),
		],
		grounds: say(),
	}),
	CounterOffer: ({ kase, dice, say }) => ({
		offer: some(dice, kase.offers),
		lines: lines(dice),
		words: say(),
	}),
	AcceptOffer: ({ kase, dice, about }) => ({
		offer: about ?? some(dice, kase.offers),
		through: dice.of(["page", "spoken"]),
		signed: kase.evidence.at(-1)?.id,
	}),
	DeclineOffer: ({ kase, dice, say }) => ({ offer: some(dice, kase.offers), why: dice.maybe(say()) }),
	ExpireOffer: ({ kase, dice }) => ({ offer: some(dice, kase.offers) }),
	TakeFinalPosition: ({ kase, dice, say }) => {
		const computation = dice.often() ? kase.computations.at(-1)?.id : undefined;
		const nothingOwed = dice.often() ? computation === undefined : dice.below(2) === 0;
		return {
			computation,
			reasons: say(),
			referTo: dice.of([["postal-12305"], ["court"], ["nobody"]]),
			nothingOwed,
		};
	},
	RequestApproval: ({ dice, say }) => ({
		ceiling: dice.of([5_000, 30_000, 40_000, 500_000, 9_000_000]),
		grounds: say(),
	}),
	Approve: ({ kase, dice, say, about }) => ({
		approval: about ?? some(dice, kase.approvals),
		ceiling: dice.below(4) === 0 ? dice.of([20_000, 900_000]) : undefined,
		words: dice.maybe(say()),
	}),
	AgreeAsDutyManager: ({ kase, dice }) => ({ approval: some(dice, kase.approvals) }),
	RatifyApproval: ({ kase, dice, say, about }) => ({
		approval: about ?? some(dice, kase.approvals),
		ratified: dice.often(),
		why: dice.maybe(say()),
	}),
	ReturnForRework: ({ kase, dice, say }) => ({ approval: some(dice, kase.approvals), why: say() }),
	RaiseApproval: ({ kase, dice }) => ({ approval: some(dice, kase.approvals) }),
	WithdrawRequest: ({ kase, dice }) => ({ approval: some(dice, kase.approvals) }),
	StartItem: ({ kase, dice, about }) => ({
		item: about ?? some(dice, kase.items),
		method: dice.of(["wechat", "wechat", "bank", "cash", "none"]),
	}),
	CompleteItem: ({ kase, dice, say, about }) => ({
		item: about ?? some(dice, kase.items),
		words: dice.maybe(say()),
	}),
	FailItem: ({ kase, dice, say }) => ({ item: some(dice, kase.items), reason: say() }),
	RetryItem: ({ kase, dice, about }) => ({ item: about ?? some(dice, kase.items) }),
	ReplaceItem: ({ kase, dice, say }) => ({
		item: some(dice, kase.items),
		with: dice.of(ItemKind.options),
		amount: dice.maybe(500),
		words: say(),
	}),
	WaiveItem: ({ kase, dice, say }) => ({ item: some(dice, kase.items), why: say() }),
	HoldItem: ({ kase, dice, say }) => ({ item: some(dice, kase.items), why: say() }),
	RecordPaymentResult: ({ kase, dice, say, about }) => {
		const item = about ?? kase.items.find((one) => one.pending)?.id ?? some(dice, kase.items);
		const key = kase.items.find((one) => one.id === item)?.pending?.key ?? `${kase.id}:${item}:1`;
		const result = dice.of(["done", "done", "failed", "pending"]);
		return { item, key: dice.below(9) === 0 ? "old" : key, result, receipt: "R1", reason: dice.maybe(say()) };
	},
	RecordCashReceipt: ({ kase, dice, about }) => ({
		item: about ?? some(dice, kase.items),
		evidence: some(dice, kase.evidence),
	}),
	RecordRecovery: ({ kase, dice }) => ({
		item: some(dice, kase.items),
		from: anyParty(dice, kase),
		amount: dice.of([1, 100, 99_999]),
	}),
	Confirm: ({ dice, say }) => ({ through: "page", satisfied: dice.often(), words: dice.maybe(say()) }),
	RecordConfirmationAttempt: ({ dice }) => ({ through: dice.of(["call", "message"]) }),
	CloseCase: ({ dice, say, kase }) => {
		const wanted = kase.relations.length > 0 ? "duplicate" : kase.finalPosition ? "deadlock" : "settled";
		const outcome = dice.often() ? wanted : dice.of(OUTCOMES);
		return { outcome, reason: dice.maybe(say()), referTo: dice.often() ? ["court"] : [] };
	},
	SettleOnTheSpot: ({ dice, say }) => ({
		words: say(),
		give: dice.often(),
		satisfied: true,
		facts: dice.of([{}, { lost: false }]),
	}),
	ReopenCase: ({ dice, say }) => ({
		because: dice.of(["new-facts", "new-facts", "contact", "proceeding"]),
		why: say(),
	}),
	AskFollowUp: ({ kase }) => ({ attempt: kase.followUpPlan[0]?.attempt ?? "first" }),
	RecordFollowUp: ({ dice, say }) => ({
		satisfied: dice.below(3) !== 0,
		bothered: dice.below(6) === 0,
		score: dice.maybe(4),
		advice: dice.maybe(say()),
		words: dice.maybe(say()),
	}),
	RecordFollowUpAttempt: () => ({}),
	WaiveFollowUp: ({ dice, say }) => ({
		reason: dice.of(["refused", "safety", "nonsense"]),
		why: dice.maybe(say()),
	}),
	IssueTerminationNotice: ({ say }) => ({ reasons: say() }),
	LodgeAppeal: ({ kase, dice, say, by }) => {
		const sanction = dice.below(3) === 0 ? some(dice, kase.sanctions) : undefined;
		return {
			party: by.kind === "person" ? "p2" : undefined,
			findings: sanction && dice.often() ? [] : [some(dice, kase.findings)],
			sanction,
			grounds: [dice.often() ? "facts-wrong" : "nonsense"],
			words: say(),
			evidence: evidence(dice, kase),
		};
	},
	RequestReview: ({ kase, dice, say }) => ({
		grounds: ["amount-wrong"],
		words: say(),
		evidence: evidence(dice, kase),
	}),
	AskForSupplement: ({ kase, dice, say }) => ({ appeal: some(dice, kase.appeals), words: say() }),
	SupplementAppeal: ({ kase, dice, say }) => ({ appeal: some(dice, kase.appeals), words: say() }),
	AssignReviewer: ({ kase, dice, about }) => ({
		appeal: about ?? some(dice, kase.appeals),
		person: dice.of(["reviewer", "reviewer2", "insider", "handler"]),
	}),
	DecideAppeal: ({ kase, dice, say, about }) => ({
		appeal: about ?? some(dice, kase.appeals),
		result: dice.of(["upheld", "upheld-in-part", "dismissed"]),
		reasons: say(),
	}),
	OpenProceeding: ({ dice, say, stage }) => ({
		body: dice.of(BODIES),
		direction: dice.of(["inbound", "outbound"]),
		number: `N${dice.below(50)}`,
		words: say(),
		due: dice.below(4) === 0 ? later(stage, 100) : undefined,
	}),
	ReceiveFromBody: ({ kase, dice, say }) => ({ proceeding: some(dice, kase.proceedings), words: say() }),
	ExtendProceeding: ({ kase, dice, say, stage }) => ({
		proceeding: some(dice, kase.proceedings),
		due: later(stage, dice.of([2, 800])),
		why: say(),
	}),
	SendBackProceeding: ({ kase, dice, say }) => ({ proceeding: some(dice, kase.proceedings), why: say() }),
	ReplyToBody: ({ kase, dice, say, about }) => ({
		proceeding: about ?? some(dice, kase.proceedings),
		words: say(),
		final: dice.often(),
	}),
	RecordInsuranceStep: ({ kase, dice }) => ({
		proceeding: some(dice, kase.proceedings),
		step: dice.of(["reported", "surveyed", "loss-set", "recovered"]),
		amount: dice.maybe(500),
	}),
	RecordProceedingResult: ({ kase, dice, say }) => ({
		proceeding: some(dice, kase.proceedings),
		words: say(),
	}),
	ImposeSanction: ({ kase, dice, say }) => ({
		party: dice.often() ? "p2" : anyParty(dice, kase),
		kind: dice.often()
			? dice.of(["points", "points", "warning", "retraining", "customer-warning"])
			: dice.of(SANCTIONS),
		finding: kase.findings.length > 0 && dice.often() ? some(dice, kase.findings) : undefined,
		points: dice.below(5) === 0 ? dice.of([-2, 3]) : undefined,
		days: dice.below(4) === 0 ? 30 : undefined,
		reason: say(),
		evidence: evidence(dice, kase),
		override: dice.maybe(say()),
	}),
	BlockParty: ({ kase, dice, say, by }) => ({
		party: by.kind === "respondent" ? "p1" : "p2",
		for: by.kind === "person" ? "p1" : undefined,
		reason: say(),
		evidence: [some(dice, kase.evidence)],
	}),
	TakeSafetyMeasure: ({ kase, dice, say }) => ({ party: anyParty(dice, kase), reason: say() }),
	ReviewSafetyMeasure: ({ kase, dice, say, stage, about }) => ({
		sanction: about ?? some(dice, kase.sanctions),
		keep: dice.below(2) === 0,
		until: dice.often() ? later(stage, 200) : undefined,
		why: say(),
	}),
	PutSanctionInForce: ({ kase, dice }) => ({ sanction: some(dice, kase.sanctions) }),
	LiftSanction: ({ kase, dice, say }) => ({ sanction: some(dice, kase.sanctions), why: say() }),
	ReverseSanction: ({ kase, dice, say }) => ({ sanction: some(dice, kase.sanctions), why: say() }),
	ProposeImprovement: ({ dice, say }) => ({ target: dice.of(["dispatch", "process"]), words: say() }),
	DecideProposal: ({ kase, dice, say, about }) => ({
		proposal: about ?? some(dice, kase.improvement.proposals),
		taken: dice.often(),
		why: say(),
	}),
	RecordRootCause: ({ dice, say }) => ({ cause: dice.of([...CAUSES, "nonsense"]), words: say() }),
	OpenCorrectiveAction: ({ dice, say, stage }) => ({
		owner: dice.of(["officer", "quality", "nobody"]),
		cause: dice.of(CAUSES),
		words: say(),
		due: later(stage, dice.of([100, -1])),
	}),
	CompleteCorrectiveAction: ({ kase, dice, say, about }) => ({
		action: about ?? some(dice, kase.improvement.actions),
		words: say(),
	}),
	VerifyCorrectiveAction: ({ kase, dice, say, about }) => ({
		action: about ?? some(dice, kase.improvement.actions),
		worked: dice.often(),
		words: say(),
	}),
	AddDoNotRule: ({ say }) => ({ place: "lounge", words: say() }),
	AssignTraining: ({ dice, stage }) => ({
		person: "courier-1",
		training: dice.of(["double-check", "nonsense"]),
		due: later(stage, 100),
	}),
	RecordTrainingResult: ({ kase, dice, about }) => ({
		assignment: about ?? some(dice, kase.improvement.training),
		...dice.of([{ score: 100 }, { score: 50 }, { answers: [1, 0] }, { answers: [0] }]),
	}),
	DraftCaseStudy: ({ dice, say }) => ({ text: dice.often() ? say() : "电话13800001234", lesson: say() }),
	PublishCaseStudy: () => ({}),
	PauseClock: ({ kase, dice, say }) => ({
		clock: some(
			dice,
			kase.clocks.filter((one) => !one.stopped),
		),
		reason: say(),
	}),
	ResumeClock: ({ kase, dice }) => ({
		clock: some(
			dice,
			kase.clocks.filter((one) => one.pauses.at(-1)?.to === null),
		),
	}),
	ExtendPromise: ({ kase, dice, say, stage }) => ({
		clock: some(
			dice,
			kase.clocks.filter((one) => !one.stopped),
		),
		due: later(stage, dice.of([1, 50, 300])),
		why: say(),
	}),
	NoticeClock: ({ kase, dice }) => ({ clock: some(dice, kase.clocks), percent: dice.of([50, 80, 100]) }),
	ClimbLadder: ({ kase, dice }) => ({ clock: some(dice, kase.clocks), rung: dice.below(3) }),
};
