import type { Problem } from "../api.ts";

/**
 * What was sent while there was no network: kept in the phone, and sent when it is back, in order and exactly once,
 * for each goes out under its own idempotency key however often it is tried.
 */
export interface Sending {
	/** Also its idempotency key. */
	id: string;
	/** What it belongs to: a case, or an order. What belongs together goes out in order. */
	about: string;
	/** In a word or two, for whoever waits for it. */
	what: string;
	path: string;
	body: unknown;
	headers: Record<string, string>;
	at: string;
	/** Why the server would not take it; it is not tried again. */
	refused?: Problem;
}

/** Where it is kept, and how it goes out. */
export interface Ground {
	read: () => Promise<Sending[]>;
	write: (all: Sending[]) => Promise<void>;
	post: (one: Sending) => Promise<Posted>;
}

export type Posted = { ok: true; answer: unknown } | { ok: false; problem: Problem };

export type Sent = { is: "sent"; answer: unknown } | { is: "kept" } | { is: "refused"; problem: Problem };

/** Not reached, or the server is busy or broken for a while: worth trying again. */
export function isPassing({ status }: Problem): boolean {
	return status === 0 || status === 429 || status >= 502;
}

export class Outbox {
	readonly #ground: Ground;
	readonly #listeners = new Set<() => void>();
	#all: readonly Sending[] = [];
	#loaded: Promise<void> | null = null;
	#running: Promise<void> | null = null;

	constructor(ground: Ground) {
		this.#ground = ground;
	}

	get all(): readonly Sending[] {
		return this.#all;
	}

	subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	/** Sends now what can be sent now; otherwise it is kept, behind what waits for the same thing. */
	async send(one: Sending): Promise<Sent> {
		await this.#load();
		if (this.#all.some((known) => known.about === one.about && !known.refused)) {
			await this.#change((all) => [...all, one]);
			await this.flush();
			return this.#all.some((known) => known.id === one.id) ? { is: "kept" } : { is: "sent", answer: null };
		}
		// kept before it goes out: a page that is closed halfway has lost nothing
		await this.#change((all) => [...all, one]);
		return await this.#try(one);
	}

	/** Sends what waits; of what belongs together nothing overtakes. */
	flush(): Promise<void> {
		this.#running ??= this.#flush().finally(() => {
			this.#running = null;
		});
		return this.#running;
	}

	/** Forgets one that was refused. */
	async forget(id: string): Promise<void> {
		await this.#load();
		await this.#change((all) => all.filter((one) => one.id !== id));
	}

	/** Nothing of whoever leaves stays in the phone. */
	async clear(): Promise<void> {
		await this.#load();
		await this.#change(() => []);
	}

	async #flush(): Promise<void> {
		await this.#load();
		const stuck = new Set<string>();
		for (const one of this.#all.filter((known) => !known.refused)) {
			if (stuck.has(one.about)) continue;
			if ((await this.#try(one)).is === "kept") stuck.add(one.about);
		}
	}

	async #try(one: Sending): Promise<Sent> {
		const posted = await this.#ground.post(one);
		if (posted.ok) {
			await this.#change((all) => all.filter((known) => known.id !== one.id));
			return { is: "sent", answer: posted.answer };
		}
		const { problem } = posted;
		if (isPassing(problem)) return { is: "kept" };
		await this.#change((all) =>
			all.map((known) => (known.id === one.id ? { ...known, refused: problem } : known)),
		);
		return { is: "refused", problem };
	}

	#load(): Promise<void> {
		this.#loaded ??= this.#ground.read().then((all) => {
			this.#all = all;
			this.#tell();
		});
		return this.#loaded;
	}

	async #change(how: (all: readonly Sending[]) => Sending[]): Promise<void> {
		const next = how(this.#all);
		this.#all = next;
		this.#tell();
		await this.#ground.write(next);
	}

	#tell(): void {
		for (const listener of this.#listeners) listener();
	}
}
