import { type Actor, systemOf } from "#engine/actor.ts";
import { type Case, standing } from "#engine/case.ts";
import { factsOf } from "#engine/case-facts.ts";
import { timersOf } from "#engine/journey.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import { evaluateTable } from "#engine/rules/evaluate.ts";
import type { FactValue } from "#engine/rules/facts.ts";
import { proposeFault } from "#engine/steps/responsibility.ts";
import { dayOf, type Instant, instantPlus } from "#engine/time/instant.ts";
import { clockTimeIn } from "#engine/time/wall.ts";
import type { Bulk } from "../bulk.ts";
import type { Desk } from "../handle.ts";
import { actorOf, lineOf, type Office } from "../office.ts";

/**
 * Plays one case of the demo through real commands at times of its own: each act some time after the one before, with
 * the timers in between fired as the clock watcher would have fired them. Nothing is played beyond `until`.
 */
export class Player {
	readonly #bulk: Bulk;
	readonly #desk: Desk;
	readonly #office: Office;
	readonly #until: string;
	readonly company: string;
	readonly pack: LoadedPack;
	at: string;
	id = "";
	/** What was said when the case was filed. */
	filed: Record<string, unknown> = {};
	filedAt = "";

	/** Cases that later stories refer to, by a name. */
	readonly #memory: Map<string, string>;

	constructor(
		desk: Desk,
		bulk: Bulk,
		office: Office,
		company: string,
		pack: LoadedPack,
		at: string,
		until: string,
		memory: Map<string, string>,
	) {
		this.#memory = memory;
		this.#desk = desk;
		this.#bulk = bulk;
		this.#office = office;
		this.#until = until;
		this.company = company;
		this.pack = pack;
		this.at = at;
	}

	get case(): Case {
		return this.#bulk.state(this.id);
	}

	/** Within the last days of the demo's time, when work is still open. */
	get recent(): boolean {
		return instantPlus(this.at, { days: 4 }) >= this.#until;
	}

	remember(name: string): void {
		this.#memory.set(name, this.id);
	}

	remembered(name: string): string {
		const id = this.#memory.get(name);
		if (!id) throw new Error(`no story is remembered as ${name}`);
		return id;
	}

	/** Time is up: what would come next has not happened yet. */
	get over(): boolean {
		return this.at >= this.#until;
	}

	as(person: string): Actor {
		const row = this.#office.people.get(person);
		if (!row) throw new Error(`the demo's cast has no ${person}`);
		const line = row.organisation
			? lineOf(row.organisation, this.#office.relations, dayOf(this.at, this.#office.zone))
			: [];
		return actorOf(this.company, row, line);
	}

	/** The complainant by their own link. */
	complainant(): Actor {
		const party = this.case.parties.find((one) => one.side === "complainant")?.id ?? "p1";
		return {
			id: `link:${this.id}:${party}`,
			kind: "complainant",
			company: this.company,
			capabilities: ["complain"],
			organisations: "all",
			trades: "all",
			belongsTo: [],
			link: { case: this.id, party },
		};
	}

	async file(fields: Record<string, unknown>, by = "agent"): Promise<void> {
		const parties = (fields.parties as { person?: string; organisation?: string }[]).map((one) => {
			const organisation =
				one.organisation ??
				(one.person ? (this.#office.people.get(one.person)?.organisation ?? undefined) : undefined);
			const line = organisation
				? lineOf(organisation, this.#office.relations, dayOf(this.at, this.#office.zone))
				: [];
			return { ...one, ...(organisation ? { organisation } : {}), line };
		});
		const played = await this.#bulk.play({
			actor: this.as(by),
			case: null,
			pack: this.pack,
			type: "FileComplaint",
			fields: { ...fields, parties },
			at: this.at,
			effects: "drop",
		});
		if (!played.ok) throw new Error(`${this.pack.name}: ${JSON.stringify(played)}`);
		this.id = played.case.id;
		this.filed = { ...fields, parties };
		this.filedAt = this.at;
	}

	/** An act `minutes` after the last one. False when it lies in the future. A refusal is a mistake in the story. */
	async act(
		by: string | Actor,
		minutes: number,
		type: string,
		fields: Record<string, unknown> = {},
	): Promise<boolean> {
		const answer = await this.try(by, minutes, type, fields);
		if (answer !== true && answer !== false)
			throw new Error(`${this.pack.name} ${type}: ${JSON.stringify(answer)}`);
		return answer;
	}

	/** As `act`, but a refusal is given back. */
	async try(
		by: string | Actor,
		minutes: number,
		type: string,
		fields: Record<string, unknown> = {},
	): Promise<true | false | object> {
		const at = byDay(instantPlus(this.at, { minutes }), this.pack.data.head.zone);
		if (at >= this.#until) {
			this.at = this.#until;
			await this.#fireTimers(this.#until);
			return false;
		}
		await this.#fireTimers(at);
		this.at = at;
		const actor = typeof by === "string" ? this.as(by) : by;
		const played = await this.#bulk.play({ actor, case: this.id, type, fields, at, effects: "drop" });
		return played.ok ? true : played;
	}

	/** Lets time pass to the end of the demo's time. */
	async rest(): Promise<void> {
		await this.#fireTimers(this.#until);
	}

	async #fireTimers(to: string): Promise<void> {
		const refused = new Set<string>();
		for (let n = 0; n < 100; n++) {
			const [next] = timersOf(this.case, this.pack, this.#desk.days.current)
				.filter((one) => one.at <= to && !refused.has(one.key))
				.sort((a, b) => (a.at < b.at ? -1 : 1));
			if (!next) return;
			const { type, ...fields } = next.command;
			const at = next.at > this.at ? next.at : this.at;
			const played = await this.#bulk.play({
				actor: systemOf(this.company),
				case: this.id,
				type,
				fields,
				at,
				effects: "drop",
			});
			if (!played.ok) refused.add(next.key);
			else this.at = at;
		}
	}

