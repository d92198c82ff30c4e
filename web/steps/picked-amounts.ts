import { matchesOf, type Picked } from "./picked.ts";
import { NUMERAL, numberOf } from "./picked-numerals.ts";

/** Amounts in words, as one types them in whole currency: ¥75, 300元, 三百五十块, 1.5万, RMB 300. */
export function amountsIn(text: string): Picked[] {
	const found = PATTERNS.flatMap((pattern) =>
		matchesOf(text, pattern).flatMap(
			({ found: whole, from, groups: [number = "", tenths = ""] }): Picked[] => {
				const value = amountOf(number, tenths);
				if (value === null) return [];
				return [{ kind: "amount", value, from, to: from + whole.length }];
			},
		),
	);
	// what is demanded goes before what was paid
	return found.sort((a, b) => demanded(text, b) - demanded(text, a) || a.from - b.from);
}

const FIGURE = `(?:\\d{1,3}(?:[,，]\\d{3})+|\\d+)(?:\\.\\d{1,2})?`;
const SAID = `(?:${FIGURE}\\s?[百千万]?\\d?|[${NUMERAL}]+)`;
/** 一块玻璃: a piece of something. */
const THINGS = "玻璃|木|板|石|布|表|手表|电池|砖|地|屏|肉|蛋糕|儿|区|状|头";
const PATTERNS = [
	new RegExp(`(?:¥|￥|RMB|CNY|人民币)\\s?(${FIGURE}[百千万]?)`, "gi"),
	// 三块五, 25块8: the digit after it is a tenth
	new RegExp(
		`(?<![¥￥\\d.])(${SAID})\\s?(?:元|块钱|圆|块(?!${THINGS}))(?:([\\d一二三四五六七八九])(?![\\d${NUMERAL}个人件天次]))?`,
		"g",
	),
	new RegExp(`(?<![¥￥\\d.])(${FIGURE})\\s?(?:yuan|rmb|cny|kuai)\\b`, "gi"),
	// without a unit only where a demand comes just before: 赔我三百, 退两千五
	new RegExp(
		`(?:赔偿?|退款?|补偿?|扣|收|付|花)(?:我|了|给我|给)?\\s?([${NUMERAL}]*[百千万][${NUMERAL}]*|\\d+(?:\\.\\d+)?[百千万]\\d?)(?![${NUMERAL}\\d元块圆分个天年月日号公里米斤件])`,
		"g",
	),
];

function amountOf(number: string, tenths: string): string | null {
	const plain = number.replaceAll(/[,，\s]/g, "");
	const whole = numberOf(plain);
	const tenth = tenths === "" ? 0 : (numberOf(tenths) ?? 0);
	if (whole === null || (whole === 0 && tenth === 0)) return null;
	const cents = Math.round(whole * 100) + tenth * 10;
	if (cents > 99_999_999_99) return null;
	return cents % 100 === 0 ? String(cents / 100) : (cents / 100).toFixed(2);
}

function demanded(text: string, { from, to }: Picked): number {
	const before = text.slice(Math.max(0, from - 8), from) + text.slice(from, to);
	return /赔|退|要求|补偿|claim|refund|compensat/i.test(before) ? 1 : 0;
}
