import type { Instant } from "#engine/time/instant.ts";
import type { Desk } from "../handle.ts";
import { type Claim, type Settled, settleDue } from "../store/due-claims.ts";
import { nameOf, type Outcome, settled } from "./outcome.ts";
import type { Outside } from "./ports.ts";

/** What the work on one batch of claimed rows stands on. */
export interface Batch {
	desk: Desk;
	outside: Outside;
	now: Instant;
	/** True once the rows not begun are to be given back: the process is stopping, or the claim is about to run out. */
	pressed: () => boolean;
}

/** Rows that belong together, in order: those of one case, or of one webhook. */
export function unitsBy(claims: readonly Claim[], of: (claim: Claim) => string): Claim[][] {
	return [...Map.groupBy(claims, of).values()];
}

/**
 * Performs units, so many at once, the rows of a unit one after the other, and writes what became of them unit by
 * unit. What is thrown counts as a failed try of that row alone.
 */
export async function performUnits(
	batch: Batch,
	units: readonly Claim[][],
	atOnce: number,
	perform: (claim: Claim) => Promise<Outcome>,
): Promise<void> {
	const waiting = units.values();
	const worker = async () => {
		for (const unit of waiting) await performUnit(batch, unit, perform);
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, units.length) }, worker));
}

async function performUnit(
	batch: Batch,
	unit: readonly Claim[],
	perform: (claim: Claim) => Promise<Outcome>,
): Promise<void> {
	const list: Settled[] = [];
	for (const claim of unit) {
		// given back: due at once, to whoever takes it next
		if (batch.pressed()) list.push({ claim, is: "later", at: claim.at, why: null });
		else list.push(settled(claim, await outcomeOf(batch, claim, perform), batch.now));
	}
	await settle(batch, list);
}

/** The outcome, also where the work threw; failures are reported. */
async function outcomeOf(
	{ outside }: Pick<Batch, "outside">,
	claim: Claim,
	perform: (claim: Claim) => Promise<Outcome>,
): Promise<Outcome> {
	const row = `due row ${claim.id} (${claim.kind} ${claim.key} of ${claim.stream}, company ${claim.company})`;
	try {
		const outcome = await perform(claim);
		if (outcome.is === "failed") outside.report(`${row} failed: ${outcome.why}`);
		return outcome;
	} catch (error) {
		outside.report(`${row} failed`, error);
		return { is: "failed", why: nameOf(error) };
	}
}

export async function settle(
	{ desk, now }: Pick<Batch, "desk" | "now">,
	list: readonly Settled[],
): Promise<void> {
	const statements = settleDue(list, now);
	if (statements.length > 0) await desk.database.transaction((session) => session.commitWith(statements));
}
