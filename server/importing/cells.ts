import type { FactDeclaration, FactValue } from "#engine/rules/facts.ts";

/** What stands in a cell, read into the values that commands take. Null: it can't be read so. */

/**
 * An amount in yuan as people write it (199, ¥1,234.50, 1.2万元, 人民币 300 元整), in fen; of another currency with
 * hundredths likewise.
 */
export function readAmount(text: string): number | null {
	const plain = text.normalize("NFKC").replaceAll(/\s|,(?=\d{3})|人民币|rmb|cny|¥|元整?|圆整?/gi, "");
	const [, whole, decimals = "", tenThousand] = /^(\d{1,12})(?:\.(\d{1,6}))?(万)?$/.exec(plain) ?? [];
	if (whole === undefined) return null;
	const places = tenThousand ? 6 : 2;
	if (/[1-9]/.test(decimals.slice(places))) return null;
	const amount = Number(whole + decimals.slice(0, places).padEnd(places, "0"));
	return Number.isSafeInteger(amount) ? amount : null;
}

const YES = new Set(["true", "yes", "y", "1", "是", "有", "对", "已"]);
const NO = new Set(["false", "no", "n", "0", "否", "无", "没有", "不是", "未"]);

export function readYesNo(text: string): boolean | null {
	const plain = text.normalize("NFKC").trim().toLowerCase();
	if (YES.has(plain)) return true;
	return NO.has(plain) ? false : null;
}

/** A fact as its pack declares it. */
export function readFact(text: string, declared: FactDeclaration): FactValue | null {
	switch (declared.type) {
		case "money":
			return readAmount(text);
		case "bool":
			return readYesNo(text);
		case "int":
			return /^-?\d{1,15}$/.test(text) ? Number(text) : null;
		case "decimal":
			return /^-?\d{1,15}(\.\d{1,10})?$/.test(text) ? Number(text) : null;
		case "string":
			return !declared.values || declared.values.includes(text) ? text : null;
		case "strings": {
			const members = text
				.split(/[、,，;；|]/)
				.map((one) => one.trim())
				.filter(Boolean);
			return members.every((one) => !declared.values || declared.values.includes(one)) ? members : null;
		}
	}
}

/** What a fact must look like in a cell, in words. */
export function expectedFact(declared: FactDeclaration): string {
	const closed = declared.values ? `one of ${declared.values.join(", ")}` : null;
	const words: Record<FactDeclaration["type"], string> = {
		money: "an amount such as 1234.50",
		bool: "yes or no (是 or 否)",
		int: "a whole number",
		decimal: "a number",
		string: closed ?? "a text",
		strings: closed ? `a list of ${closed}` : "a list of texts",
	};
	return words[declared.type];
}
