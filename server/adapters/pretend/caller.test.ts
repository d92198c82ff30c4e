import { expect, test } from "vitest";
import { callerContract } from "#server/ports/caller.contract.ts";
import { pretendCaller } from "./caller.ts";

const now = "2026-03-01T03:07:30.000Z";

callerContract("pretend", async () => {
	const caller = pretendCaller(() => now);
	return { caller, now, recorded: "call-1", held: () => caller.lines().length, close: async () => {} };
});

test("the pretend caller lends the same number for the same case and people", async () => {
	const request = { ref: "c1", from: "13800138000", to: "13900139000", minutes: 10 };
	const lines = [await pretendCaller(() => now).bind(request), await pretendCaller(() => now).bind(request)];
	expect(lines[0]).toEqual(lines[1]);
});
