import { z } from "zod";
import { type Case, examined, type Finding, findingOf, nextId } from "../case.ts";
import { factsOf, ruleDay, unanswered } from "../case-facts.ts";
import { decidedBefore, inAccusedLine } from "../conflicts.ts";
import { accept, firstOf, type Refusal, refusal, refuse } from "../decision.ts";
import { guardOutgoing } from "../guard.ts";
import { Remark, Words } from "../kept.ts";
import type { LoadedPack } from "../packs/loaded.ts";
import { type Explanation, evaluateTable } from "../rules/evaluate.ts";
import type { Instant } from "../time/instant.ts";
import type { Event } from "./event.ts";
import { missingVerification } from "./investigation-due.ts";
import { unfound, whoIsUnheard } from "./responsibility-open.ts";
import { type Context, command, type Effect, type Obligation, type Step } from "./step.ts";

/** 定责: per allegation what was found, whether anybody is liable, and in what shares, with rule and cause. */

const DecideFinding = z.strictObject({
	allegation: z.string(),
	upheld: z.enum(["yes", "in-part", "no", "unverifiable"]),
	liable: z.boolean(),
	/** Percent by party id or by unknown, force-majeure, customer, company; only where upheld at least in part. */
	shares: z.record(z.string(), z.int().min(0).max(100)).default({}),
	cause: z.string(),
	reasons: Words,
	/** Asked for when the finding differs from what the fault table proposes. */
	override: Remark.optional(),
	/** Asked for when the guard finds something in the reasons, which go to both sides. */
	reason: Remark.optional(),
});
const NotifyFinding = z.strictObject({ findings: z.array(z.string()).min(1) });

export type ResponsibilityEvent =
	| Event<"FindingDecided", Omit<Finding, "at" | "by" | "noticedAt">>
	| Event<"FindingNoticed", { findings: string[] }>;

export const responsibility: Step<ResponsibilityEvent> = {
	name: "responsibility",
	commands: {
		DecideFinding: command<typeof DecideFinding, ResponsibilityEvent>({
			schema: DecideFinding,
			by: ["handle", "review", "safety"],
			guard: (kase, { actor }) =>
				firstOf(
					kase.route && !kase.route.fault ? refusal("NoFaultTrack") : null,
					!kase.triage && refusal("NotTriaged"),
					inAccusedLine(kase, actor),
					decidedBefore(kase, actor),
					kase.owner === null && refusal("NotClaimed"),
				),
			decide: decideFinding,
		}),
		NotifyFinding: command<typeof NotifyFinding, ResponsibilityEvent>({
			schema: NotifyFinding,
			by: ["handle", "review", "safety"],
			guard: (kase) => (kase.findings.some((one) => !one.noticedAt) ? null : refusal("NothingFound")),
			decide: ({ findings }, kase) => {
				for (const id of findings) {
					const one = kase.findings.find((known) => known.id === id);
					if (!one) return refuse("UnknownWord", { word: id, words: kase.findings.map((known) => known.id) });
					if (one.noticedAt) return refuse("AlreadyDone", { finding: id });
				}
				return accept({ type: "FindingNoticed", data: { findings } });
			},
		}),
	},
	fold: {
		FindingDecided: (kase, data, { at, by }) => ({
			...kase,
			findings: [...kase.findings, { ...data, at, by, noticedAt: null }],
		}),
		FindingNoticed: (kase, { findings }, { at }) => ({
			...kase,
			findings: kase.findings.map((one) => (findings.includes(one.id) ? { ...one, noticedAt: at } : one)),
		}),
	},
	moments: { FindingDecided: ["finding-decided"] },
	react: reactToFinding,
	standing: (kase) => {
		if (!kase.route) return "waiting";
		if (!kase.route.fault) return "not-needed";
		return unfound(kase).length === 0 ? "done" : "open";
	},
	obligations: responsibilityDue,
};

