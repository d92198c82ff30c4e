import type { Case } from "./case.ts";
import { isRestricted } from "./case.ts";
import type { LoadedPack } from "./packs/loaded.ts";
import type { ContactEvent } from "./steps/contact.ts";
import type { TriageEvent } from "./steps/triage.ts";

/** Restricted handling: injury, minors, sexual harassment, and whatever else the pack says. */

/** The first flag or category, among those newly stated, by which the pack restricts a case; null: none. */
export function restrictsBy(
	flags: readonly string[],
	categories: readonly string[],
	pack: LoadedPack,
): string | null {
	const flag = pack.data.routes.flags.find((one) => one.restricts && flags.includes(one.id));
	return flag?.id ?? categories.find((one) => pack.categories.get(one)?.restricted) ?? null;
}

type Restricting =
	| Extract<TriageEvent, { type: "CaseRestricted" }>
	| Extract<ContactEvent, { type: "DirectTalkClosed" }>;

/** Restricts the case because the pack says so, and ends direct talk; nothing where it is restricted already. */
export function restriction(kase: Case, because: string | null): Restricting[] {
	if (because === null || isRestricted(kase)) return [];
	const restricted: Restricting = {
		type: "CaseRestricted",
		data: { why: null, because, guardian: null },
	};
	return [...endTalk(kase), restricted];
}

/** The two sides do not talk any more where something bars it, or where all is said. */
export function endTalk(
	kase: Case,
	why: "barred" | "agreed" = "barred",
): Extract<ContactEvent, { type: "DirectTalkClosed" }>[] {
	return kase.directTalk && !kase.directTalk.closed ? [{ type: "DirectTalkClosed", data: { why } }] : [];
}
