import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { callerContract } from "#server/ports/caller.contract.ts";
import { type AlibabaStandIn, alibabaStandIn } from "../stand-ins/alibaba.ts";
import { alibabaMaskedLine, type MaskedLineSettings } from "./masked-line.ts";

const key = { accessKeyId: "LTAI-example", accessKeySecret: "a-secret-that-must-not-show" };
const now = "2026-03-01T23:40:30.123Z";
const settingsFor = (endpoint: string): MaskedLineSettings => ({
	...key,
	endpoint,
	timeoutMs: 2000,
	clock: () => now,
	poolKey: "FC100000000000001",
	recorded: true,
});

callerContract("Alibaba Cloud number protection", async () => {
	const server = await alibabaStandIn(key, () => now);
	server.recordings.set("call-1", Buffer.alloc(200_000, 7));
	return {
		caller: alibabaMaskedLine(settingsFor(server.url)),
		now,
		recorded: "call-1",
		held: () => server.bound.size,
		close: server.close,
	};
});

describe("Alibaba Cloud number protection", () => {
	let server: AlibabaStandIn;
	beforeEach(async () => {
		server = await alibabaStandIn(key, () => now);
	});
	afterEach(() => server.close());

	const request = { ref: "20260301-7F3K-2", from: "+8613800138000", to: "13900139000", minutes: 30 };
	const bind = () => alibabaMaskedLine(settingsFor(server.url)).bind(request);

	test("the end is told in Beijing time, over midnight UTC too, and the case travels along", async () => {
		await bind();
		expect(server.accepted).toEqual([
			{
				Action: "BindAxb",
				PoolKey: "FC100000000000001",
				PhoneNoA: "13800138000",
				PhoneNoB: "13900139000",
				Expiration: "2026-03-02 08:10:30",
				IsRecordingEnabled: "true",
				OutId: "20260301-7F3K-2",
			},
		]);
	});

	test.each([
		["isv.NO_AVAILABLE_NUMBER", "full", true],
		["isv.FLOW_LIMIT", "throttled", true],
		["isv.BIND_CONFLICT", "conflict", false],
		["isv.POOLKEY_NOT_EXISTS", "misconfigured", false],
		["isv.EXPIRE_DATE_ILLEGAL", "refused", false],
	])("%s is told as such", async (code, reason, retry) => {
		server.trouble = { code, status: 200 };
		expect(await bind()).toEqual({
			ok: false,
			reason,
			retry,
			detail: `BindAxb: ${code} (request F655A8D5-B967)`,
		});
	});

	test("a recording that isn't there, or not yet, is not found; an outage is worth another try", async () => {
		const caller = alibabaMaskedLine(settingsFor(server.url));
		const fetch = () => caller.recording({ id: "call-9", at: now });
		expect(await fetch()).toMatchObject({ ok: false, reason: "not-found" });
		server.trouble = { code: "isp.SYSTEM_ERROR", status: 200 };
		expect(await fetch()).toMatchObject({ ok: false, retry: true });
		server.trouble = { code: "isp.RAM_PERMISSION_DENY", status: 200 };
		expect(await fetch()).toMatchObject({ ok: false, reason: "misconfigured" });
	});

	test("a binding made elsewhere is refused, and an outage while releasing is worth another try", async () => {
		const caller = alibabaMaskedLine(settingsFor(server.url));
		expect(await caller.release("pretend-1")).toMatchObject({ ok: false, reason: "refused" });
		server.trouble = { code: "isp.SYSTEM_ERROR", status: 200 };
		expect(await caller.release("17100000001/1")).toMatchObject({ ok: false, retry: true });
	});
});
