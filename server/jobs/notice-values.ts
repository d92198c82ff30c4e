import type { Case, RemedyLine, Sanction } from "#engine/case.ts";
import { findingOf, standing } from "#engine/case.ts";
import { gravest } from "#engine/case-facts.ts";
import { wordsFor } from "#engine/filling.ts";
import { standings } from "#engine/journey.ts";
import type { Kept } from "#engine/kept.ts";
import { formatMoney } from "#engine/money/format.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import type { NoticeKey, PLACEHOLDERS } from "#engine/packs/wording.ts";
import { agreed, openOffer } from "#engine/steps/remedy-offers.ts";
import type { Effect } from "#engine/steps/step.ts";
import type { DayTable } from "#engine/time/calendar.ts";
import { epochOf, type Instant } from "#engine/time/instant.ts";
import type { Section, Words } from "#engine/words.ts";
import type { Office } from "../office.ts";
import { dayWords, instantWords } from "./notice-dates.ts";
import { dueFor } from "./notice-due.ts";
import { reasonFor } from "./notice-reasons.ts";
import type { Recipient } from "./recipients.ts";

/** What stands in the blanks of a notice: facts of the case as they are at the time of sending. */

export type Blank = (typeof PLACEHOLDERS)[number];

/** One notice to one recipient, with everything that its blanks may ask for. */
export interface Telling {
	kase: Case;
	pack: LoadedPack;
	days: DayTable;
	office: Office;
	now: Instant;
	notice: NoticeKey;
	/** Given by whoever made the effect; they come first. */
	values: NonNullable<Extract<Effect, { do: "notify" }>["values"]>;
	recipient: Recipient;
	/** The product's own words in the recipient's language. */
	words: Words;
	/** The phone that complainants call. */
	phone: string | null;
	/** The name of the outlet concerned, in the recipient's language. */
	outlet: string | null;
	link: string | null;
}

/** What fills a blank: words as they read, something kept (its text, or its mask), or nothing known. */
export type Filling = Kept | string | null;

/** What fills each blank. */
export const FILLINGS: Record<Blank, (telling: Telling) => Filling> = {
	number: ({ kase }) => kase.number,
	company: ({ office }) => office.name,
	customer: customerOf,
	worker: (telling) => {
		const person = accusedOf(telling)?.person;
		return (person && telling.office.people.get(person)?.alias) || tradeWord(telling, "worker");
	},
	handler: ({ kase, office }) => office.people.get(kase.owner?.person ?? "")?.alias ?? office.name,
	outlet: (telling) => telling.outlet ?? tradeWord(telling, "outlet"),
	order: ({ kase }) => kase.orders[0]?.number ?? null,
	category: categoryOf,
	date: ({ now, pack, recipient }) => dayWords(now, pack.data.head.zone, recipient.language),
	due: (telling) => {
		const due = dueFor(telling);
		return due && instantWords(due, telling.pack.data.head.zone, telling.recipient.language);
	},
	amount: (telling) => {
		const amount = amountOf(telling);
		return amount === null ? null : plainMoney(amount, telling);
	},
	arithmetic: (telling) => linesWords(telling),
	grounds: ({ kase }) => (agreed(kase) ?? openOffer(kase))?.grounds ?? kase.finalPosition?.reasons ?? null,
	finding: findingWords,
	reason: reasonFor,
	steps: stepsWords,
	link: ({ link }) => link,
	phone: ({ phone }) => phone,
	points: (telling) => {
		const points = telling.values.points ?? sanctionOf(telling)?.points;
		return points === undefined ? null : String(points);
	},
	days: daysOf,
	rule: (telling) =>
		sanctionOf(telling)?.rule?.source.ref ?? foundAbout(telling)?.explanation?.source.ref ?? null,
	body: ({ kase, pack, values, recipient }) => {
		const body = pack.data.proceedings.bodies[String(values.body ?? kase.proceedings.at(-1)?.body)];
		return body?.name[recipient.language] ?? null;
	},
	plate: (telling) => accusedOf(telling)?.plate ?? null,
	restated: ({ kase, recipient }) => {
		const summary = recipient.party?.side === "respondent" ? null : kase.intake?.summary;
		return summary ?? kase.intake?.verbatim ?? null;
	},
	fee: (telling) => {
		const fee = telling.kase.orders[0]?.facts.fee;
		return typeof fee === "number" ? plainMoney(fee, telling) : null;
	},
};

/** Words of the product in the recipient's language, with the trade's own words put in. */
function say({ words, pack, recipient }: Telling, section: Section, key: string): string {
	const trade = Object.entries(pack.data.head.words).map(([name, text]) => [name, text[recipient.language]]);
	return wordsFor(words, section, key, Object.fromEntries(trade));
}

function tradeWord({ words, pack, recipient }: Telling, key: "customer" | "worker" | "outlet"): string {
	return pack.data.head.words[key]?.[recipient.language] ?? words.trade[key];
}

