import { type Refusal, refusal } from "./decision.ts";
import type { Kept } from "./kept.ts";
import type { Pack } from "./packs/schema.ts";

/**
 * 外发拦截: every outgoing word passes here first. Phrases come from the pack; personal data is found by form.
 * Formats: PRC mobile numbers (11 digits, 1 then 3–9, with or without +86), resident identity numbers (GB 11643, with
 * their check digit), bank cards (16–19 digits passing Luhn, ISO/IEC 7812), e-mail addresses, plates (GA 36).
 */
export interface GuardFinding {
	rule: string;
	kind:
		| "forbidden"
		| "off-platform-payment"
		| "off-platform-contact"
		| "beyond-authority"
		| "heat"
		| "personal-data";
	found: string;
	instead: { zh: string; en: string } | null;
	act: "block" | "ask-reason";
}

/** As much of a pack as the guard reads. */
export interface Guarded {
	data: { guard: Pick<Pack["guard"], "phrases"> };
}

interface Form {
	rule: string;
	pattern: RegExp;
	holds?: (found: string) => boolean;
	act: GuardFinding["act"];
}

/** Numbers that belong to a person. */
const NUMBERS: readonly Form[] = [
	{
		rule: "mobile-number",
		pattern: /(?<!\d)(?:(?:\+|00)?86[\s-]?)?1[3-9]\d(?:[\s-]?\d{4}){2}(?!\d)/g,
		act: "block",
	},
	// every digit set apart, the way people write to get past a filter
	{ rule: "mobile-number", pattern: /(?<!\d)1([\s.·_-])[3-9](?:\1\d){9}(?!\d)/g, act: "block" },
	{
		rule: "identity-number",
		pattern: /(?<!\d)\d{17}[\dXx](?!\d)/g,
		holds: isIdentityNumber,
		act: "block",
	},
	{ rule: "bank-card", pattern: /(?<!\d)[3-69](?:[\s-]?\d){15,18}(?!\d)/g, holds: luhn, act: "block" },
];
const OTHERS: readonly Form[] = [
	{ rule: "e-mail", pattern: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, act: "block" },
	// a motorist's own plate may have to be named: asked why
	{
		rule: "plate",
		pattern:
			/[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·\s]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]/gi,
		act: "ask-reason",
	},
];

/** Everything personal that is found by its form. */
export const FORMS: readonly Form[] = [...NUMBERS, ...OTHERS];

/** What stands in the way of sending this text; empty: it may go. */
export function guardText(text: string, pack: Guarded): GuardFinding[] {
	const plain = text.normalize("NFKC");
	return [...phrasesIn(plain, pack), ...personalIn(plain)];
}

function phrasesIn(plain: string, pack: Guarded): GuardFinding[] {
	const lower = plain.toLowerCase();
	const squeezed = lower.replaceAll(/[\s\p{P}\p{S}]+/gu, "");
	return pack.data.guard.phrases.flatMap((rule): GuardFinding[] => {
		const found = rule.phrases.find((phrase) => {
			const wanted = phrase.normalize("NFKC").toLowerCase();
			return lower.includes(wanted) || (/\p{Script=Han}/u.test(wanted) && squeezed.includes(wanted));
		});
		return found ? [{ rule: rule.id, kind: rule.kind, found, instead: rule.instead, act: rule.act }] : [];
	});
}

/** Personal data in a text, shown masked. */
export function personalIn(text: string): GuardFinding[] {
	const plain = inDigits(text.normalize("NFKC"));
	const findings = new Map<string, GuardFinding>();
	for (const { rule, pattern, holds, act } of FORMS) {
		const found = plain.match(pattern)?.find((one) => holds?.(one) ?? true);
		if (found && !findings.has(rule))
			findings.set(rule, { rule, kind: "personal-data", found: masked(found), instead: null, act });
	}
	return [...findings.values()];
}

/** Runs of Chinese numerals long enough to be a number read out, as digits. */
export function inDigits(text: string): string {
	return text.replaceAll(/[〇零一幺二两三四五六七八九\d]{11,}/g, (run) =>
		[...run].map((one) => DIGITS[one] ?? one).join(""),
	);
}
const DIGITS: Record<string, string> = Object.fromEntries(
	[
		...Object.entries({
			〇: 0,
			零: 0,
			一: 1,
			幺: 1,
			二: 2,
			两: 2,
			三: 3,
			四: 4,
			五: 5,
			六: 6,
			七: 7,
			八: 8,
			九: 9,
		}),
	].map(([sign, value]) => [sign, String(value)]),
);

/**
 * Why words may not go out, or null. `formal`: decisions and letters, which quote what was said: nothing is forbidden
 * there outright, but a reason is asked for.
 * @throws when the words did not come with the command: the edge hands in the text of everything it kept
 */
export function guardOutgoing(
	{ words, pack, formal = false }: { words: Record<string, string>; pack: Guarded; formal?: boolean },
	kept: Kept,
	reason: Kept | undefined,
): Refusal | null {
	const text = words[kept.ref];
	if (text === undefined) throw new Error(`the text of ${kept.ref} did not come with the command`);
	const findings = guardText(text, pack);
	const blocked = formal ? [] : findings.filter((one) => one.act === "block");
	if (blocked.length > 0)
		return refusal("GuardBlocked", {
			rules: blocked.map((one) => one.rule),
			found: blocked.map((one) => one.found),
		});
	if (findings.length > 0 && !reason)
		return refusal("GuardAsksReason", {
			rules: findings.map((one) => one.rule),
			found: findings.map((one) => one.found),
		});
	return null;
}

/** The text with every mobile, identity and bank card number masked. */
export function maskNumbers(text: string): string {
	return NUMBERS.reduce(
		(done, { pattern, holds }) =>
			done.replace(pattern, (found) => ((holds?.(found) ?? true) ? masked(found) : found)),
		text,
	);
}

export function masked(found: string): string {
	return `${found.slice(0, 3)}…${found.slice(-2)}`;
}

function luhn(found: string): boolean {
	const digits = [...found].filter((one) => one >= "0" && one <= "9").map(Number);
	const sum = digits.reverse().reduce((total, digit, n) => {
		const doubled = n % 2 === 1 ? digit * 2 : digit;
		return total + (doubled > 9 ? doubled - 9 : doubled);
	}, 0);
	return sum % 10 === 0;
}

/** GB 11643: weights 2^(17−n) modulo 11, the check character among 1 0 X 9 … 2. */
function isIdentityNumber(found: string): boolean {
	const sum = [...found.slice(0, 17)].reduce(
		(total, digit, n) => total + Number(digit) * (2 ** (17 - n) % 11),
		0,
	);
	return "10X98765432"[sum % 11] === found.slice(-1).toUpperCase();
}
