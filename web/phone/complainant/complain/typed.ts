/** What has been typed of a complaint, and which question comes next. */

export interface Typed {
	category: string | null;
	words: string;
	spoken: boolean;
	wishes: string[];
	otherWish: string;
	amount: string;
}

export const NOTHING: Typed = {
	category: null,
	words: "",
	spoken: false,
	wishes: [],
	otherWish: "",
	amount: "",
};

/** The questions, in their order; which of them are asked depends on what was answered. */
export const QUESTIONS = ["kind", "words", "proof", "wish", "amount", "check"] as const;
export type Question = (typeof QUESTIONS)[number];

/** Wishes that come with a sum. */
const ABOUT_MONEY: readonly string[] = ["compensation", "refund"];
export const WISHES = ["compensation", "refund", "explanation", "apology", "finish", "discipline"] as const;

export function questionsFor(typed: Typed): Question[] {
	const money = typed.wishes.some((one) => ABOUT_MONEY.includes(one));
	return QUESTIONS.filter((one) => one !== "amount" || money);
}

export function nextAfter(question: Question, typed: Typed): Question {
	const asked = questionsFor(typed);
	return asked[Math.min(asked.indexOf(question) + 1, asked.length - 1)] ?? "check";
}

/** The first question that must be answered and isn't: nobody gets past it. */
export function firstMissing(typed: Typed): Question | null {
	if (typed.category === null) return "kind";
	if (typed.words.trim() === "" && !typed.spoken) return "words";
	return null;
}

/** What a draft holds, wherever it was kept; anything else in it is left aside. */
export function typedFrom(kept: unknown): Typed {
	const given = (typeof kept === "object" && kept !== null ? kept : {}) as Partial<
		Record<keyof Typed, unknown>
	>;
	const text = (value: unknown) => (typeof value === "string" ? value : "");
	return {
		category: typeof given.category === "string" ? given.category : null,
		words: text(given.words),
		spoken: given.spoken === true,
		wishes: Array.isArray(given.wishes) ? given.wishes.filter((one) => typeof one === "string") : [],
		otherWish: text(given.otherWish),
		amount: text(given.amount),
	};
}
