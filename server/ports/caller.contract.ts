import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "./caller.ts";

export type CallerUnderTest = {
	caller: Caller;
	/** The instant the adapter takes for now. */
	now: string;
	/** How many lines are bound, as the other side counts. */
	held(): number;
	/** The name of a call whose recording is there. */
	recorded: string;
	close(): Promise<void>;
};

const request = { ref: "20260301-7F3K-2", from: "13800138000", to: "+8613900139000", minutes: 30 };

/** What every caller keeps to. `open` gives a fresh one with no line bound. */
export function callerContract(name: string, open: () => Promise<CallerUnderTest>): void {
	describe(`caller: ${name}`, () => {
		let under: CallerUnderTest;
		beforeEach(async () => {
			under = await open();
		});
		afterEach(() => under.close());

		test("a line has a number that is neither side's, and ends when it was asked to", async () => {
			const line = await under.caller.bind(request);
			if (!line.ok) throw new Error(line.detail);
			expect(line.number).toMatch(/^\d+$/);
			expect([request.from, request.to]).not.toContain(line.number);
			expect(Date.parse(line.expiresAt) - Date.parse(under.now)).toBe(30 * 60_000);
			expect(line.expiresAt).toMatch(/\.\d{3}Z$/);
			expect(under.held()).toBe(1);
		});

		test("the binding doesn't give the real numbers away", async () => {
			const line = await under.caller.bind(request);
			expect(JSON.stringify(line)).not.toMatch(/13800138000|13900139000/);
		});

		test("a released line is free, and releasing it again is no fault", async () => {
			const line = await under.caller.bind(request);
			if (!line.ok) throw new Error(line.detail);
			expect(await under.caller.release(line.binding)).toEqual({ ok: true });
			expect(under.held()).toBe(0);
			expect(await under.caller.release(line.binding)).toEqual({ ok: true });
		});

		test("two cases have two lines", async () => {
			const first = await under.caller.bind(request);
			const second = await under.caller.bind({ ...request, ref: "20260301-8A2C-5", to: "13700137000" });
			if (!first.ok || !second.ok) throw new Error("no line");
			expect(second.binding).not.toBe(first.binding);
			expect(under.held()).toBe(2);
		});

		test("a recording is read whole, and the same each time", async () => {
			const read = async () => {
				const recording = await under.caller.recording({ id: under.recorded, at: under.now });
				if (!recording.ok) throw new Error(recording.detail);
				return await buffer(recording.content);
			};
			const first = await read();
			expect(first.length).toBeGreaterThan(100);
			expect(await read()).toEqual(first);
		});

		test("numbers and minutes nobody could bind are refused", async () => {
			for (const wrong of [
				{ from: "not a number" },
				{ to: "" },
				{ to: request.from },
				{ minutes: 0 },
				{ minutes: 1 },
				{ minutes: 2.5 },
				{ minutes: Number.NaN },
			]) {
				const result = await under.caller.bind({ ...request, ...wrong });
				expect(result).toMatchObject({ ok: false, reason: "refused", retry: false });
			}
			expect(under.held()).toBe(0);
		});
	});
}