	party(side: "complainant" | "respondent"): string {
		return this.case.parties.find((one) => one.side === side)?.id ?? "p1";
	}

	/** Verifies by two sources every fact that the category or the tables ask for, with plausible values. */
	async establish(by: string, values: Record<string, FactValue>): Promise<void> {
		for (const allegation of standing(this.case)) {
			const category = this.pack.categories.get(allegation.category ?? "other");
			for (const wanted of category?.verify ?? [])
				for (const source of wanted.sources.slice(0, wanted.least))
					await this.#verify(by, wanted.fact, source, values);
		}
		const source = Object.keys(this.pack.data.evidence.sources)[0] ?? "";
		for (let n = 0; n < 15; n++) {
			const needs = [
				...this.#needs("faults", { upheld: "yes" }),
				...this.#needs("remedies", { upheld: "yes", liable: true }),
			];
			const next = needs.find(
				(fact) =>
					!(fact in factsOf(this.case, this.pack)) &&
					!["upheld", "liable", "cause", "worker-share"].includes(fact),
			);
			if (!next) return;
			if (!(await this.#verify(by, next, source, values))) return;
		}
	}

	#needs(table: "faults" | "remedies", stated: Record<string, FactValue>): string[] {
		const answer = evaluateTable(
			this.pack.tables[table],
			{ ...stated, ...factsOf(this.case, this.pack) },
			dayOf(this.at, this.pack.data.head.zone),
		);
		return answer.ok || !("needs" in answer) ? [] : answer.needs.map((one) => one.fact);
	}

	async #verify(
		by: string,
		fact: string,
		source: string,
		values: Record<string, FactValue>,
	): Promise<boolean> {
		const declared = this.pack.sheet[fact];
		const plain: Record<string, FactValue> = {
			int: 1,
			money: 5000,
			bool: false,
			decimal: 1,
			string: declared?.values?.[0] ?? "",
			strings: [],
		};
		const value = values[fact] ?? plain[declared?.type ?? "bool"] ?? false;
		return await this.act(by, 4, "RecordVerification", { fact, value, source, confirmed: true });
	}

	/** Finds on every allegation as the pack's fault table proposes; not upheld where `upheld` says so. */
	async find(
		by: string,
		reasons: string,
		upheld: "yes" | "in-part" | "no" | "unverifiable" = "yes",
	): Promise<boolean> {
		for (const allegation of standing(this.case)) {
			const proposal = proposeFault(this.case, { pack: this.pack, now: this.at }, allegation.id, upheld);
			const counts = upheld === "yes" || upheld === "in-part";
			const shares = counts ? this.#byParty(proposal?.shares ?? { company: 100 }) : {};
			const cause = proposal?.cause ?? Object.keys(this.pack.data.responsibility.causes)[0] ?? "";
			const fields = {
				allegation: allegation.id,
				upheld,
				liable: counts && (proposal?.liable ?? false),
				shares,
				cause,
				reasons,
			};
			const answer = await this.try(by, 12, "DecideFinding", fields);
			if (answer === false) return false;
			// shares of seats that no party of the case sits in differ from the table's: say why
			if (
				answer !== true &&
				!(await this.act(by, 1, "DecideFinding", { ...fields, override: "按本案实际参与方分担" }))
			)
				return false;
		}
		return true;
	}

	#byParty(bySeat: Record<string, number>): Record<string, number> {
		const shares: Record<string, number> = {};
		for (const [seat, share] of Object.entries(bySeat)) {
			if (share === 0) continue;
			const id =
				this.case.parties.find((one) => one.seat === seat)?.id ??
				(["unknown", "force-majeure", "customer", "company"].includes(seat) ? seat : "company");
			shares[id] = (shares[id] ?? 0) + share;
		}
		return shares;
	}
}

/** People act by day: what would fall into the night happens the next morning. */
function byDay(at: Instant, zone: string): Instant {
	const [hours = 0, minutes = 0] = clockTimeIn(at, zone).split(":").map(Number);
	const sinceMidnight = hours * 60 + minutes;
	if (sinceMidnight >= 9 * 60 && sinceMidnight < 20 * 60) return at;
	const untilMorning = (sinceMidnight < 9 * 60 ? 0 : 24 * 60) + 9 * 60 - sinceMidnight;
	return instantPlus(at, { minutes: untilMorning + (sinceMidnight % 50) });
}
