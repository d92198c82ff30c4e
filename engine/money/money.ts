import { z } from "zod";
import { exact } from "./format.ts";

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/**
 * An amount of money: a whole number of the currency's smallest unit (7500 CNY is 75 yuan, 7500 JPY is 7500
 * yen), negative when it is owed the other way. The currency is an ISO 4217 code.
 */
export const Money = z.strictObject({
	amount: z.int(),
	currency: z
		.string()
		.regex(/^[A-Z]{3}$/, "expected an ISO 4217 currency code such as CNY")
		.refine((code) => CURRENCIES.has(code), "no currency has this ISO 4217 code"),
});
export type Money = z.infer<typeof Money>;

/** What becomes of a part of the smallest unit; told of the magnitude, so that -x rounds to minus what x does. */
export type Rounding = "half-up" | "down" | "up";

/** The sum. Throws when the currencies differ or the sum can't be held exactly. */
export function add(a: Money, b: Money): Money {
	return { amount: exact(a.amount + b.amount), currency: sameCurrency(a, b) };
}

/** `a` less `b`. Throws when the currencies differ or the difference can't be held exactly. */
export function subtract(a: Money, b: Money): Money {
	return { amount: exact(a.amount - b.amount), currency: sameCurrency(a, b) };
}

/** Negative, 0 or positive as `a` is less than, the same as or more than `b`. Throws when currencies differ. */
export function compare(a: Money, b: Money): number {
	sameCurrency(a, b);
	return a.amount === b.amount ? 0 : a.amount < b.amount ? -1 : 1;
}

/** The smallest of one or more amounts. Throws when there is none, or currencies differ. */
export function least(...amounts: readonly Money[]): Money {
	return pick(amounts, -1);
}

/** The largest of one or more amounts. Throws when there is none, or currencies differ. */
export function greatest(...amounts: readonly Money[]): Money {
	return pick(amounts, 1);
}

/** The amount, or the cap if that is less; a null cap is none. Throws when currencies differ. */
export function capped(money: Money, cap: Money | null): Money {
	return cap === null ? money : least(money, cap);
}

/**
 * So many per cent of an amount in smallest units, exactly, then rounded to a whole unit. The percentage has
 * at most 4 decimals, as a number (12.5) or in digits ("12.5"); anything else throws a RangeError.
 */
export function percentOf(amount: number, percent: number | string, rounding: Rounding): number {
	const dividend = BigInt(exact(amount)) * tenThousandths(percent);
	const magnitude = dividend < 0n ? -dividend : dividend;
	const whole = magnitude / PERCENT;
	const rest = magnitude % PERCENT;
	const up = rounding === "up" ? rest > 0n : rounding === "half-up" && 2n * rest >= PERCENT;
	return signed(up ? whole + 1n : whole, dividend < 0n);
}

/**
 * An amount in smallest units divided by shares (of any sum: 70 and 30, or 1, 1 and 1; at most 4 decimals), so
 * that the parts add up exactly: each part is rounded down, and the units left go one each to the parts that
 * lost most, the earlier first among equals. A share of 0 gets 0. Throws a RangeError when no share is above 0.
 */
export function splitByShares(amount: number, shares: readonly (number | string)[]): number[] {
	const weights = shares.map(tenThousandths);
	const sum = weights.reduce((total, weight) => total + weight, 0n);
	if (sum === 0n) throw new RangeError("an amount can only be split when at least one share is above 0");
	const whole = BigInt(Math.abs(exact(amount)));
	const parts = weights.map((weight, place) => ({
		place,
		part: (whole * weight) / sum,
		lost: (whole * weight) % sum,
	}));
	let left = whole - parts.reduce((total, { part }) => total + part, 0n);
	for (const share of [...parts].sort((a, b) =>
		a.lost === b.lost ? a.place - b.place : a.lost > b.lost ? -1 : 1,
	)) {
		if (left === 0n) break;
		share.part += 1n;
		left -= 1n;
	}
	return parts.map(({ part }) => signed(part, amount < 0));
}

const PERCENT = 1_000_000n; // 100 %, in ten-thousandths of a per cent

function tenThousandths(percent: number | string): bigint {
	const [, whole, decimals = ""] = /^(\d+)(?:\.(\d{1,4}))?$/.exec(String(percent)) ?? [];
	if (whole === undefined) {
		throw new RangeError(`expected a number from 0 with at most 4 decimals, such as 12.5, not ${percent}`);
	}
	return BigInt(whole + decimals.padEnd(4, "0"));
}

function signed(magnitude: bigint, negative: boolean): number {
	const value = exact(Number(magnitude));
	return negative && value !== 0 ? -value : value;
}

function sameCurrency(a: Money, b: Money): string {
	if (a.currency === b.currency) return a.currency;
	throw new TypeError(`amounts in ${a.currency} and ${b.currency} can't be set against each other`);
}

function pick(amounts: readonly Money[], wanted: 1 | -1): Money {
	const [first, ...others] = amounts;
	if (first === undefined) throw new RangeError("the least or greatest of no amount at all doesn't exist");
	return others.reduce((best, next) => (compare(next, best) === wanted ? next : best), first);
}
