import { z } from "zod";
import type { Approval, Case, Money } from "../case.ts";
import { inAccusedLine } from "../conflicts.ts";
import { accept, firstOf, type Refusal, refusal, refuse } from "../decision.ts";
import { type Kept, Remark, Words } from "../kept.ts";
import type { Explanation } from "../rules/evaluate.ts";
import type { Instant } from "../time/instant.ts";
import {
	agreeAtNight,
	askedOf,
	isOpen,
	isProposer,
	MAY_AGREE,
	mayDecide,
	open,
	requestApproval,
} from "./approval-asking.ts";
import type { Event } from "./event.ts";
import { type Context, command, type Effect, type Obligation, type Step } from "./step.ts";

/** 审批: a ceiling given before an offer goes out; never by the proposer or the accused's own line. */

export const RequestApproval = z.strictObject({
	/** Minor units; for everything that the company gives in this case, what was agreed earlier included. */
	ceiling: z.int().positive(),
	grounds: Words,
});
const Approve = z.strictObject({
	approval: z.string(),
	ceiling: z.int().positive().optional(),
	words: Remark.optional(),
});
export const AgreeAsDutyManager = z.strictObject({ approval: z.string(), words: Remark.optional() });
const RatifyApproval = z.strictObject({
	approval: z.string(),
	ratified: z.boolean(),
	why: Remark.optional(),
});
const ReturnForRework = z.strictObject({ approval: z.string(), why: Remark });
const RaiseApproval = z.strictObject({
	approval: z.string(),
	why: z.enum(["nobody-eligible", "no-answer"]).default("nobody-eligible"),
});
const WithdrawRequest = z.strictObject({ approval: z.string() });

type Need = Approval["need"];

export type ApprovalEvent =
	| Event<
			"ApprovalRequested",
			{
				id: string;
				ceiling: Money;
				need: Need;
				level: number;
				grounds: Kept;
				explanation: Explanation | null;
			}
	  >
	| Event<
			"ApprovalGiven",
			{ about: string; ceiling: Money; as: "duty" | "approve"; words: Kept | null; ratifyBy: Instant | null }
	  >
	| Event<"ApprovalRatified", { about: string }>
	| Event<"RatificationRefused", { about: string; why: Kept }>
	| Event<"ApprovalReturned", { about: string; why: Kept }>
	| Event<"ApprovalRaised", { about: string; to: Approval["raised"][number]["to"]; why: string }>
	| Event<"ApprovalWithdrawn", { about: string }>;

export const approval: Step<ApprovalEvent> = {
	name: "approval",
	commands: {
		RequestApproval: command<typeof RequestApproval, ApprovalEvent>({
			schema: RequestApproval,
			by: ["handle", "settle", "safety"],
			needs: ["people"],
			guard: (kase) =>
				firstOf(!kase.triage && refusal("NotTriaged"), pending(kase) && refusal("AlreadyOpen")),
			decide: requestApproval,
		}),
		Approve: command<typeof Approve, ApprovalEvent>({
			schema: Approve,
			by: ["approve", "manage", "legal", "review", "duty"],
			guard: mayDecideSome,
			decide: ({ approval: id, ceiling, words }, kase, context) => {
				const one = open(kase, id);
				if (!one) return refuse("NotOpen", { approval: id });
				const asked = one.ceiling.amount;
				const no = firstOf(
					mayDecide(one, kase, context.actor),
					// more than was asked for may be beyond whom it was asked of
					ceiling !== undefined && ceiling > asked && refusal("LimitExceeded", { ceiling: asked }),
				);
				if (no) return { ok: false, refusal: no };
				const given = { amount: ceiling ?? one.ceiling.amount, currency: one.ceiling.currency };
				return accept({
					type: "ApprovalGiven",
					data: { about: id, ceiling: given, as: "approve", words: words ?? null, ratifyBy: null },
				});
			},
		}),
		AgreeAsDutyManager: command<typeof AgreeAsDutyManager, ApprovalEvent>({
			schema: AgreeAsDutyManager,
			by: ["duty"],
			guard: (kase) => (pending(kase) ? null : refusal("NotOpen")),
			decide: agreeAtNight,
		}),
		RatifyApproval: command<typeof RatifyApproval, ApprovalEvent>({
			schema: RatifyApproval,
			by: ["approve", "manage"],
			guard: (kase) => (kase.approvals.some(unratified) ? null : refusal("NotOpen")),
			decide: ({ approval: id, ratified, why }, kase, { actor }) => {
				const one = kase.approvals.find((known) => known.id === id && unratified(known));
				if (!one) return refuse("NotOpen", { approval: id });
				const no = firstOf(
					one.agreed?.by === actor.id && refusal("DecidedBefore"),
					isProposer(one, kase, actor.id) && refusal("OwnProposal"),
					inAccusedLine(kase, actor),
				);
				if (no) return { ok: false, refusal: no };
				if (ratified) return accept({ type: "ApprovalRatified", data: { about: id } });
				return why
					? accept({ type: "RatificationRefused", data: { about: id, why } })
					: refuse("ReasonMissing", { field: "why" });
			},
		}),
		ReturnForRework: command<typeof ReturnForRework, ApprovalEvent>({
			schema: ReturnForRework,
			by: ["approve", "manage", "duty", "legal", "review"],
			guard: mayDecideSome,
			decide: ({ approval: id, why }, kase, { actor }) => {
				const one = open(kase, id);
				const no = one ? mayDecide(one, kase, actor) : refusal("NotOpen", { approval: id });
				return no
					? { ok: false, refusal: no }
					: accept({ type: "ApprovalReturned", data: { about: id, why } });
			},
		}),
		RaiseApproval: command<typeof RaiseApproval, ApprovalEvent>({
			schema: RaiseApproval,
			by: ["handle", "triage", "manage", "system"],
			guard: (kase) => (pending(kase) ? null : refusal("NotOpen")),
			decide: ({ approval: id, why }, kase, { pack }) => {
				const one = open(kase, id);
				if (!one) return refuse("NotOpen", { approval: id });
				const to = pack.data.approvals.ladder[one.raised.length];
				return to
					? accept({ type: "ApprovalRaised", data: { about: id, to, why } })
					: refuse("NobodyEligible");
			},
		}),
		WithdrawRequest: command<typeof WithdrawRequest, ApprovalEvent>({
			schema: WithdrawRequest,
			by: ["handle", "settle", "safety"],
			guard: (kase) => (pending(kase) ? null : refusal("NotOpen")),
			decide: ({ approval: id }, kase) =>
				open(kase, id)
					? accept({ type: "ApprovalWithdrawn", data: { about: id } })
					: refuse("NotOpen", { approval: id }),
		}),
	},
	fold: {
		ApprovalRequested: (kase, data, { at, by }) => ({
			...kase,
			approvals: [
				...kase.approvals,
				{ ...data, at, by, agreed: null, ratify: null, returned: null, raised: [], withdrawn: null },
			],
		}),
		ApprovalGiven: (kase, { about, ceiling, as, words, ratifyBy }, { at, by }) =>
			change(kase, about, {
				agreed: { at, by, ceiling, as, words },
				ratify: ratifyBy ? { due: ratifyBy, done: null, refused: null } : null,
			}),
		ApprovalRatified: (kase, { about }, { at, by }) => ratify(kase, about, { done: { at, by } }),
		RatificationRefused: (kase, { about, why }, { at, by }) =>
			ratify(kase, about, { refused: { at, by, why } }),
		ApprovalReturned: (kase, { about, why }, { at, by }) =>
			change(kase, about, { returned: { at, by, why } }),
		ApprovalRaised: (kase, { about, to, why }, { at }) => {
			const raised = kase.approvals.find((one) => one.id === about)?.raised ?? [];
			return change(kase, about, { raised: [...raised, { to, at, why }] });
		},
		ApprovalWithdrawn: (kase, { about }, { at, by }) => change(kase, about, { withdrawn: { at, by } }),
	},
	moments: {
		ApprovalRequested: ["approval-asked"],
		ApprovalGiven: ["approval-given"],
		ApprovalReturned: ["approval-given"],
		ApprovalWithdrawn: ["approval-given"],
	},
	react: reactToApproval,
	standing: (kase) => {
		if (!kase.triage) return "waiting";
		if (pending(kase) || kase.approvals.some(unratified)) return "open";
		return kase.approvals.some((one) => one.agreed) ? "done" : "not-needed";
	},
	obligations: approvalDue,
};

