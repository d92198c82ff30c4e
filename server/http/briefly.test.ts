import { expect, test } from "vitest";
import { briefly } from "./briefly.ts";

test("one reading answers all who ask the same within the time", async () => {
	let now = 0;
	let read = 0;
	const keep = briefly<number>(3_000, () => now);
	const next = async () => ++read;
	expect(await Promise.all([keep("a", next), keep("a", next), keep("b", next)])).toEqual([1, 1, 2]);
	now = 2_999;
	expect(await keep("a", next)).toBe(1);
	now = 3_000;
	expect(await keep("a", next)).toBe(3);
});

test("a reading that failed is made again", async () => {
	const keep = briefly<string>(3_000, () => 0);
	await expect(keep("a", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
	expect(await keep("a", async () => "here")).toBe("here");
});
