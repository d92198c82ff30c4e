import type { Money } from "./money.ts";

/** Writing amounts. Apart from the schema of money, so that light pages need no more. */

/** The amount as people write it in a locale: 7500 CNY is "¥75.00" in zh-CN and "CN¥75.00" in en. */
export function formatMoney({ amount, currency }: Money, locale: string): string {
	const format = formatOf(locale, currency);
	const decimals = format.resolvedOptions().maximumFractionDigits ?? 0;
	const digits = Math.abs(exact(amount))
		.toString()
		.padStart(decimals + 1, "0");
	const point = digits.length - decimals;
	// written out in digits, because dividing by 100 would lose the cents of large amounts
	const written = `${digits.slice(0, point)}.${digits.slice(point)}0` as `${number}`;
	return format.format(amount < 0 ? (`-${written}` as `${number}`) : written);
}

/** The amount itself. Throws when it is no whole number that can be held exactly. */
export function exact(amount: number): number {
	if (Number.isSafeInteger(amount)) return amount;
	throw new RangeError(`an amount is a whole number of smallest units below 2^53, not ${amount}`);
}

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(locale: string, currency: string): Intl.NumberFormat {
	const key = `${locale} ${currency}`;
	const format = formats.get(key) ?? new Intl.NumberFormat(locale, { style: "currency", currency });
	formats.set(key, format);
	return format;
}
