import type { Effect } from "#engine/steps/step.ts";
import type { Claim } from "../store/due-claims.ts";
import { type CallEffect, takeCall, takeRecording } from "./masked-calls.ts";
import { notify } from "./notify.ts";
import type { Outcome } from "./outcome.ts";
import { pay } from "./pay.ts";
import { type ResendEffect, resend } from "./resend.ts";
import { type SendLinkEffect, sendLink } from "./send-link.ts";
import { type Batch, performUnits, unitsBy } from "./units.ts";

/** How many cases' effects are performed at once: most of the time goes into waiting for others. */
const AT_ONCE = 8;

/** Effects of cases, those of one case in their order. */
export async function runEffects(batch: Batch, claims: readonly Claim[]): Promise<void> {
	const units = unitsBy(claims, (one) => `${one.company} ${one.stream}`);
	await performUnits(batch, units, AT_ONCE, (claim) => performEffect(batch, claim));
}

async function performEffect(batch: Batch, claim: Claim): Promise<Outcome> {
	const effect = claim.payload as Effect | CallEffect | ResendEffect | SendLinkEffect;
	switch (effect.do) {
		case "notify":
			return await notify(batch, claim, effect);
		case "pay":
			return await pay(batch, claim, effect);
		case "resend":
			return await resend(batch, claim, effect);
		case "send-link":
			return await sendLink(batch, claim, effect);
		case "take-call":
			return await takeCall(batch, claim, effect);
		case "take-recording":
			return await takeRecording(batch, claim, effect);
		default:
			return { is: "failed", why: `nobody performs "${effect.do}"`, forGood: true };
	}
}
