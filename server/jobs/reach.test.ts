import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { instantPlus } from "#engine/time/instant.ts";
import { type FaultReason, fault } from "../ports/fault.ts";
import type { ChannelKind, Message } from "../ports/notifier.ts";
import { commit } from "../store/commit.ts";
import type { Database } from "../store/database/database.ts";
import { testDatabase } from "../store/database/testing.ts";
import { seal } from "../store/kept.ts";
import { noteDeliveries } from "../store/notices.ts";
import { type Holder, saveDevice, saveWish, type WishRow } from "../store/wishes.ts";
import { deviceId } from "./notice-send.ts";
import { type DeskUnderTest, deskUnderTest, MONDAY } from "./testing.ts";

let database: Database<unknown>;
let under: DeskUnderTest;
/** What went out, by which way; `fails` says which ways take nothing, and why. */
let out: Message[];
let fails: Partial<Record<ChannelKind, FaultReason>>;

beforeAll(async () => {
	database = await testDatabase();
});
beforeEach(async () => {
	under = await deskUnderTest(database);
	out = [];
	fails = {};
	under.outside.notifier = {
		send: async (message) => {
			out.push(message);
			const reason = fails[message.to.kind];
			if (!reason) return { ok: true, receipt: `${under.company}-${message.to.kind}-${out.length}` };
			const gone = message.to.kind === "push" ? { gone: [endpoint] } : {};
			return { ...fault(reason, "no"), ...gone };
		},
	};
});
afterAll(() => database.close());

const endpoint = "https://push.example/1";

async function device(holder: Holder): Promise<void> {
	const keys = { p256dh: "A".repeat(87), auth: "A".repeat(22) };
	const sealed = seal(JSON.stringify({ endpoint, keys }), under.desk.keys);
	await commit(database, ...saveDevice(under.company, { holder, id: deviceId(endpoint), sealed }, under.now));
}

async function wish(holder: Holder, change: Partial<WishRow> & { address?: string }): Promise<void> {
	const { address, ...rest } = change;
	const row: WishRow = {
		...{ holder, channels: ["sms"], language: null, quietFrom: null, quietTo: null },
		...{ urgentRings: true, emailMask: null, openid: null },
		email: address ? seal(address, under.desk.keys) : null,
		...rest,
	};
	await commit(database, saveWish(under.company, row, under.now));
}

const told = async (wording: string) => {
	const [row] = await under.read<Record<string, unknown>>(
		`select channel, state, receipt, until, tried from notice where company = $1 and wording = $2`,
		under.company,
		wording,
	);
	return row;
};

