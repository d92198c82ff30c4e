import { z } from "zod";
import { type Case, type Correction, nextId, partyOf } from "../case.ts";
import { accept, firstOf, refusal } from "../decision.ts";
import { Address, PersonName, Phone, Remark } from "../kept.ts";
import type { Event, Meta } from "./event.ts";
import { type Context, command, type Obligation, type Step } from "./step.ts";

/** What is known of a party is put right: they ask for it, the office decides; what stood before stays in the record. */

const CorrectParty = z.strictObject({
	/** Left out: oneself. */
	party: z.string().optional(),
	name: PersonName.optional(),
	phone: Phone.optional(),
	address: Address.optional(),
	why: Remark.optional(),
});
const DecideCorrection = z.strictObject({
	correction: z.string(),
	taken: z.boolean(),
	why: Remark.optional(),
});

export type CorrectingEvent =
	| Event<"CorrectionAsked", Pick<Correction, "id" | "party" | "fields" | "why">>
	| Event<"CorrectionDecided", { correction: string; taken: boolean; why: Correction["why"] }>;

/** Those of the office who may change what the complainant gave. */
const OFFICE = ["intake", "handle", "liaise"] as const;

const correctParty = command<typeof CorrectParty, CorrectingEvent>({
	schema: CorrectParty,
	by: ["complain", ...OFFICE],
	evenWhen: ["closed", "joined"],
	decide: askCorrection,
});

const decideCorrection = command<typeof DecideCorrection, CorrectingEvent>({
	schema: DecideCorrection,
	by: OFFICE,
	evenWhen: ["closed", "joined"],
	guard: (kase) => (pending(kase).length > 0 ? null : refusal("NotOpen")),
	decide: ({ correction, taken, why }, kase) => {
		const one = kase.corrections?.find((known) => known.id === correction);
		const no = firstOf(
			!one && refusal("UnknownAction", { action: correction }),
			one?.decided && refusal("AlreadyDecided"),
			// whoever asked is told why it was not done
			!taken && !why && refusal("ReasonMissing", { field: "why" }),
		);
		if (no) return { ok: false, refusal: no };
		return accept({ type: "CorrectionDecided", data: { correction, taken, why: why ?? null } });
	},
});

/** A party asks for what is their own; the office, who have the caller on the line, put it right at once. */
function askCorrection(given: z.output<typeof CorrectParty>, kase: Case, { actor }: Context) {
	const own = partyOf(kase, actor);
	const party = given.party ?? own?.id ?? "";
	const { name, phone, address, why } = given;
	const fields = { ...(name && { name }), ...(phone && { phone }), ...(address && { address }) };
	const no = firstOf(
		!kase.parties.some((one) => one.id === party) && refusal("UnknownParty", { party }),
		own && party !== own.id && refusal("NotYourPart"),
		Object.keys(fields).length === 0 &&
			refusal("Malformed", { field: "phone", hint: "name, phone or address" }),
	);
	if (no) return { ok: false as const, refusal: no };
	const id = nextId("k", kase.corrections ?? []);
	const asked: CorrectingEvent = {
		type: "CorrectionAsked",
		data: { id, party, fields, why: why ?? null },
	};
	if (own) return accept(asked);
	return accept<CorrectingEvent>(asked, {
		type: "CorrectionDecided",
		data: { correction: id, taken: true, why: null },
	});
}

function pending({ corrections = [] }: Case): Correction[] {
	return corrections.filter((one) => !one.decided && !one.replaced);
}

export const correcting = {
	commands: { CorrectParty: correctParty, DecideCorrection: decideCorrection },
	fold: {
		CorrectionAsked: (kase, data, { at, by }) => ({
			...kase,
			corrections: [
				// asked anew before anybody decided: the later one counts
				...(kase.corrections ?? []).map((one) =>
					one.party === data.party && !one.decided ? { ...one, replaced: true } : one,
				),
				{ ...data, at, by, before: null, decided: null, replaced: false },
			],
		}),
		CorrectionDecided: (kase, { correction, taken, why }, { at, by }) =>
			decided(kase, correction, { at, by, taken, why }),
	},
	obligations: (kase: Case): Obligation[] =>
		pending(kase).map((one) => ({
			step: "intake",
			what: "decide-correction",
			who: { capability: "handle" },
			due: null,
			command: "DecideCorrection",
			blocks: [],
			about: one.id,
		})),
} satisfies Pick<Step<CorrectingEvent>, "commands" | "fold" | "obligations">;

function decided(
	kase: Case,
	correction: string,
	made: Omit<Meta, "seq"> & { taken: boolean; why: Correction["why"] },
): Case {
	const asked = kase.corrections?.find((one) => one.id === correction);
	const party = kase.parties.find((one) => one.id === asked?.party);
	if (!asked || !party) return kase;
	const { name, phone, address } = party;
	return {
		...kase,
		parties: made.taken
			? kase.parties.map((one) => (one.id === party.id ? { ...one, ...asked.fields } : one))
			: kase.parties,
		corrections: (kase.corrections ?? []).map((one) =>
			one.id === correction
				? { ...one, before: made.taken ? { name, phone, address } : null, decided: made }
				: one,
		),
	};
}
