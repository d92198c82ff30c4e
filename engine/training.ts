import type { Pack } from "./packs/schema.ts";

/** One course of a pack: its cards and the questions of its test. */
export type Course = Pack["improvement"]["training"][string];

export interface Marked {
	/** 0 to 100. */
	score: number;
	/** Question by question. */
	right: boolean[];
}

/** Marks a test by the numbers of what was chosen; null when that is not one answer for each question. */
export function markTest({ questions }: Course, answers: readonly number[]): Marked | null {
	if (answers.length !== questions.length) return null;
	const right = questions.map((one, n) => one.right === answers[n]);
	return { score: Math.round((100 * right.filter(Boolean).length) / right.length), right };
}