function responsibilityDue(kase: Case): Obligation[] {
	if (!kase.route?.fault) return [];
	// a new round after an appeal is somebody else's
	const mayDecide = kase.owner && !decidedBefore(kase, { id: kase.owner.person });
	const who = kase.owner && mayDecide ? { person: kase.owner.person } : { capability: "handle" as const };
	const step = { step: "responsibility", who, due: null } as const;
	const silent = kase.findings.filter(
		(one) => !one.noticedAt && findingOf(kase, one.allegation)?.id === one.id,
	);
	// somebody must have taken it up before anything can be found
	const open = kase.owner ? unfound(kase).filter((id) => whoIsUnheard(kase, id).length === 0) : [];
	return [
		...open.map(
			(about): Obligation => ({
				...step,
				what: "find",
				command: "DecideFinding",
				blocks: ["reputation"],
				about,
			}),
		),
		...silent.map(
			(one): Obligation => ({
				...step,
				what: "notify-finding",
				command: "NotifyFinding",
				blocks: ["appeal", "reputation"],
				about: one.id,
			}),
		),
	];
}

/** Shares may stand with accused or other parties of the case, or with these. */
const BEARERS = ["unknown", "force-majeure", "customer", "company"];

function decideFinding(fields: z.output<typeof DecideFinding>, kase: Case, context: Context) {
	const allegation = examined(kase).find((one) => one.id === fields.allegation);
	if (!allegation) return refuse("UnknownAllegation", { allegation: fields.allegation });
	if (!allegation.category) return refuse("NotClassified", { allegations: [allegation.id] });
	const upheld = fields.upheld === "yes" || fields.upheld === "in-part";
	const causes = context.pack.data.responsibility.causes;
	const no = firstOf(
		findingOf(kase, allegation.id) && refusal("AlreadyDecided", { allegation: allegation.id }),
		!causes[fields.cause] && refusal("UnknownWord", { word: fields.cause, words: Object.keys(causes) }),
		checkShares(fields, kase, upheld),
		upheld ? checkHeard(fields, kase, context.actor.id) : null,
		upheld ? missingVerification(kase, context.pack) : null,
		upheld ? againstTable(fields, kase, context) : null,
		guardOutgoing({ ...context, formal: true }, fields.reasons, fields.reason),
	);
	if (no) return { ok: false as const, refusal: no };
	const proposal = proposeFault(kase, context, allegation.id, fields.upheld);
	const { upheld: found, liable, shares, cause, reasons } = fields;
	return accept<ResponsibilityEvent>({
		type: "FindingDecided",
		data: {
			id: nextId("f", kase.findings),
			allegation: allegation.id,
			round: kase.round,
			upheld: found,
			liable,
			shares: upheld ? shares : {},
			cause,
			reasons,
			explanation: proposal?.explanation ?? null,
			override: fields.override ?? null,
		},
	});
}

/** What the fault table proposes is followed, or else a reason is given: also where it has no answer yet. */
function againstTable(fields: z.output<typeof DecideFinding>, kase: Case, context: Context): Refusal | null {
	if (fields.override) return null;
	const open = unansweredFault(kase, context, fields.allegation, fields.upheld);
	if (open) return open;
	const proposal = proposeFault(kase, context, fields.allegation, fields.upheld);
	return proposal && differs(proposal, fields, kase)
		? refusal("ReasonMissing", { field: "override", proposed: describe(proposal) })
		: null;
}

function checkShares(fields: z.output<typeof DecideFinding>, kase: Case, upheld: boolean): Refusal | null {
	const entries = Object.entries(fields.shares);
	if (!upheld) return entries.length > 0 || fields.liable ? refusal("ShareNotUpheld") : null;
	const stranger = entries.find(
		([id]) => !BEARERS.includes(id) && !kase.parties.some((one) => one.id === id),
	);
	if (stranger) return refusal("UnknownParty", { party: stranger[0] });
	const sum = entries.reduce((total, [, share]) => total + share, 0);
	return sum === 100 ? null : refusal("SharesNot100", { sum });
}

/**
 * No person or outlet is found at fault unheard; silence is not a confession, the finding rests on the evidence.
 * Whoever attested that somebody can't be heard does not decide about them.
 */
