/** Chinese numerals as people say them: 三百五, 两千, 一万二, 3万5. */

const DIGITS: Readonly<Record<string, number>> = {
	...{ 零: 0, 〇: 0, 一: 1, 幺: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 },
	...{ 壹: 1, 贰: 2, 叁: 3, 肆: 4, 伍: 5, 陆: 6, 柒: 7, 捌: 8, 玖: 9 },
};
const UNITS: Readonly<Record<string, number>> = {
	...{ 十: 10, 百: 100, 千: 1_000, 万: 10_000, 亿: 100_000_000 },
	...{ 拾: 10, 佰: 100, 仟: 1_000 },
};

/** Letters that a numeral may be made of. */
export const NUMERAL = `${Object.keys(DIGITS).join("")}${Object.keys(UNITS).join("")}`;

/** A run of digits read out one by one (幺三八零零一三八零零零), in digits; other letters stay. */
export function digitsIn(text: string): string {
	return [...text].map((one) => String(DIGITS[one] ?? one)).join("");
}

/** The number that a numeral says; null when it is none. */
export function numberOf(text: string): number | null {
	const mixed = /^(\d+(?:\.\d+)?)([十百千万亿]*)(.*)$/.exec(text);
	if (mixed) return mixedNumber(Number(mixed[1]), mixed[2] ?? "", mixed[3] ?? "");
	if (!/[十百千万亿拾佰仟]/.test(text)) return digitByDigit(text);
	return spoken(text);
}

/** 1.5万, 3万5, 2千. */
function mixedNumber(lead: number, units: string, rest: string): number | null {
	const scale = [...units].reduce((product, one) => product * (UNITS[one] ?? 1), 1);
	if (rest === "") return lead * scale;
	const tail = numberOf(rest);
	if (tail === null || scale === 1) return null;
	// 3万5 is thirty-five thousand: a bare digit counts in the next unit
	return lead * scale + (/^.$/.test(rest) ? (tail * scale) / 10 : tail);
}

/** A single digit, or several as a year is read. */
function digitByDigit(text: string): number | null {
	const digits = digitsIn(text);
	return /^\d+$/.test(digits) ? Number(digits) : null;
}

function spoken(text: string): number | null {
	const sum = { all: 0, section: 0, digit: 0, unit: 1, skipped: false };
	for (const letter of text) {
		const digit = DIGITS[letter];
		const unit = UNITS[letter];
		if (digit !== undefined) {
			sum.skipped = digit === 0;
			sum.digit = digit;
		} else if (unit === undefined) return null;
		else take(sum, unit);
	}
	// 三百五 is three hundred and fifty, 三百零五 is not
	const counts = sum.digit > 0 && sum.unit >= 100 && !/零|〇/.test(text.slice(-2)) ? sum.unit / 10 : 1;
	return sum.all + sum.section + sum.digit * counts;
}

function take(sum: { all: number; section: number; digit: number; unit: number }, unit: number): void {
	if (unit >= 10_000) {
		sum.all = (sum.all + sum.section + sum.digit) * unit;
		sum.section = 0;
	} else sum.section += (sum.digit || 1) * unit;
	sum.digit = 0;
	sum.unit = unit;
}
