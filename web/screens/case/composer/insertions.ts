import { STEPS, type StepName } from "#engine/steps/names.ts";
import type { CaseStudy } from "../../../api.ts";
import type { Names } from "../../../labels.ts";
import { type About, filledWith, talkFor } from "../../../steps/talk-parts.ts";

/** What `::`, `@@` and `??` put into a text. No page. */

export interface Insertion {
	key: string;
	/** What it is for, or whose it is. */
	title: string;
	/** What is put in. */
	text: string;
}

/** As typed with a Chinese or a Latin keyboard. */
export const PREFIXES = { wording: ["::", "：："], person: ["@@"], study: ["??", "？？"] } as const;
export type Prefix = keyof typeof PREFIXES;

/** The sign before the caret, and what was typed after it. */
export interface Asked {
	prefix: Prefix | null;
	typed: string;
}

/** @param before the text up to the caret */
export function askedIn(before: string): Asked {
	let found = { at: -1, prefix: null as Prefix | null, sign: "" };
	for (const [prefix, signs] of Object.entries(PREFIXES))
		for (const sign of signs) {
			const at = before.lastIndexOf(sign);
			if (at > found.at) found = { at, prefix: prefix as Prefix, sign };
		}
	return { prefix: found.prefix, typed: found.at < 0 ? "" : before.slice(found.at + found.sign.length) };
}

/**
 * Ready words for a side: those for the steps that are open and for what the case is about come first, letters last.
 * Whoever is written to is 您, and not a masked name.
 */
export function wordingFor(
	{ pack, say }: Pick<Names, "pack" | "say">,
	side: "complainant" | "respondent" | "department",
	about: About,
	open: readonly StepName[],
	blanks: Readonly<Record<string, string>>,
): Insertion[] {
	const wording = pack?.data.wording[say.language];
	if (!wording) return [];
	const steps = STEPS.toSorted((a, b) => Number(open.includes(b)) - Number(open.includes(a)));
	const lines = steps.flatMap((step) =>
		talkFor(withoutNames(wording.talk, say.language), step, side, about, blanks)
			.filter((one) => one.fits)
			.flatMap(({ parts, title }) =>
				parts.map((part) => ({ key: `${step}.${part.id}`, title: `${title} · ${part.act}`, text: part.say })),
			),
	);
	const letters = Object.entries(side === "department" ? {} : wording.letters).map(([key, letter]) => ({
		key: `letter.${key}`,
		title: filledWith(letter.subject, blanks).say,
		text: filledWith(addressed(letter.body, say.language), blanks).say,
	}));
	return [...lines, ...letters];
}

function withoutNames<T>(talk: T, language: "zh" | "en"): T {
	return JSON.parse(JSON.stringify(talk), (key, value: unknown) =>
		key === "say" && typeof value === "string" ? addressed(value, language) : value,
	) as T;
}

function addressed(text: string, language: "zh" | "en"): string {
	if (language === "en") return text.replaceAll(/(?:Dear )?\{\{customer\}\}(?=[,:])/g, "Hello");
	return text.replaceAll(
		/\{\{customer\}\}(您好)?(?=[：，。:,])?/g,
		(_, hello: string | undefined) => hello ?? "您好",
	);
}

/** Colleagues, by name. */
export function peopleFor(
	people: Readonly<Record<string, { alias: string; kind: string; roles: readonly string[] }>>,
	roleName: (role: string) => string,
): Insertion[] {
	return Object.entries(people)
		.filter(([, one]) => one.kind === "staff")
		.map(([id, { alias, roles }]) => ({
			key: id,
			title: roles.map(roleName).join(" · "),
			text: `@${alias} `,
		}));
}

/** Who is named in a note: the longest name wins where one begins like another. */
export function mentionedIn(text: string, people: readonly Insertion[]): string[] {
	let rest = text;
	const found: string[] = [];
	for (const one of people.toSorted((a, b) => b.text.length - a.text.length)) {
		const name = one.text.trim();
		if (!rest.includes(name)) continue;
		found.push(one.key);
		rest = rest.replaceAll(name, " ");
	}
	return found;
}

export function studiesFor(studies: readonly CaseStudy[], write: (study: CaseStudy) => string): Insertion[] {
	return studies.map((one) => ({ key: one.case, title: `${one.number} ${one.lesson}`, text: write(one) }));
}

const MOST_SHOWN = 30;

/** Those that hold what was typed after the sign. */
export function matching(all: readonly Insertion[], typed: string): Insertion[] {
	const wanted = typed.trim().toLowerCase();
	return all
		.filter(({ title, text }) => `${title} ${text}`.toLowerCase().includes(wanted))
		.slice(0, MOST_SHOWN);
}