/** The other side is nobody's name to read. */
function customerOf(telling: Telling): Filling {
	const { kase, recipient } = telling;
	const own = recipient.party?.side === "complainant" ? recipient.party : null;
	const party = own ?? kase.parties.find((one) => one.side === "complainant");
	const hidden = recipient.party !== null && own === null;
	return (hidden ? null : party?.name) ?? tradeWord(telling, "customer");
}

function accusedOf({ kase, recipient }: Telling) {
	const accused = new Set(kase.allegations.flatMap((one) => one.accused));
	const own = recipient.party?.side === "respondent" ? recipient.party : null;
	return own ?? kase.parties.find((one) => accused.has(one.id)) ?? null;
}

/** The allegation that concerns the recipient: the first against them, else the gravest. */
function allegationOf({ kase, pack, recipient }: Telling) {
	const against = standing(kase).find((one) => recipient.party && one.accused.includes(recipient.party.id));
	const id = against?.id ?? gravest(kase, pack);
	return kase.allegations.find((one) => one.id === id) ?? null;
}

function categoryOf(telling: Telling): string | null {
	const allegation = allegationOf(telling);
	const category = telling.pack.categories.get(allegation?.category ?? allegation?.proposed?.category ?? "");
	return category?.name[telling.recipient.language] ?? null;
}

function foundAbout(telling: Telling) {
	const allegation = allegationOf(telling);
	return allegation ? findingOf(telling.kase, allegation.id) : null;
}

function findingWords(telling: Telling): string | null {
	const { kase, notice } = telling;
	if (notice === "case-closed") return kase.closure ? say(telling, "outcomes", kase.closure.outcome) : null;
	if (notice === "appeal-decided") {
		const decided = kase.appeals.findLast((one) => one.decided)?.decided;
		return decided ? say(telling, "values", `DecideAppeal.result.${decided.result}`) : null;
	}
	const found = foundAbout(telling);
	return found ? say(telling, "values", `DecideFinding.upheld.${found.upheld}`) : null;
}

function stepsWords(telling: Telling): Filling {
	const { kase, pack, notice, recipient } = telling;
	if (notice === "item-done") {
		const item = kase.items.findLast((one) => one.done);
		return item ? say(telling, "items", item.item) : null;
	}
	if (notice === "corrective-action")
		return kase.improvement.actions.findLast((one) => one.owner === recipient.person?.id)?.words ?? null;
	const ahead = standings(kase, pack).filter(
		(one) => one.track === "customer" && (one.standing === "open" || one.standing === "waiting"),
	);
	const joiner = recipient.language === "zh" ? "、" : ", ";
	return ahead.map((one) => say(telling, "steps", one.step)).join(joiner) || null;
}

function sanctionOf({ kase, recipient }: Telling): Sanction | null {
	return kase.sanctions.findLast((one) => one.party === recipient.party?.id) ?? null;
}

const DAY_MS = 86_400_000;

/** The term of the recipient's sanction in days, else how long they may appeal. */
function daysOf(telling: Telling): string | null {
	const { pack, notice, recipient } = telling;
	if (notice === "finding-notice") {
		const side = recipient.party?.side === "respondent" ? "respondent" : "complainant";
		return String(pack.data.appeals[side].window.amount);
	}
	const sanction = sanctionOf(telling);
	if (!sanction?.until) return null;
	return String(Math.round((epochOf(sanction.until) - epochOf(sanction.effectiveFrom)) / DAY_MS));
}

function amountOf({ kase, values, notice }: Telling): number | null {
	if (typeof values.amount === "number") return values.amount;
	if (notice.startsWith("approval-")) {
		const asked = kase.approvals.at(-1);
		return (asked?.agreed?.ceiling ?? asked?.ceiling)?.amount ?? null;
	}
	const settled = agreed(kase) ?? openOffer(kase) ?? kase.finalPosition;
	return settled?.total.amount ?? null;
}

/** "75.00": digits alone, for the wording says the currency. */
function plainMoney(amount: number, { pack, recipient }: Telling): string {
	const locale = recipient.language === "zh" ? "zh-CN" : "en";
	return formatMoney({ amount, currency: pack.data.head.currency }, locale).replaceAll(/[^\d.,-]/g, "");
}

/** "赔付300.00＋优惠券10.00", "compensation 300.00 + voucher 10.00". */
function linesWords(telling: Telling): string | null {
	const { kase, recipient } = telling;
	const lines: readonly RemedyLine[] =
		(agreed(kase) ?? openOffer(kase) ?? kase.finalPosition ?? kase.computations.at(-1))?.lines ?? [];
	const chinese = recipient.language === "zh";
	const told = lines.map((one) => {
		const amount = one.amount ? plainMoney(one.amount.amount, telling) : "";
		return [say(telling, "items", one.item), amount].filter(Boolean).join(chinese ? "" : " ");
	});
	return told.join(chinese ? "＋" : " + ") || null;
}
