import { readStored, store } from "../parts/stored.ts";
import type { Typed } from "./values.ts";

/** What was typed into a form and not yet sent, kept by case and command. */

const nameOf = (kase: string, command: string) => `draft.${kase}.${command}`;

export function readDraft(kase: string, command: string): Typed | null {
	const text = readStored(nameOf(kase, command));
	if (text === null) return null;
	try {
		return JSON.parse(text) as Typed;
	} catch {
		return null;
	}
}

export function keepDraft(kase: string, command: string, typed: Typed): void {
	store(nameOf(kase, command), JSON.stringify(typed));
}

export function dropDraft(kase: string, command: string): void {
	store(nameOf(kase, command), null);
}

/** A key under which the same form is taken once, however often it is sent. */
export function newKey(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
}
