import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import webpush from "web-push";
import { memorySentBox } from "./adapters/pretend/sent-box.ts";
import type { Ports } from "./jobs/ports.ts";
import { portsFrom, readPortsFile } from "./ports-file.ts";

const folders: string[] = [];
afterEach(() => Promise.all(folders.splice(0).map((one) => rm(one, { recursive: true }))));

async function file(text: string): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), "ports-"));
	folders.push(folder);
	await writeFile(join(folder, "ports.yaml"), text);
	return join(folder, "ports.yaml");
}

const orders = `orders:
  kind: http
  url: "https://orders.example/{company}/{number}"
  credential: { kind: bearer, token: "\${ORDERS_TOKEN}" }
`;

test("secrets come from the environment, also those of several lines", async () => {
	const read = await readPortsFile(await file(orders), { ORDERS_TOKEN: "line one\nline two" });
	expect(read.orders?.credential).toEqual({ kind: "bearer", token: "line one\nline two" });
});

test("a variable that is not set is named", async () => {
	await expect(readPortsFile(await file(orders), {})).rejects.toThrow("set ORDERS_TOKEN in the environment");
});

test("what is wrong is said with its place", async () => {
	const wrong = await file("payer: { kind: cheque }");
	await expect(readPortsFile(wrong, {})).rejects.toThrow(/payer\.kind/);
	await expect(readPortsFile("/nowhere/ports.yaml", {})).rejects.toThrow("set the path of a file");
});

test("what the file leaves out stays as it was", async () => {
	const pretend = {
		notifier: { send: async () => ({ ok: true as const, receipt: "" }) },
	} as unknown as Ports;
	const read = await readPortsFile(await file(orders), { ORDERS_TOKEN: "t" });
	const ports = portsFrom(read, pretend, () => "2026-01-01T00:00:00.000Z", memorySentBox());
	expect(ports.notifier).toBe(pretend.notifier);
	expect(ports.orders).toBeDefined();
});

test("the way of sending text messages that is named is opened, others are refused", async () => {
	const account =
		"accessKeyId: id, accessKeySecret: secret, endpoint: 'http://127.0.0.1:9', signName: 诉达, templates: {}";
	const read = await readPortsFile(await file(`sms: { kind: alibaba, ${account} }`), {});
	const ports = portsFrom(read, {} as Ports, () => "2026-01-01T00:00:00.000Z", memorySentBox());
	const message = { company: "acme", wording: "offer", language: "en", text: "…", idempotencyKey: "1" };
	const sent = (kind: "sms" | "email") =>
		ports.notifier.send({ ...message, to: { kind, address: "13800138000" } });
	expect(await sent("sms")).toMatchObject({
		reason: "misconfigured",
		detail: expect.stringContaining("offer"),
	});
	// nobody is to believe that they were told
	expect(await sent("email")).toMatchObject({ reason: "unsupported" });
	expect(ports.channels).toEqual(["sms"]);
	await expect(readPortsFile(await file("sms: { kind: pigeon }"), {})).rejects.toThrow(/sms\.kind/);
});

test("every way of sending, and who tells what became of it", async () => {
	const vapid = webpush.generateVAPIDKeys();
	const read = await readPortsFile(
		await file(`email: { kind: smtp, host: mail.example, user: redress, password: "\${SMTP}", from: "诉达 <a@b.cn>" }
wechat:
  kind: official-account
  appId: wx1
  appSecret: "\${WECHAT}"
  templates: { zh-CN: { offer-made: { id: tpl, fields: { thing1: text } } } }
push: { kind: web-push, subject: "mailto:a@b.cn", publicKey: ${vapid.publicKey}, privateKey: "\${VAPID}" }
told: { sms: { kind: alibaba, key: a-key-that-nobody-guesses-1 }, wechat: { token: our-token } }
`),
		{ SMTP: "s", WECHAT: "w", VAPID: vapid.privateKey },
	);
	const ports = portsFrom(read, {} as Ports, () => "2026-01-01T00:00:00.000Z", memorySentBox());
	expect(ports.channels).toEqual(["wechat", "email", "push"]);
	expect(ports.pushKey).toBe(vapid.publicKey);
	expect(ports.wechat.appId).toBe("wx1");
	expect(Object.keys(ports.tellers)).toEqual(["sms", "wechat"]);
});

test("what can't be right is refused at the start", async () => {
	const calls = "told: { calls: { kind: alibaba, key: a-key-that-nobody-guesses-1 } }";
	const orphan = await readPortsFile(await file(calls), {});
	expect(() => portsFrom(orphan, {} as Ports, () => "", memorySentBox())).toThrow(/told\.calls needs caller/);
	for (const [text, place] of [
		["told: { sms: { kind: alibaba, key: short } }", /told\.sms\.key/],
		["push: { kind: web-push, subject: 'mailto:a@b.cn', publicKey: x, privateKey: y }", /push\.privateKey/],
		["email: { kind: smtp, host: mail.example, from: '诉达 <a@b.cn>', tls: maybe }", /email\.tls/],
	] as const)
		await expect(readPortsFile(await file(text), {})).rejects.toThrow(place);
});
