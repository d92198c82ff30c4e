import { expect, test } from "vitest";
import { faultName } from "./fault-name.ts";

const t = (key: string) => key;

test.each([
	["ECONNREFUSED", "fault-refused"],
	["connect ECONNREFUSED 10.0.4.17:443", "fault-refused"],
	["timeout", "fault-timeout"],
	["not-a-web-address", "webhook-url-wrong"],
	["the timeouts are set wrongly", "the timeouts are set wrongly"],
])("%s", (error, said) => {
	expect(faultName(t as never, error)).toBe(said);
});
