import { FORMS, type Guarded, type GuardFinding, inDigits, masked } from "./guard.ts";

/** Where in a text the guard finds something, for marking it while it is typed. */
export interface GuardPlace {
	from: number;
	/** One past the last character. */
	to: number;
	finding: GuardFinding;
}

/** Every place that the guard would find, in reading order; where two overlap, the one that begins first. */
export function guardPlaces(text: string, pack: Guarded): GuardPlace[] {
	const flat = flatten(text);
	const places = [...phrasePlaces(flat, pack), ...personalPlaces(flat)].sort(
		(a, b) => a.from - b.from || b.to - a.to,
	);
	const kept: GuardPlace[] = [];
	for (const one of places) if (one.from >= (kept.at(-1)?.to ?? 0)) kept.push(one);
	return kept;
}

/** A text as the guard compares it, and where each of its characters came from. */
interface Flat {
	plain: string;
	from: number[];
	to: number[];
}

function flatten(text: string): Flat {
	const flat: Flat = { plain: "", from: [], to: [] };
	let at = 0;
	for (const sign of text) {
		const plain = sign.normalize("NFKC");
		for (let n = 0; n < plain.length; n += 1) {
			flat.from.push(at);
			flat.to.push(at + sign.length);
		}
		flat.plain += plain;
		at += sign.length;
	}
	return flat;
}

/** Without blanks and signs, as people write to get past a filter. */
function squeeze({ plain, from, to }: Flat): Flat {
	const kept: Flat = { plain: "", from: [], to: [] };
	let at = 0;
	for (const sign of plain) {
		if (!/[\s\p{P}\p{S}]/u.test(sign)) {
			kept.plain += sign;
			for (let n = at; n < at + sign.length; n += 1) {
				kept.from.push(from[n] ?? 0);
				kept.to.push(to[n] ?? 0);
			}
		}
		at += sign.length;
	}
	return kept;
}

function phrasePlaces(flat: Flat, pack: Guarded): GuardPlace[] {
	const squeezed = squeeze(flat);
	return pack.data.guard.phrases.flatMap(({ id, kind, phrases, instead, act }) =>
		phrases.flatMap((phrase) => {
			const wanted = phrase.normalize("NFKC").toLowerCase();
			const plain = occurrences(flat, wanted);
			const found =
				plain.length === 0 && /\p{Script=Han}/u.test(wanted) ? occurrences(squeezed, wanted) : plain;
			return found.map(([from, to]) => ({
				from,
				to,
				finding: { rule: id, kind, found: phrase, instead, act },
			}));
		}),
	);
}

function occurrences({ plain, from, to }: Flat, wanted: string): [number, number][] {
	const lower = lowered(plain);
	const found: [number, number][] = [];
	for (let n = lower.indexOf(wanted); n >= 0; n = lower.indexOf(wanted, n + wanted.length))
		found.push([from[n] ?? 0, to[n + wanted.length - 1] ?? 0]);
	return found;
}

/** Lower case, sign by sign, so that every sign keeps its place. */
function lowered(plain: string): string {
	return [...plain]
		.map((sign) => (sign.toLowerCase().length === sign.length ? sign.toLowerCase() : sign))
		.join("");
}

function personalPlaces({ plain, from, to }: Flat): GuardPlace[] {
	const digits = inDigits(plain);
	return FORMS.flatMap(({ rule, pattern, holds, act }) =>
		[...digits.matchAll(pattern)]
			.filter(([found]) => holds?.(found) ?? true)
			.map(({ 0: found, index }) => ({
				from: from[index] ?? 0,
				to: to[index + found.length - 1] ?? 0,
				finding: { rule, kind: "personal-data" as const, found: masked(found), instead: null, act },
			})),
	);
}
