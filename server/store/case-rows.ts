import { type Case, joinedInto } from "#engine/case.ts";
import { obligations, standings } from "#engine/journey.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import type { Obligation } from "#engine/steps/step.ts";
import { cardOf } from "./case-cards.ts";
import { figuresOf } from "./case-figures.ts";
import type { Statement } from "./database/session.ts";
import { roomsOf } from "./work-rooms.ts";

/** In a row's line, where a case is no organisation's: every scope reaches it. */
export const NOBODYS = "*";

/** The narrow row that lists read, computed from a case. A missing due time is `infinity`, so that keyset pages work. */
export function saveCaseRow(kase: Case, pack: LoadedPack, now: string): Statement {
	const values = rowOf(kase, pack, now);
	const columns = Object.keys(values);
	return {
		name: "save-case-row",
		sql: `insert into case_row (${columns.join(", ")}, touched_at) values (${columns.map((_, n) => `$${n + 1}`).join(", ")}, clock_timestamp())
on conflict (company, id) do update set touched_at = excluded.touched_at, ${columns
			.filter((one) => one !== "company" && one !== "id")
			.map((one) => `${one} = excluded.${one}`)
			.join(", ")}`,
		parameters: Object.values(values),
	};
}

export function rowOf(kase: Case, pack: LoadedPack, now: string) {
	const intake = kase.intake;
	if (!intake) throw new Error(`case ${kase.id} has no intake`);
	const running = kase.clocks.filter((one) => !one.stopped && one.pauses.every((pause) => pause.to));
	const next = running.map((one) => one.due).sort()[0] ?? "infinity";
	const statutory =
		running
			.filter((one) => one.kind === "statutory")
			.map((one) => one.due)
			.sort()[0] ?? "infinity";
	const categories = kase.allegations
		.filter((one) => !one.withdrawn)
		.map((one) => one.category ?? one.proposed?.category ?? "other");
	const accused = new Set(kase.allegations.flatMap((one) => one.accused));
	const duties = obligations(kase, pack, now);
	const waiting = waitingFor(kase, duties);
	const line = new Set(kase.parties.flatMap((one) => one.line));
	line.add(kase.organisation ?? NOBODYS);
	return {
		company: kase.company,
		id: kase.id,
		number: kase.number,
		pack: kase.pack.name,
		kind: intake.kind,
		source: intake.source,
		channel: intake.channel,
		organisation: kase.organisation,
		line: [...line],
		owner: kase.owner?.person ?? null,
		urgency: kase.triage?.urgency ?? null,
		severity: kase.triage?.severity ?? null,
		step: stepOf(kase, pack),
		outcome: kase.closure?.outcome ?? null,
		restricted: kase.restriction !== null && !kase.restriction.lifted,
		joined: joinedInto(kase) !== null,
		categories: [...new Set(categories)],
		orders: kase.orders.map((one) => one.number),
		outside: kase.proceedings.map((one) => one.number),
		people: namedIn(kase),
		respondents: kase.parties.flatMap((one) => (one.person && accused.has(one.id) ? [one.person] : [])),
		waiting,
		awaited: [...new Set(waiting.map((one) => (one.startsWith("person:") ? "person" : one)))].sort(),
		received_at: intake.receivedAt,
		changed_at: kase.changedAt,
		next_due: next,
		statutory_due: statutory,
		breached: running.some((one) => one.breachedAt !== null),
		closed_at: kase.closure?.at ?? null,
		amount: kase.offers.find((one) => one.accepted)?.total.amount ?? kase.finalPosition?.total.amount ?? 0,
		...cardOf(kase),
		...figuresOf(kase),
		...roomsOf(kase, duties),
	};
}

/** Who may see it for having a part in it (`maySee` in engine/journey.ts): persons, and organisations that were asked. */
function namedIn(kase: Case): string[] {
	const persons = kase.parties.flatMap((one) => (one.person ? [one.person] : []));
	const charged = [
		...kase.inspections.map((one) => one.inspector),
		...kase.improvement.actions.map((one) => one.owner),
	];
	const organisations = kase.questions.flatMap(({ to }) => {
		if ("organisation" in to) return [to.organisation];
		const party = kase.parties.find((one) => one.id === to.party);
		return party && !party.person && party.organisation ? [party.organisation] : [];
	});
	return [...new Set([...persons, ...charged, ...organisations.map(asked)])];
}

/** An organisation among persons. */
export function asked(organisation: string): string {
	return `asked:${organisation}`;
}

/** Where the customer track stands: the first step that is open, else the last one done. */
function stepOf(kase: Case, pack: LoadedPack): string {
	const customer = standings(kase, pack).filter((one) => one.track === "customer");
	return (
		(customer.find((one) => one.standing === "open") ?? customer.findLast((one) => one.standing === "done"))
			?.step ?? "intake"
	);
}

/** Whom the case waits for: `person:`, `can:` (a capability). */
function waitingFor(kase: Case, duties: readonly Obligation[]): string[] {
	const waiting = duties.flatMap(({ who }) => {
		if ("person" in who) return [`person:${who.person}`];
		if ("capability" in who) return [`can:${who.capability}`];
		const person = kase.parties.find((one) => one.id === who.party)?.person;
		return person ? [`person:${person}`] : ["party"];
	});
	return [...new Set(waiting)];
}
