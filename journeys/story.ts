import type { Case, Item, RemedyLine } from "#engine/case.ts";
import type { StepName } from "#engine/steps/names.ts";
import type { Standing } from "#engine/steps/step.ts";
import type { Office, Told } from "./office.ts";
import type { Done, Problem, Seen, Visitor } from "./visitor.ts";

/** Whoever acts in a story: a login of the demo's cast, or a complaining party by the link they were sent. */
type Who = string;

/** One complaint's way through the office, over HTTP, as its people go it. */
export class Story {
	readonly office: Office;
	readonly id: string;
	readonly number: string;
	readonly #links = new Map<string, Promise<Visitor>>();

	private constructor(office: Office, filed: Done) {
		this.office = office;
		this.id = filed.case;
		this.number = filed.number;
	}

	/** Files a complaint, and sends what is to be sent at once. */
	static async filed(office: Office, by: Who, pack: string, fields: Record<string, unknown>): Promise<Story> {
		const filed = await (await office.as(by)).files(pack, fields);
		await office.tick();
		return new Story(office, filed);
	}

	/** Lets time pass up to a local time. */
	async at(local: string): Promise<void> {
		await this.office.until(local);
	}

	/**
	 * An act that must be accepted; what follows from it at once is done. Where the journey is played by hand, staff type
	 * and click each kind of act the first time; what they do over and over goes over HTTP from then on.
	 */
	async does(who: Who, type: string, fields: Record<string, unknown> = {}): Promise<Done> {
		const hands = this.office.firstAtDesk(who, type) ? await this.office.hands() : null;
		const done = hands
			? await hands.does(who, this.id, type, fields)
			: await (await this.visitor(who)).does(this.id, type, fields);
		await this.office.tick();
		return done;
	}

	/** An act that must be refused: why, with the figures that came with it. */
	async refused(who: Who, type: string, fields: Record<string, unknown> = {}): Promise<Problem> {
		return await (await this.visitor(who)).refused(this.id, type, fields);
	}

	/** The case as somebody sees it. */
	async seenBy(who: Who): Promise<Seen> {
		return await (await this.visitor(who)).sees(this.id);
	}

	/** The whole case, as the manager sees it. */
	async case(): Promise<Case> {
		return (await this.seenBy("manager")).case;
	}

	async standing(step: StepName): Promise<Standing | undefined> {
		return (await this.seenBy("manager")).standings.find((one) => one.step === step)?.standing;
	}

	/** What a party (`party:p1`) or person (`person:handler`) was told, in order. */
	async toldTo(whom: string): Promise<Told[]> {
		return (await this.office.told(this.id)).filter((one) => one.whom === whom);
	}

	/** A signed paper, uploaded or described by somebody; answers its id. */
	async proof(who: Who, kind: string, title: string): Promise<string> {
		await this.does(who, "AddEvidence", { kind, title });
		return (await this.case()).evidence.at(-1)?.id ?? "";
	}

	/** Several sources confirm one fact. */
	async verified(who: Who, fact: string, value: string | number | boolean, sources: string[]): Promise<void> {
		for (const source of sources) await this.does(who, "RecordVerification", { fact, value, source });
	}

	/** Signed in, or for `p1`, `p2` …: through the link that the party was sent. */
	visitor(who: Who): Promise<Visitor> {
		if (!/^p\d+$/.test(who)) return this.office.as(who);
		const known = this.#links.get(who) ?? this.office.complainantOf(this.id, who);
		this.#links.set(who, known);
		return known;
	}
}

/** What was offered, line by line: item, fen, who bears it, owed or goodwill, and the row that gave it. */
export function linesOf(lines: readonly RemedyLine[] | undefined): unknown[][] {
	return (lines ?? []).map((one) => [
		one.item,
		one.amount?.amount ?? 0,
		one.bearer,
		one.legal,
		one.explanation?.row ?? null,
	]);
}

/** How each item ended: its id, what it is, done or not. */
export function itemsOf(items: readonly Item[]): string[] {
	return items.map(
		(one) =>
			`${one.id} ${one.item} ${one.done ? "done" : one.waived ? "waived" : one.replacedBy ? "replaced" : "open"}`,
	);
}

/** Whole yuan as fen, the unit of every amount. */
export function yuan(amount: number): number {
	return amount * 100;
}
