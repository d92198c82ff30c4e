import type { Capability } from "#engine/actor.ts";
import type { Case, Money, Party } from "#engine/case.ts";
import type { Kept } from "#engine/kept.ts";
import { formatMoney } from "#engine/money/format.ts";
import type { Bilingual } from "#engine/packs/words.ts";
import type { PackAnswer } from "./pack.ts";
import { formatInstant } from "./parts/time.ts";
import type { Say } from "./words.ts";

/** What the things of a case are called on a page. */

/** Everything needed to name what a case refers to by id. */
export interface Names {
	say: Say;
	kase: Case;
	pack: PackAnswer | null;
	texts: Readonly<Record<string, string>>;
	people: Readonly<Record<string, string>>;
	organisations: Readonly<Record<string, Bilingual>>;
	zone: string;
	now: string;
}

export function textOf(names: Names, kept: Kept | null | undefined): string {
	if (!kept) return "";
	return names.texts[kept.ref] ?? names.say.ui("masked");
}

/** Words that stand within sentences too, where they begin one. */
export function capitalised(words: string): string {
	return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A label and what stands for it, with the colon of the language. */
export function labelled({ language }: Say, label: string, value: string): string {
	return language === "zh" ? `${label}：${value}` : `${label}: ${value}`;
}

export function moneyText(say: Say, money: Money): string {
	return formatMoney(money, say.language === "zh" ? "zh-CN" : "en");
}

export function timeText({ say, zone, now }: Names, instant: string): string {
	return formatInstant(instant, zone, say.language, now);
}

/** Whoever acted: a person, the system, or a party by the link they were given (`link:case:party`). */
export function personName(names: Names, id: string): string {
	const { say, people } = names;
	if (id === "system") return say.of("capabilities", "system");
	const party = id.startsWith("link:") ? id.slice(id.lastIndexOf(":") + 1) : null;
	return party ? partyName(names, party) : (people[id] ?? id);
}

/** Who, in this office, does what a capability allows. */
const HOLDER: Partial<Record<Capability, string>> = {
	intake: "agent",
	settle: "agent",
	triage: "handler",
	handle: "handler",
	answer: "officer",
	approve: "approver",
	duty: "duty-manager",
	review: "reviewer",
	safety: "safety",
	liaise: "regulator-liaison",
	pay: "finance",
	legal: "legal",
	quality: "quality",
	manage: "manager",
	administer: "admin",
};

/** Those who may do a thing, by their role. */
export function holderName({ say }: Names, capability: Capability): string {
	const role = HOLDER[capability];
	return role ? say.of("roles", role) : say.of("capabilities", capability);
}

export function organisationName({ say, organisations }: Names, id: string): string {
	return say.bi(organisations[id]) || id;
}

export function seatName({ say, pack }: Names, seat: string): string {
	return say.bi(pack?.data.head.seats[seat]?.name) || say.of("values", seat);
}

/** A party by its seat and whatever name is known. */
export function partyName(names: Names, id: string): string {
	const party = names.kase.parties.find((one) => one.id === id);
	if (!party) return bearerName(names, id);
	const own = party.name ? textOf(names, party.name) : ownName(names, party);
	return [seatName(names, party.seat), own].filter(Boolean).join(" ");
}

function ownName(names: Names, party: Party): string {
	if (party.person && names.people[party.person]) return names.people[party.person] ?? "";
	return party.organisation ? organisationName(names, party.organisation) : "";
}

/** Whoever bears a cost or a share without being a party: the company, nobody known … */
function bearerName(names: Names, id: string): string {
	const seat = names.pack?.data.head.seats[id];
	return seat ? names.say.bi(seat.name) : names.say.of("values", id);
}

export function categoryName(
	{ say, pack }: Pick<Names, "say" | "pack">,
	id: string | null | undefined,
): string {
	if (!id) return "";
	// not read yet: the name comes in a moment, and nobody is shown an id meanwhile
	if (!pack) return "…";
	const category = pack.data.categories.categories.find((one) => one.id === id);
	return say.bi(category?.name) || id;
}

/** "1 · Late delivery"; the number only where there are several. */
export function allegationName(names: Names, id: string): string {
	const place = names.kase.allegations.findIndex((one) => one.id === id);
	const allegation = names.kase.allegations[place];
	const category = allegation?.category ?? allegation?.proposed?.category;
	const name = categoryName(names, category);
	if (name && names.kase.allegations.length === 1) return name;
	return [String(place + 1), name].filter(Boolean).join(" · ");
}

export function clockName({ say, kase, pack }: Names, id: string): string {
	const clock = kase.clocks.find((one) => one.id === id);
	const name = clock?.name ?? id;
	const rule = pack?.data.clocks.clocks.find((one) => one.name === name);
	return say.bi(rule?.label) || (clock ? say.of("clockKinds", clock.kind) : name);
}

export function causeName({ say, pack }: Names, id: string): string {
	return say.bi(pack?.data.responsibility.causes[id]) || say.of("values", id);
}

export function bodyName({ say, pack }: Names, id: string): string {
	return say.bi(pack?.data.proceedings.bodies[id]?.name) || id;
}

export function factName({ say, pack }: Names, id: string): string {
	return say.bi(pack?.sheet[id]?.label) || id;
}

export function itemName(names: Names, id: string): string {
	const item = names.kase.items.find((one) => one.id === id);
	if (!item) return id;
	const amount = item.amount ? ` ${moneyText(names.say, item.amount)}` : "";
	return `${names.say.of("items", item.item)}${amount}`;
}

/** A value of a fact as people say it. */
export function factValue(names: Names, fact: string, value: unknown): string {
	const { say, pack } = names;
	const declared = pack?.sheet[fact];
	if (typeof value === "boolean") return say.of("values", String(value));
	if (typeof value === "number") {
		if (declared?.type === "money")
			return moneyText(say, { amount: value, currency: declared.unit ?? pack?.data.head.currency ?? "CNY" });
		return `${value}${declared?.unit === "%" ? "%" : ""}`;
	}
	if (Array.isArray(value)) return value.map((one) => say.of("values", String(one))).join(" ");
	return wordOfFact(names, fact, String(value), declared?.values !== undefined);
}

/** A word that a fact holds: often a category, a cause or a seat. */
function wordOfFact(names: Names, fact: string, value: string, closed: boolean): string {
	const { say, pack } = names;
	if (fact === "category") return categoryName(names, value);
	if (fact === "cause") return causeName(names, value);
	if (fact === "group") return say.bi(pack?.data.categories.groups[value]) || value;
	const seat = pack?.data.head.seats[value];
	if (seat) return say.bi(seat.name);
	return closed ? say.of("values", `${fact}.${value}`) : value;
}
