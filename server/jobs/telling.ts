import type { Case } from "#engine/case.ts";
import type { Effect } from "#engine/steps/step.ts";
import type { Statement } from "../store/database/database.ts";
import { blanksOf, wordingOf } from "./notice-text.ts";
import type { Blank, Telling } from "./notice-values.ts";
import type { Recipient } from "./recipients.ts";
import type { Batch } from "./units.ts";

/** What telling stands on: also where it is only rehearsed. */
export interface TellingBatch extends Pick<Batch, "desk" | "now"> {
	outside: Pick<Batch["outside"], "words" | "linkFor">;
}

/** Gathers what the blanks of a notice to one recipient ask for, and no more: a link, once made, is valid. */
export async function tellingFor(
	batch: TellingBatch,
	kase: Case,
	{ notice, values }: Extract<Effect, { do: "notify" }>,
	recipient: Recipient,
): Promise<Telling> {
	const pack = batch.desk.packs.get(kase.pack.name, kase.pack.version);
	const blanks = blanksOf(wordingOf({ pack, notice, recipient }));
	return await tellingOf(batch, kase, { notice, values, recipient, blanks });
}

/** Gathers what these blanks ask for. */
export async function tellingOf(
	{ desk, outside, now }: TellingBatch,
	kase: Case,
	{
		notice,
		values = {},
		recipient,
		blanks,
	}: Pick<Telling, "notice" | "recipient"> & { values?: Telling["values"]; blanks: readonly Blank[] },
): Promise<Telling> {
	const pack = desk.packs.get(kase.pack.name, kase.pack.version);
	const named = blanks.includes("phone") || blanks.includes("outlet");
	const outlet = values.outlet ?? kase.parties.find((one) => one.side === "respondent")?.organisation;
	const [found = []] = named ? await desk.database.read([companyNames(kase.company, String(outlet))]) : [];
	const names = (found as CompanyNames[])[0];
	return {
		kase,
		pack,
		days: desk.days.current,
		office: await desk.offices.of(kase.company),
		now,
		notice,
		values,
		recipient,
		words: outside.words[recipient.language],
		phone: names?.phone ?? null,
		outlet: (recipient.language === "zh" ? names?.name : names?.nameEn) ?? null,
		link: blanks.includes("link") ? await caseLink({ outside }, kase, recipient) : null,
	};
}

/** A link to the case for one recipient; once made, it is valid. */
export async function caseLink(
	{ outside }: { outside: Pick<Batch["outside"], "linkFor"> },
	kase: Case,
	recipient: Recipient,
	by?: string,
): Promise<string> {
	const holder = recipient.person || recipient.party.side !== "complainant" ? null : recipient.party.id;
	const page = recipient.person?.kind === "worker" ? "phone" : "desk";
	return await outside.linkFor(kase.company, kase.id, holder, { page, ...(by ? { by } : {}) });
}

interface CompanyNames {
	phone: string | null;
	name: string | null;
	nameEn: string | null;
}

/** The phone in the company's settings (`{"phone": "400-…"}`), and the names of one organisation. */
function companyNames(company: string, organisation: string): Statement {
	return {
		name: "company-names",
		sql: `select c.settings->>'phone' as phone, o.name, o.name_en as "nameEn" from company c
left join organisation o on o.company = c.company and o.id = $2 where c.company = $1`,
		parameters: [company, organisation],
	};
}