describe("by which ways", () => {
	test("a courier's phone is rung, and they read it in the product as well", async () => {
		await device("person:courier-1");
		await under.file();
		await under.run({ kinds: ["effect"] });
		expect(await told("complaint-filed-against-you")).toMatchObject({ channel: "push", state: "sent" });
		const push = out.find((one) => one.to.kind === "push");
		expect(push).toMatchObject({
			title: expect.stringMatching(/^快捷 /),
			link: expect.stringMatching(/^https:/),
		});
		expect(JSON.parse(push?.to.address ?? "")).toMatchObject([{ endpoint }]);
	});

	test("a device that is gone is forgotten, and the notice stands in the product", async () => {
		fails = { push: "not-found" };
		await device("person:courier-1");
		await under.file();
		await under.run({ kinds: ["effect"] });
		expect(await told("complaint-filed-against-you")).toMatchObject({
			channel: "in-app",
			state: "sent",
			tried: [{ channel: "push", why: "not-found" }],
		});
		expect(await under.read("select 1 from push_subscription where company = $1", under.company)).toEqual([]);
		expect(await under.read("select 1 from due where kind = 'effect'")).toEqual([]);
	});

	test("a party's own order and language; what is not known is passed over, what fails is followed by the next", async () => {
		fails = { email: "not-found" };
		const { case: id } = await under.file();
		await wish(`party:${id}:p1`, {
			channels: ["wechat", "email"],
			language: "en",
			address: "li@example.com",
		});
		await under.run({ kinds: ["effect"] });
		const complainant = out.map((one) => [one.to.kind, one.to.address, one.language]);
		expect(complainant).toEqual([
			["email", "li@example.com", "en"],
			["sms", "13800001234", "en"],
		]);
		expect(out[0]?.text).toContain("Your complaint is received");
		expect(new Set(out.map((one) => one.idempotencyKey)).size).toBe(1);
		expect(await told("complaint-received")).toMatchObject({
			channel: "sms",
			state: "sent",
			tried: [{ channel: "email", why: "not-found" }],
		});
	});

	test("a way that may yet work is tried some times before the next one", async () => {
		fails = { email: "unreachable" };
		const { case: id } = await under.file();
		await wish(`party:${id}:p1`, { channels: ["email"], address: "li@example.com" });
		for (let minutes = 0; minutes < 4; minutes += 1) {
			under.now = instantPlus(MONDAY, { minutes });
			await under.run({ kinds: ["effect"] });
		}
		expect(out.map((one) => one.to.kind)).toEqual(["email", "email", "email", "sms"]);
		expect(await told("complaint-received")).toMatchObject({ channel: "sms", state: "sent" });
	});

	test("ways that nobody set up fail for good, for somebody to mend", async () => {
		fails = { sms: "unsupported" };
		await under.file();
		await under.run({ kinds: ["effect"] });
		expect(await told("complaint-received")).toMatchObject({ state: "failed", receipt: "unsupported" });
		expect(await under.read("select last_error from due where failed_at is not null")).toEqual([
			{ last_error: "unsupported" },
		]);
	});

	test("a new link goes out at once, by their way and in their language, and once", async () => {
		const { case: id } = await under.file({ language: "en" });
		await under.run({ kinds: ["effect"] });
		out.length = 0;
		await under.effect(id, { do: "send-link", party: "p1", by: "handler" });
		await under.run({ kinds: ["effect"] });
		await under.run({ kinds: ["effect"] });
		expect(out).toHaveLength(1);
		expect(out[0]).toMatchObject({
			...{ wording: "account.link", language: "en", to: { kind: "sms", address: "13800001234" } },
			...{ text: expect.stringContaining("Your new link"), link: `https://redress.test/p1/${id.slice(-4)}` },
		});
		expect(await told("account.link")).toMatchObject({ channel: "sms", state: "sent" });
	});

	test("a message that was taken and didn't arrive goes out by the next way, in the same words", async () => {
		const { case: id } = await under.file();
		await wish(`party:${id}:p1`, { channels: ["sms", "email"], address: "li@example.com" });
		await under.run({ kinds: ["effect"] });
		const before = await told("complaint-received");
		expect(before).toMatchObject({ channel: "sms", state: "sent" });
		const report = { receipt: String(before?.receipt), delivered: false, why: "MK:0001", at: under.now };
		const [rows] = await commit(database, noteDeliveries("sms", [report]));
		const [failed] = rows as { key: string }[];
		await under.effect(id, { do: "resend", notice: failed!.key });
		await under.run({ kinds: ["effect"] });
		expect(out.map((one) => one.to.kind)).toEqual(["sms", "email"]);
		expect(out[1]?.text).toBe(out[0]?.text);
		expect(await told("complaint-received")).toMatchObject({
			channel: "email",
			state: "sent",
			tried: [{ channel: "sms", why: "MK:0001" }],
		});
		// told again it changes nothing
		expect(await commit(database, noteDeliveries("sms", [report]))).toEqual([[]]);
	});

	test("a message that arrived says so, and is not sent again", async () => {
		await under.file();
		await under.run({ kinds: ["effect"] });
		const { receipt } = (await told("complaint-received")) as { receipt: string };
		await commit(database, noteDeliveries("sms", [{ receipt, delivered: true, why: null, at: under.now }]));
		expect(await told("complaint-received")).toMatchObject({ state: "delivered" });
	});
});

describe("when not", () => {
	const EVENING = "2026-03-02T12:30:00.000Z"; // half past eight in Shanghai
	const NINE = "2026-03-03T01:00:00.000Z";

	test("one's own quiet hours count instead of the trade's", async () => {
		under.now = EVENING;
		const { case: id } = await under.file();
		await wish(`party:${id}:p1`, { quietFrom: "20:00", quietTo: "09:00" });
		await under.run({ kinds: ["effect"] });
		expect(await told("complaint-received")).toMatchObject({ state: "waiting", until: NINE });
		expect(out).toEqual([]);
		under.now = NINE;
		await under.run({ kinds: ["effect"] });
		expect(await told("complaint-received")).toMatchObject({ state: "sent", until: null });
	});

	test("what is critical rings, unless they said that nothing may", async () => {
		under.now = EVENING;
		for (const urgentRings of [true, false]) {
			const { case: id } = await under.file();
			await wish(`party:${id}:p1`, { quietFrom: "20:00", quietTo: "09:00", urgentRings });
			await under.act(under.actor("duty", "duty-manager"), id, "GradeCase", {
				...{ urgency: "critical", severity: "A", why: "危险品泄漏" },
			});
			out = [];
			await under.run({ kinds: ["effect"] });
			expect(out.length > 0).toBe(urgentRings);
		}
	});

	test("one recipient's night holds up nobody else", async () => {
		under.now = EVENING;
		await device("person:finance");
		await wish("person:finance", { channels: ["push"], quietFrom: "20:00", quietTo: "09:00" });
		const { case: id } = await under.file();
		await under.settle();
		out = [];
		await under.effect(id, { do: "notify", to: { capability: "pay" }, notice: "item-failed" });
		await under.run({ kinds: ["effect"] });
		expect(await told("item-failed")).toMatchObject({ channel: "push", state: "waiting", until: NINE });
	});
});
