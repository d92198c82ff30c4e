import { randomInt, randomUUIDv7 } from "node:crypto";

/** A new id: UUID version 7 (RFC 9562), so that ids sort by the time they were made. */
export function newId(): string {
	return randomUUIDv7();
}

/** Crockford's base 32: no letters that are taken for one another on the phone. */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * A case number: day, seven random letters and a check letter, 260118-7K4Q2M8C. A gapless counter would queue all
 * filings; seven letters keep two filings of one day apart (10,000 a day: one clash in two years, and that is drawn
 * again). The check letter (weighted sum modulo 31) finds a wrong letter and swapped neighbours, but for 0 taken for Z.
 * @param day YYYY-MM-DD in the company's zone
 */
export function newNumber(day: string): string {
	const date = day.slice(2).replaceAll("-", "");
	const random = Array.from({ length: 7 }, () => LETTERS[randomInt(32)]).join("");
	return `${date}-${random}${checkLetter(date + random)}`;
}

export function isNumber(text: string): boolean {
	const plain = text.toUpperCase().replaceAll(/[\s-]/g, "");
	return /^\d{6}[0-9A-Z]{8}$/.test(plain) && checkLetter(plain.slice(0, 13)) === plain[13];
}

function checkLetter(text: string): string {
	const sum = [...text].reduce((total, letter, n) => total + LETTERS.indexOf(letter) * (n + 2), 0);
	return LETTERS[sum % 31] ?? "0";
}
