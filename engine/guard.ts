import type { LoadedPack } from "./packs/loaded.ts";

/**
 * 外发拦截: every outgoing word passes here first. Phrases come from the pack; personal data is found by form.
 * Formats: PRC mobile numbers (GB/T: 11 digits, 1 then 3–9), resident identity numbers (GB 11643), bank cards
 * (16–19 digits passing Luhn, ISO/IEC 7812), plates (GA 36).
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

const PERSONAL: { rule: string; pattern: RegExp; holds?: (found: string) => boolean }[] = [
	{ rule: "mobile-number", pattern: /(?<!\d)1[3-9]\d(?:[\s-]?\d{4}){2}(?!\d)/g },
	{ rule: "identity-number", pattern: /(?<!\d)\d{17}[\dXx](?!\d)/g },
	{ rule: "bank-card", pattern: /(?<!\d)\d(?:[\s-]?\d){15,18}(?!\d)/g, holds: luhn },
];

/** What stands in the way of sending this text; empty: it may go. */
export function guardText(text: string, pack: LoadedPack): GuardFinding[] {
	const plain = text.normalize("NFKC");
	const lower = plain.toLowerCase();
	const squeezed = lower.replaceAll(/\s+/g, "");
	const findings: GuardFinding[] = [];
	for (const rule of pack.data.guard.phrases) {
		const found = rule.phrases.find((phrase) => {
			const wanted = phrase.normalize("NFKC").toLowerCase();
			return lower.includes(wanted) || (/\p{Script=Han}/u.test(wanted) && squeezed.includes(wanted));
		});
		if (found) findings.push({ rule: rule.id, kind: rule.kind, found, instead: rule.instead, act: rule.act });
	}
	for (const { rule, pattern, holds } of PERSONAL) {
		const found = plain.match(pattern)?.find((one) => holds?.(one) ?? true);
		if (found)
			findings.push({ rule, kind: "personal-data", found: masked(found), instead: null, act: "block" });
	}
	return findings;
}

function masked(found: string): string {
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
