import { generateKeyPairSync } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { payerContract } from "#server/ports/payer.contract.ts";
import type { Payment } from "#server/ports/payer.ts";
import { type WechatPayStandIn, wechatPayStandIn } from "../stand-ins/wechat-pay.ts";
import { type WechatPaySettings, wechatRefund } from "./refund.ts";

const merchant = generateKeyPairSync("rsa", { modulusLength: 2048 });
const platform = generateKeyPairSync("rsa", { modulusLength: 2048 });
const clock = () => "2026-03-01T03:07:30.123Z";
const keys = {
	mchid: "1900000001",
	merchantSerial: "5157F09EFDC096DE15EBE81A47057A72",
	merchantPublicKey: merchant.publicKey,
	platformSerial: "PUB_KEY_ID_0119000000012026",
	platformPrivateKey: platform.privateKey,
};
const settingsFor = (endpoint: string): WechatPaySettings => ({
	endpoint,
	mchid: keys.mchid,
	serial: keys.merchantSerial,
	privateKeyPem: merchant.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
	platformKeysPem: {
		[keys.platformSerial]: platform.publicKey.export({ type: "spki", format: "pem" }).toString(),
	},
	timeoutMs: 2000,
	clock,
});
const payment: Payment = {
	company: "acme",
	item: "item-1",
	amount: 8_000,
	currency: "CNY",
	payee: { kind: "original-order", account: "waybill-1001" },
	reference: "投诉 20260301-7F3K-2 运费退还",
	idempotencyKey: "acme:case-1:9:0",
};

async function open(): Promise<WechatPayStandIn> {
	const server = await wechatPayStandIn(keys, clock);
	for (const number of ["waybill-1001", "waybill-fail-once", "unpaid-1001"])
		server.orders.set(number, 20_000);
	return server;
}
const movedOn = ({ refunds }: WechatPayStandIn) =>
	[...refunds.values()].reduce((sum, { refund }) => sum + refund, 0);

payerContract("WeChat Pay refund", async () => {
	const server = await open();
	return {
		payer: wechatRefund(settingsFor(server.url)),
		payment,
		failsOnce: { kind: "original-order", account: "waybill-fail-once" },
		moved: () => movedOn(server),
		close: server.close,
	};
});

describe("WeChat Pay refund", () => {
	let server: WechatPayStandIn;
	beforeEach(async () => {
		server = await open();
	});
	afterEach(() => server.close());

	const payer = (change: Partial<WechatPaySettings> = {}) =>
		wechatRefund({ ...settingsFor(server.url), ...change });

	test("an answer that is lost leaves the payment pending; asked about, it is done, and paid once", async () => {
		server.nextAnswer = "lost";
		const impatient = payer({ timeoutMs: 500 });
		expect(await impatient.pay(payment)).toMatchObject({ state: "pending", reason: "timeout", retry: true });
		expect(await payer().query(payment.idempotencyKey)).toMatchObject({ state: "done" });
		expect(await payer().pay(payment)).toMatchObject({ state: "done" });
		expect(movedOn(server)).toBe(8_000);
	});

	test.each(["unsigned", "altered", "old", "other key"] as const)(
		"an answer that is %s is not believed",
		async (how) => {
			server.nextAnswer = how;
			expect(await payer().pay(payment)).toMatchObject({
				state: "pending",
				reason: "unreadable",
				retry: true,
			});
			expect(await payer().query(payment.idempotencyKey)).toMatchObject({ state: "done" });
		},
	);

	test.each([
		["NOT_ENOUGH", 403, "failed", "out-of-funds", true],
		["FREQUENCY_LIMITED", 429, "failed", "throttled", true],
		["USER_ACCOUNT_ABNORMAL", 403, "failed", "payee-unavailable", false],
		["INVALID_REQUEST", 400, "failed", "refused", false],
		["NO_AUTH", 403, "failed", "misconfigured", false],
		["SYSTEM_ERROR", 500, "pending", "unreachable", true],
	])("%s is told as such", async (code, status, state, reason, retry) => {
		server.trouble = { code, status };
		const detail = `WeChat Pay answered ${status} ${code}`;
		expect(await payer().pay(payment)).toEqual({ state, reason, retry, detail });
		expect(movedOn(server)).toBe(0);
	});

	test.each([
		["ABNORMAL", "payee-unavailable"],
		["CLOSED", "refused"],
	] as const)("a refund that ends %s has failed", async (outcome, reason) => {
		await payer().pay(payment);
		server.outcome = outcome;
		expect(await payer().query(payment.idempotencyKey)).toMatchObject({
			state: "failed",
			reason,
			retry: false,
		});
	});

	test("keys that only look alike are different refunds", async () => {
		for (const idempotencyKey of ["a:1", "a-1", "a 1", "a".repeat(80), "a".repeat(81)]) {
			await payer().pay({ ...payment, amount: 1, idempotencyKey });
		}
		expect(server.refunds.size).toBe(5);
	});

	test("a long reference is cut between characters", async () => {
		const result = await payer().pay({ ...payment, reference: "退".repeat(50) });
		expect(result).toMatchObject({ state: "pending", receipt: expect.any(String) });
	});

	test("what can't be refunded is failed before any money is asked for", async () => {
		const pay = (change: Partial<Payment>) => payer().pay({ ...payment, ...change });
		expect(await pay({ payee: { kind: "bank", account: "6222" } })).toMatchObject({ reason: "unsupported" });
		expect(await pay({ payee: { kind: "original-order", account: "../../etc" } })).toMatchObject({
			reason: "refused",
		});
		expect(await pay({ currency: "USD" })).toMatchObject({ reason: "refused" });
		expect(await pay({ amount: 20_001 })).toMatchObject({ reason: "refused" });
		expect(await pay({ payee: { kind: "original-order", account: "unpaid-1001" } })).toMatchObject({
			reason: "refused",
		});
		expect(await pay({ payee: { kind: "original-order", account: "no-such-order" } })).toMatchObject({
			state: "failed",
			reason: "not-found",
			retry: false,
		});
		expect(server.refunds.size).toBe(0);
	});

	test("wrong keys are told without showing them", async () => {
		const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
		const privateKeyPem = other.export({ type: "pkcs8", format: "pem" }).toString();
		expect(await payer({ privateKeyPem }).pay(payment)).toMatchObject({
			state: "pending",
			reason: "misconfigured",
		});
		expect(() => payer({ privateKeyPem: "s3cret" })).toThrow(/merchant's private key is not a key/);
		expect(() => payer({ privateKeyPem: "s3cret" })).not.toThrow(/s3cret/);
	});

	test("while WeChat Pay is away nobody claims that an earlier attempt failed", async () => {
		server.nextAnswer = "lost";
		await payer({ timeoutMs: 500 }).pay(payment);
		const away = payer({ endpoint: "http://127.0.0.1:9" });
		expect(await away.pay(payment)).toMatchObject({ state: "pending", reason: "unreachable", retry: true });
		expect(await away.query(payment.idempotencyKey)).toMatchObject({
			state: "pending",
			reason: "unreachable",
		});
		expect(await payer().query(payment.idempotencyKey)).toMatchObject({ state: "done" });
		expect(movedOn(server)).toBe(8_000);
	});

	test("a key used for another order is a conflict", async () => {
		server.orders.set("waybill-1002", 20_000);
		await payer().pay(payment);
		const other = { ...payment, payee: { kind: "original-order", account: "waybill-1002" } } as const;
		expect(await payer().pay(other)).toMatchObject({ state: "failed", reason: "conflict", retry: false });
	});
});
