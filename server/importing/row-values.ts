/** What a row of a file holds, by column or JSON key. */
export type RowValues = Readonly<Record<string, unknown>>;

/** What stands at a path: a column of just that name first, else step by step into the row; undefined: nothing. */
export function valueAt(row: RowValues, path: string): unknown {
	if (Object.hasOwn(row, path)) return row[path];
	let value: unknown = row;
	for (const step of path.split(".")) {
		if (value === null || typeof value !== "object" || !Object.hasOwn(value, step)) return undefined;
		value = (value as RowValues)[step];
	}
	return value;
}

/** A cell as text; lists are joined, nothing is an empty text; null for an object. */
export function textOf(value: unknown): string | null {
	if (value === undefined || value === null) return "";
	if (Array.isArray(value)) {
		const texts = value.map(textOf);
		if (texts.some((one) => one === null)) return null;
		return texts.join(/\p{Script=Han}/u.test(texts.join("")) ? "、" : ", ");
	}
	return typeof value === "object" ? null : String(value);
}
