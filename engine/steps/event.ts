import type { Instant } from "../time/instant.ts";

/** What happened: a past-tense name and plain data that carries results, never instructions. */
export interface Event<T extends string = string, D = unknown> {
	type: T;
	data: D;
}

/** Where an event stands in its history. */
export interface Meta {
	at: Instant;
	by: string;
	seq: number;
}
