import { type Actor, can } from "#engine/actor.ts";
import { STAFF } from "#engine/journey.ts";
import type { Desk } from "../handle.ts";
import { type OpenCall, openCalls } from "../store/calls.ts";
import { type PresenceRow, readPresence } from "../store/presence.ts";
import { databaseNow, type Touched, touchedFor, touchedSince, visibleTo } from "../store/touched.ts";

/** What those who listen are told: numbers and ids, nothing of what a case says. */
export type Told =
	| { event: "cases"; id: number; data: { cases: { id: string; number: string; seq: number }[] } }
	| { event: "presence"; id: null; data: { case: string; people: Omit<PresenceRow, "stream">[] } }
	/** Of the calls that ring for one, or that one is in, one has come, was taken or is over. */
	| { event: "calls"; id: null; data: Record<string, never> }
	/** More has changed than can be told: everything is to be asked again. */
	| { event: "reset"; id: number; data: Record<string, never> };

export interface Listener {
	actor: Actor;
	tell: (told: readonly Told[]) => void;
}

export interface Listening {
	/** Whoever comes back begins here. */
	told: () => number;
	end: () => void;
}

/** A change may show so much later than it was made: its transaction had not ended. */
const OVERLAP = 30_000_000;
/** More changes than this at once are told as a reset. */
const MOST = 500;

/**
 * Tells those who listen which cases of theirs have changed. Each process asks the database every so often, and at once
 * when woken by a commit of its own; what was seen already within the overlap is not told twice.
 */
export class LiveFeed {
	readonly #desk: Desk;
	readonly #everyMs: number;
	readonly #offices = new Map<string, OfficeFeed>();

	constructor(desk: Desk, { everyMs = 2_000 }: { everyMs?: number } = {}) {
		this.#desk = desk;
		this.#everyMs = everyMs;
	}

	/**
	 * Begins to tell: first what has changed since a moment (null: just now), then everything that follows.
	 * @returns how far it has told, and a way to end it
	 */
	async listen(listener: Listener, since: number | null): Promise<Listening> {
		const { company } = listener.actor;
		const office = this.#offices.get(company) ?? new OfficeFeed(this.#desk, company, this.#everyMs);
		this.#offices.set(company, office);
		office.listeners.add(listener);
		await office.start();
		await office.catchUp(listener, since);
		const end = () => {
			office.listeners.delete(listener);
			if (office.listeners.size > 0) return;
			office.stop();
			this.#offices.delete(company);
		};
		return { end, told: () => office.cursor };
	}

	/** Something was committed here: look at once. */
	wake(company: string): void {
		this.#offices.get(company)?.wake();
	}

	stop(): void {
		for (const office of this.#offices.values()) office.stop();
		this.#offices.clear();
	}
}

/** One company's part of the feed. */
class OfficeFeed {
	readonly listeners = new Set<Listener>();
	readonly #desk: Desk;
	readonly #company: string;
	readonly #everyMs: number;
	/** The latest change that was seen. */
	#cursor = 0;
	/** Nothing before is looked at: it was passed over, and told as a reset. */
	#floor = 0;
	/** The first look only learns what there is: whoever listens is caught up one by one. */
	#learned = false;
	/** When each state of a case was seen, within the overlap. */
	readonly #seen = new Map<string, number>();
	#present = new Map<string, Omit<PresenceRow, "stream">[]>();
	#calls = new Map<string, OpenCall>();
	#starting: Promise<void> | null = null;
	#timer: NodeJS.Timeout | null = null;
	#looking = false;
	#again = false;
	#stopped = false;

	constructor(desk: Desk, company: string, everyMs: number) {
		this.#desk = desk;
		this.#company = company;
		this.#everyMs = everyMs;
	}

	get cursor(): number {
		return this.#cursor;
	}

	start(): Promise<void> {
		this.#starting ??= this.#begin();
		return this.#starting;
	}

	async #begin(): Promise<void> {
		const [[now] = []] = (await this.#desk.database.read([databaseNow()])) as { at: number }[][];
		this.#cursor = now?.at ?? 0;
		await this.#look();
	}