function pending(kase: Case): Approval | null {
	return kase.approvals.find(isOpen) ?? null;
}

function unratified(one: Approval): boolean {
	return one.ratify !== null && !one.ratify.done && !one.ratify.refused;
}

function change(kase: Case, id: string, how: Partial<Approval>): Case {
	return { ...kase, approvals: kase.approvals.map((one) => (one.id === id ? { ...one, ...how } : one)) };
}

function ratify(kase: Case, id: string, how: Partial<NonNullable<Approval["ratify"]>>): Case {
	return {
		...kase,
		approvals: kase.approvals.map((one) =>
			one.id === id && one.ratify ? { ...one, ratify: { ...one.ratify, ...how } } : one,
		),
	};
}

function mayDecideSome(kase: Case, { actor }: Context): Refusal | null {
	const one = pending(kase);
	return one ? mayDecide(one, kase, actor) : refusal("NotOpen");
}

function reactToApproval(event: ApprovalEvent, kase: Case): Effect[] {
	const requester = (about: string) => kase.approvals.find((one) => one.id === about)?.by;
	switch (event.type) {
		case "ApprovalRequested":
			return [
				{
					do: "notify",
					to: { capability: MAY_AGREE[event.data.need][0] ?? "approve" },
					notice: "approval-asked",
					values: { amount: event.data.ceiling.amount },
				},
			];
		case "ApprovalRaised":
			return [
				{
					do: "notify",
					to: { capability: MAY_AGREE[event.data.to][0] ?? "manage" },
					notice: "approval-asked",
				},
			];
		case "ApprovalGiven":
		case "ApprovalReturned": {
			const person = requester(event.data.about);
			const notice = event.type === "ApprovalGiven" ? "approval-given" : "approval-returned";
			return person ? [{ do: "notify", to: { person }, notice }] : [];
		}
		default:
			return [];
	}
}

function approvalDue(kase: Case): Obligation[] {
	return kase.approvals.flatMap((one): Obligation[] => {
		const due = kase.clocks.find((clock) => clock.party === one.id && !clock.stopped)?.due ?? null;
		const step = { step: "approval" as const, about: one.id };
		if (isOpen(one))
			return [
				{
					...step,
					what: "approve",
					who: { capability: MAY_AGREE[askedOf(one)][0] ?? "approve" },
					due,
					command: "Approve",
					blocks: ["remedy"],
				},
			];
		if (unratified(one))
			return [
				{
					...step,
					what: "ratify",
					who: { capability: "approve" },
					due: one.ratify?.due ?? null,
					command: "RatifyApproval",
					blocks: [],
				},
			];
		return [];
	});
}