function checkHeard(fields: z.output<typeof DecideFinding>, kase: Case, by: string): Refusal | null {
	const blamed = kase.parties.filter(
		(one) => fields.shares[one.id] && (one.side === "respondent" || one.side === "other"),
	);
	const hearings = (id: string) => kase.hearings.filter((one) => one.party === id);
	const unheard = blamed.filter((one) => hearings(one.id).length === 0).map((one) => one.id);
	if (unheard.length > 0) return refusal("Unheard", { parties: unheard });
	const byOwnWord = blamed.find((one) => hearings(one.id).every((heard) => heard.attestedBy === by));
	return byOwnWord ? refusal("SameAttestor") : null;
}

export interface FaultProposal {
	liable: boolean;
	/** Percent by seat. */
	shares: Record<string, number>;
	cause: string;
	explanation: Explanation;
}

/** What the pack's fault table proposes for an allegation, or null where no row holds or facts are missing. */
export function proposeFault(
	kase: Case,
	{ pack, now }: { pack: LoadedPack; now: Instant },
	allegation: string,
	upheld: Finding["upheld"],
): FaultProposal | null {
	const answer = askFaults(kase, { pack, now }, allegation, upheld);
	const hit = answer.ok ? answer.hits[0] : undefined;
	if (!hit) return null;
	return {
		liable: hit.values.liable === true,
		shares: hit.values.shares as Record<string, number>,
		cause: String(hit.values.cause),
		explanation: hit.explanation,
	};
}

/** Why the fault table has no answer yet for an allegation: facts still to be found out. */
export function unansweredFault(
	kase: Case,
	world: { pack: LoadedPack; now: Instant },
	allegation: string,
	upheld: Finding["upheld"],
): Refusal | null {
	return unanswered(askFaults(kase, world, allegation, upheld));
}

function askFaults(
	kase: Case,
	{ pack, now }: { pack: LoadedPack; now: Instant },
	allegation: string,
	upheld: Finding["upheld"],
) {
	const facts = { ...factsOf(kase, pack, allegation), upheld };
	return evaluateTable(pack.tables.faults, facts, ruleDay(kase, pack, now));
}

function differs(proposal: FaultProposal, fields: z.output<typeof DecideFinding>, kase: Case): boolean {
	const bySeat: Record<string, number> = {};
	for (const [id, share] of Object.entries(fields.shares)) {
		const seat = kase.parties.find((one) => one.id === id)?.seat ?? id;
		bySeat[seat] = (bySeat[seat] ?? 0) + share;
	}
	const seats = new Set([...Object.keys(bySeat), ...Object.keys(proposal.shares)]);
	return (
		[...seats].some((seat) => (bySeat[seat] ?? 0) !== (proposal.shares[seat] ?? 0)) ||
		proposal.liable !== fields.liable
	);
}

function describe(proposal: FaultProposal): string {
	return Object.entries(proposal.shares)
		.map(([seat, share]) => `${seat} ${share}%`)
		.join(", ");
}

function reactToFinding(event: ResponsibilityEvent, kase: Case): Effect[] {
	if (event.type !== "FindingNoticed") return [];
	const about = kase.findings.filter((one) => event.data.findings.includes(one.id));
	const parties = kase.parties.filter(
		(one) =>
			one.side === "complainant" ||
			about.some(({ allegation, shares }) => {
				const accused = kase.allegations.find((a) => a.id === allegation)?.accused ?? [];
				return accused.includes(one.id) || (shares[one.id] ?? 0) > 0;
			}),
	);
	return [
		...parties.map((one): Effect => ({ do: "notify", to: { party: one.id }, notice: "finding-notice" })),
		...counted(parties, kase),
	];
}

/** Each side's conduct file counts the complaint once, with what came of it. */
function counted(parties: Case["parties"], kase: Case): Effect[] {
	const findings = examined(kase).flatMap((one) => findingOf(kase, one.id) ?? []);
	const data = {
		case: kase.id,
		upheld: findings.some((one) => one.upheld === "yes" || one.upheld === "in-part"),
		provedFalse: kase.verifications.some(
			(one) => one.fact === "proved-false" && one.confirmed && one.value === true,
		),
	};
	const people = new Set(parties.flatMap((one) => one.person ?? []));
	return [...people].map((stream) => ({
		do: "enter",
		kind: "conduct",
		stream,
		event: { type: "ComplaintCounted", data },
	}));
}