	stop(): void {
		this.#stopped = true;
		if (this.#timer) clearTimeout(this.#timer);
	}

	wake(): void {
		if (this.#looking) this.#again = true;
		else void this.#look();
	}

	async #look(): Promise<void> {
		if (this.#stopped) return;
		if (this.#timer) clearTimeout(this.#timer);
		this.#looking = true;
		do {
			this.#again = false;
			await this.#tellNews().catch(() => {}); // the database is away for a moment: the next look makes up for it
		} while (this.#again && !this.#stopped);
		this.#looking = false;
		if (this.#stopped) return;
		this.#timer = setTimeout(() => void this.#look(), this.#everyMs);
		this.#timer.unref();
	}

	async #tellNews(): Promise<void> {
		const now = this.#desk.clock();
		const [touched = [], present = [], calls = []] = (await this.#desk.database.read([
			touchedSince(this.#company, Math.max(this.#cursor - OVERLAP, this.#floor), MOST * 4),
			readPresence(this.#company, now),
			openCalls(this.#company, now),
		])) as [Touched[], PresenceRow[], OpenCall[]];
		const fresh = touched.filter((one) => !this.#seen.has(`${one.id}:${one.seq}:${one.at}`));
		const moved = this.#movedIn(present);
		this.#note(touched);
		this.#tellOfCalls(this.#changedAmong(calls));
		const learned = this.#learned;
		this.#learned = true;
		if (touched.length >= MOST * 4) await this.#passOver();
		else if (!learned) return;
		else if (fresh.length > MOST) this.#reset();
		else if (fresh.length + moved.length > 0) await this.#tell([...this.listeners], fresh, moved);
	}

	/** Of a great change the rest is not looked at; once the overlap is over, all of it can be seen. */
	async #passOver(): Promise<void> {
		const [[now] = []] = (await this.#desk.database.read([databaseNow()])) as { at: number }[][];
		this.#floor = now?.at ?? this.#cursor;
		this.#cursor = this.#floor;
		this.#reset();
		setTimeout(() => this.#reset(), OVERLAP / 1_000).unref();
	}

	#reset(): void {
		for (const one of this.listeners) one.tell([{ event: "reset", id: this.#cursor, data: {} }]);
	}

	#note(touched: readonly Touched[]): void {
		for (const { id, seq, at } of touched) {
			this.#seen.set(`${id}:${seq}:${at}`, at);
			this.#cursor = Math.max(this.#cursor, at);
		}
		for (const [key, at] of this.#seen) if (at < this.#cursor - OVERLAP) this.#seen.delete(key);
	}

	/** Where somebody has come, gone or begun to do something else. */
	#movedIn(rows: readonly PresenceRow[]): string[] {
		const now = new Map<string, Omit<PresenceRow, "stream">[]>();
		for (const { stream, ...one } of rows) now.set(stream, [...(now.get(stream) ?? []), one]);
		const streams = new Set([...now.keys(), ...this.#present.keys()]);
		const moved = [...streams].filter(
			(one) => JSON.stringify(now.get(one)) !== JSON.stringify(this.#present.get(one)),
		);
		this.#present = now;
		return moved;
	}

	/** The calls that were not there, are no more, or were taken since; as they were and as they are. */
	#changedAmong(calls: readonly OpenCall[]): OpenCall[] {
		const before = this.#calls;
		this.#calls = new Map(calls.map((one) => [one.id, one]));
		const known = [...new Set([...before.keys(), ...this.#calls.keys()])];
		return known
			.filter(
				(id) =>
					before.get(id)?.answeredBy !== this.#calls.get(id)?.answeredBy ||
					!(before.has(id) && this.#calls.has(id)),
			)
			.flatMap((id) => [before.get(id), this.#calls.get(id)].filter((one) => one !== undefined));
	}

	/** Not which and not from whom: whoever takes calls asks for those that they may see. */
	#tellOfCalls(changed: readonly OpenCall[]): void {
		if (changed.length === 0) return;
		for (const { actor, tell } of this.listeners) {
			const theirs = changed.some(({ to, answeredBy }) => to === null || [to, answeredBy].includes(actor.id));
			if (theirs && can(actor, "intake")) tell([{ event: "calls", id: null, data: {} }]);
		}
	}

	/** To each only what they may see; one question for all tabs of one person. */
	async #tell(listeners: readonly Listener[], news: readonly Touched[], moved: readonly string[]) {
		const ids = [...new Set([...news.map((one) => one.id), ...moved])];
		const actors = new Map(listeners.map((one) => [keyOf(one.actor), one.actor]));
		const answers = (await this.#desk.database.read(
			[...actors.values()].map((actor) => visibleTo(actor, ids)),
		)) as { id: string; part: boolean }[][];
		const seenBy = new Map([...actors.keys()].map((key, n) => [key, answers[n] ?? []]));
		for (const listener of listeners) {
			const visible = seenBy.get(keyOf(listener.actor)) ?? [];
			const told = [...casesTold(news, visible), ...this.#presenceTold(moved, visible, listener.actor)];
			if (told.length > 0) listener.tell(told);
		}
	}

	/** Who is where is the office's own business. */
	#presenceTold(moved: readonly string[], visible: readonly { id: string; part: boolean }[], actor: Actor) {
		if (!can(actor, ...STAFF)) return [];
		const open = new Set(visible.flatMap((one) => (one.part ? [] : [one.id])));
		return moved
			.filter((one) => open.has(one))
			.map((one): Told => {
				return { event: "presence", id: null, data: { case: one, people: this.#present.get(one) ?? [] } };
			});
	}

	/** What a listener has missed, and who is where. */
	async catchUp(listener: Listener, since: number | null): Promise<void> {
		const from = (since ?? this.#cursor) - OVERLAP;
		const [rows = []] = (await this.#desk.database.read([
			touchedFor(listener.actor, from, MOST + 1),
		])) as Touched[][];
		if (rows.length > MOST) listener.tell([{ event: "reset", id: this.#cursor, data: {} }]);
		else await this.#tell([listener], rows, [...this.#present.keys()]);
	}
}

function casesTold(news: readonly Touched[], visible: readonly { id: string }[]): Told[] {
	const open = new Set(visible.map((one) => one.id));
	const rows = news.filter((one) => open.has(one.id));
	const last = rows.at(-1);
	if (!last) return [];
	const cases = rows.map(({ id, number, seq }) => ({ id, number, seq }));
	return [{ event: "cases", id: last.at, data: { cases } }];
}

/** The same key, the same sight. */
function keyOf({ id, kind, link, capabilities, organisations, trades, belongsTo }: Actor): string {
	return JSON.stringify([id, kind, link, capabilities, organisations, trades, belongsTo]);
}
