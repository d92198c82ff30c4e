/** What a complainant types to have put right, and the command that it becomes. Pure. */

export interface TypedCorrection {
	name: string;
	phone: string;
	address: string;
	words: string;
}

export const NOTHING: TypedCorrection = { name: "", phone: "", address: "", words: "" };

export type Made =
	| { ok: true; type: "CorrectParty" | "AmendComplaint"; fields: Record<string, string> }
	| { ok: false; why: "correct-missing" | "give-phone" };

/** One's own data are asked for as such; words alone stand beside the complaint. */
export function correctionFrom(typed: TypedCorrection): Made {
	const words = typed.words.trim();
	const data = Object.fromEntries(
		(["name", "phone", "address"] as const).flatMap((one) => {
			const text = typed[one].trim();
			return text ? [[one, text]] : [];
		}),
	);
	const digits = (data.phone ?? "").normalize("NFKC").replaceAll(/\D/g, "").length;
	if (data.phone && digits < 7) return { ok: false, why: "give-phone" };
	if (Object.keys(data).length > 0)
		return { ok: true, type: "CorrectParty", fields: { ...data, ...(words && { why: words }) } };
	return words
		? { ok: true, type: "AmendComplaint", fields: { words } }
		: { ok: false, why: "correct-missing" };
}
