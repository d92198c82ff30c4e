import { z } from "zod";
import { type Case, type Finding, findingOf, nextId, standing } from "../case.ts";
import { factsOf } from "../case-facts.ts";
import { decidedBefore, inAccusedLine } from "../conflicts.ts";
import { accept, firstOf, type Refusal, refusal, refuse } from "../decision.ts";
import { Remark, Words } from "../kept.ts";
import type { LoadedPack } from "../packs/loaded.ts";
import { type Explanation, evaluateTable } from "../rules/evaluate.ts";
import { dayOf, type Instant } from "../time/instant.ts";
import type { Event } from "./event.ts";
import { missingVerification } from "./investigation.ts";
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
	obligations: (kase): Obligation[] => {
		const who = kase.owner ? { person: kase.owner.person } : { capability: "handle" as const };
		if (!kase.route?.fault || whoIsUnheard(kase).length > 0) return [];
		return unfound(kase).map((id) => ({
			step: "responsibility",
			what: "find",
			who,
			due: null,
			command: "DecideFinding",
			blocks: ["closure"],
			about: id,
		}));
	},
};

/** Allegations that stand and have no finding in this round. */
export function unfound(kase: Case): string[] {
	return standing(kase)
		.filter((one) => findingOf(kase, one.id)?.round !== kase.round)
		.map((one) => one.id);
}

/** Law 2: accused parties without explanation, recorded no-reply, or unobtainable attested. In an appeal's round the earlier hearing stands. */
export function whoIsUnheard(kase: Case, allegation?: string): string[] {
	const concerned = standing(kase).filter((one) => !allegation || one.id === allegation);
	const accused = new Set(concerned.flatMap((one) => one.accused));
	return [...accused].filter((id) => !kase.hearings.some((one) => one.party === id));
}

/** Shares may stand with accused or other parties of the case, or with these. */
const BEARERS = ["unknown", "force-majeure", "customer", "company"];

function decideFinding(fields: z.output<typeof DecideFinding>, kase: Case, context: Context) {
	const allegation = standing(kase).find((one) => one.id === fields.allegation);
	if (!allegation) return refuse("UnknownAllegation", { allegation: fields.allegation });
	if (!allegation.category) return refuse("NotClassified", { allegations: [allegation.id] });
	const upheld = fields.upheld === "yes" || fields.upheld === "in-part";
	const no = firstOf(
		findingOf(kase, allegation.id)?.round === kase.round &&
			refusal("AlreadyDecided", { allegation: allegation.id }),
		!context.pack.data.responsibility.causes[fields.cause] &&
			refusal("UnknownWord", {
				word: fields.cause,
				words: Object.keys(context.pack.data.responsibility.causes),
			}),
		checkShares(fields, kase, upheld),
		checkHeard(fields, kase, upheld),
		upheld ? missingVerification(kase, context.pack) : null,
	);
	if (no) return { ok: false as const, refusal: no };
	const proposal = proposeFault(kase, context, allegation.id, fields.upheld);
	if (differs(proposal, fields, kase) && !fields.override)
		return refuse("ReasonMissing", { field: "override", proposed: describe(proposal) });
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

/** No person or outlet is found at fault unheard; silence is not a confession, the finding rests on the evidence. */
function checkHeard(fields: z.output<typeof DecideFinding>, kase: Case, upheld: boolean): Refusal | null {
	if (!upheld) return null;
	const blamed = Object.entries(fields.shares)
		.filter(([, share]) => share > 0)
		.map(([id]) => id);
	const unheard = blamed.filter(
		(id) =>
			kase.parties.find((one) => one.id === id)?.side === "respondent" &&
			!kase.hearings.some((one) => one.party === id),
	);
	return unheard.length > 0 ? refusal("Unheard", { parties: unheard }) : null;
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
	const facts = { ...factsOf(kase, pack, allegation), upheld };
	const answer = evaluateTable(pack.tables.faults, facts, dayOf(now, pack.data.head.zone));
	const hit = answer.ok ? answer.hits[0] : undefined;
	if (!hit) return null;
	return {
		liable: hit.values.liable === true,
		shares: hit.values.shares as Record<string, number>,
		cause: String(hit.values.cause),
		explanation: hit.explanation,
	};
}

function differs(
	proposal: FaultProposal | null,
	fields: z.output<typeof DecideFinding>,
	kase: Case,
): boolean {
	if (!proposal) return false;
	if (fields.upheld === "no" || fields.upheld === "unverifiable") return false;
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

function describe(proposal: FaultProposal | null): string {
	if (!proposal) return "";
	return Object.entries(proposal.shares)
		.map(([seat, share]) => `${seat} ${share}%`)
		.join(", ");
}

function reactToFinding(event: ResponsibilityEvent, kase: Case): Effect[] {
	if (event.type !== "FindingNoticed") return [];
	const about = kase.findings.filter((one) => event.data.findings.includes(one.id));
	const accused = new Set(
		about.flatMap((one) => kase.allegations.find((a) => a.id === one.allegation)?.accused ?? []),
	);
	const complainants = kase.parties.filter((one) => one.side === "complainant").map((one) => one.id);
	return [...accused, ...complainants].map((party) => ({
		do: "notify",
		to: { party },
		notice: "finding-notice",
	}));
}
