import type { Kept } from "#engine/kept.ts";
import type { NoticeKey } from "#engine/packs/wording.ts";
import type { Filling, Telling } from "./notice-values.ts";

/** Why: the words of whoever decided what a notice tells of. */
export function reasonFor(telling: Telling): Filling {
	return REASONS[telling.notice]?.(telling) ?? null;
}

const REASONS: Partial<Record<NoticeKey, (telling: Telling) => Filling>> = {
	message: ({ kase, recipient }) =>
		kase.messages.findLast((one) => one.to === (recipient.party?.id ?? "company"))?.words ?? null,
	"question-asked": ({ kase }) => kase.questions.at(-1)?.words ?? null,
	"approval-returned": ({ kase }) => kase.approvals.findLast((one) => one.returned)?.returned?.why ?? null,
	"item-failed": ({ kase }) => {
		const failed = kase.items.flatMap((one) => one.attempts.filter((attempt) => !attempt.ok));
		return failed.sort((a, b) => (a.at < b.at ? -1 : 1)).at(-1)?.reason ?? null;
	},
	"appeal-decided": ({ kase }) => kase.appeals.findLast((one) => one.decided)?.decided?.reasons ?? null,
	"appeal-supplement-asked": ({ kase }) =>
		kase.appeals.findLast((one) => one.supplementAsked)?.supplementAsked?.words ?? null,
	"sanction-imposed": sanctionReason,
	praise: sanctionReason,
	escalated: (telling) =>
		clockLabel(telling) ?? telling.kase.escalations.findLast((one) => one.why)?.why ?? null,
	"promise-extended": extensionReason,
	"corrective-action": ({ kase, recipient }) =>
		kase.improvement.actions.findLast((one) => one.owner === recipient.person?.id)?.words ?? null,
	"training-assigned": ({ kase, pack, recipient }) => {
		const assigned = kase.improvement.training.findLast((one) => one.person === recipient.person?.id);
		return pack.data.improvement.training[assigned?.training ?? ""]?.name[recipient.language] ?? null;
	},
};

function sanctionReason({ kase, recipient }: Telling): Filling {
	return kase.sanctions.findLast((one) => one.party === recipient.party?.id)?.reason ?? null;
}

/** The clock that was missed. */
function clockLabel({ pack, values, recipient }: Telling): string | null {
	const rule = pack.data.clocks.clocks.find((one) => one.name === values.clock);
	return rule?.label[recipient.language] ?? null;
}

/** A clock keeps of an extension's reason the reference alone, which is enough to read it by. */
function extensionReason({ kase }: Telling): Kept | null {
	const sets = kase.clocks.flatMap((one) => one.dues.filter((set) => set.why === "extend"));
	const ref = sets.sort((a, b) => (a.at < b.at ? -1 : 1)).at(-1)?.reason;
	return ref ? { ref, hash: "" } : null;
}
