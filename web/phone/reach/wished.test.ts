import { expect, test } from "vitest";
import { first, problemOf, switched, type Wished, type Wishes, wishedFrom } from "./wished.ts";

const wished: Wished = { channels: ["sms", "email"], language: null, quiet: null, urgentRings: true };

test("what is not set up here is not wished for", () => {
	const wishes = {
		...wished,
		channels: ["wechat", "sms"],
		ways: [
			{ channel: "sms", open: true, address: null },
			{ channel: "wechat", open: false, address: null },
		],
	} as unknown as Wishes;
	expect(wishedFrom(wishes)).toEqual({ ...wished, channels: ["sms"] });
});

test("a way is switched off, on as the last one, or put first", () => {
	expect(switched(wished, "sms")).toEqual(["email"]);
	expect(switched(wished, "push")).toEqual(["sms", "email", "push"]);
	expect(first(wished, "email")).toEqual(["email", "sms"]);
});

test.each([
	[{}, null],
	[{ quiet: { from: "22:00", to: "22:00" } }, "quiet-same"],
	[{ quiet: { from: "22:00", to: "08:00" } }, null],
	[{ email: "nobody" }, "email-wrong"],
	[{ email: "li@example.com" }, null],
])("%j is held up by %s", (how, problem) => {
	expect(problemOf({ ...wished, ...how })).toBe(problem);
});
