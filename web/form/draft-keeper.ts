import type { Typed } from "./values.ts";

/** Keeps one draft: at once in this browser, a moment later on the server; the browser's copy goes once it is there. */

/** How a draft stands: nothing typed; being saved; on the server since then; here only, until the server is reached. */
export type DraftState = { is: "none" } | { is: "keeping" } | { is: "kept"; at: string } | { is: "here" };

/** Where drafts go. */
export interface DraftPlaces {
	/** In this browser; null forgets. */
	store: (text: string | null) => void;
	put: (typed: Typed) => Promise<{ at: string }>;
	remove: () => Promise<unknown>;
	/** Runs something later; answers how to call it off. */
	later: (run: () => void, ms: number) => () => void;
}

/** Stands here for a draft that was thrown away while the server could not be told. */
export const GONE = "null";
const REST_MS = 700;
const AGAIN_MS = 20_000;

export class DraftKeeper {
	readonly #places: DraftPlaces;
	readonly #changed: (state: DraftState) => void;
	#typed: Typed | null = null;
	/** What is here has not reached the server. */
	#dirty = false;
	#callOff: () => void = () => {};
	#under: Promise<void> = Promise.resolve();

	constructor(places: DraftPlaces, changed: (state: DraftState) => void) {
		this.#places = places;
		this.#changed = changed;
	}

	/** Something was typed. */
	keep(typed: Typed): void {
		this.#typed = typed;
		this.#dirty = true;
		this.#places.store(JSON.stringify(typed));
		this.#changed({ is: "keeping" });
		this.#wait(REST_MS);
	}

	/** It was taken, or is not wanted any more. */
	drop(): void {
		this.#typed = null;
		this.#dirty = true;
		this.#places.store(GONE);
		this.#changed({ is: "none" });
		this.flush();
	}

	/** Saves what waits to be saved, without waiting any longer. */
	flush(): Promise<void> {
		this.#callOff();
		// one after the other: a slow save must not come after the draft was dropped
		this.#under = this.#under.then(() => (this.#dirty ? this.#save() : undefined));
		return this.#under;
	}

	/** No more retries: the form is gone. What is not saved yet stays in the browser. */
	close(): void {
		void this.flush();
		this.#closed = true;
	}
	#closed = false;

	#wait(ms: number): void {
		this.#callOff();
		this.#callOff = this.#places.later(() => void this.flush(), ms);
	}

	async #save(): Promise<void> {
		const typed = this.#typed;
		try {
			const at = typed ? (await this.#places.put(typed)).at : await this.#places.remove().then(() => null);
			if (this.#typed !== typed) return; // more was typed meanwhile, and is waiting
			this.#dirty = false;
			this.#places.store(null);
			this.#tell(at === null ? { is: "none" } : { is: "kept", at });
		} catch {
			if (this.#typed !== typed) return;
			this.#tell(typed ? { is: "here" } : { is: "none" });
			if (!this.#closed) this.#wait(AGAIN_MS);
		}
	}

	#tell(state: DraftState): void {
		if (!this.#closed) this.#changed(state);
	}
}
