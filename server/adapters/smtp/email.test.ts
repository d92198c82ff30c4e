import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { notifierContract } from "#server/ports/notifier.contract.ts";
import type { Message } from "#server/ports/notifier.ts";
import { memorySentBox } from "../pretend/sent-box.ts";
import { type SmtpStandIn, smtpStandIn } from "../stand-ins/smtp.ts";
import { type EmailSettings, smtpEmail } from "./email.ts";
import { letterHtml } from "./letter.ts";

const login = { user: "redress", password: "a-secret-that-must-not-show" };
const message: Message = {
	company: "acme",
	to: { kind: "email", address: "li.xiaoming@example.com" },
	wording: "complaint-received",
	language: "zh-CN",
	title: "快达 260118-7K4Q2",
	text: "您的投诉已收到，编号 260118-7K4Q2。\n进度：https://redress.test/c/abc",
	link: "https://redress.test/c/abc",
	idempotencyKey: "case-1:3:0",
};
const settingsFor = (port: number): EmailSettings => ({
	host: "127.0.0.1",
	port,
	tls: "none",
	...login,
	from: "诉达 <service@kuaida.example>",
	timeoutMs: 2_000,
	clock: () => "2026-03-01T03:07:30.123Z",
});

notifierContract("e-mail", async () => {
	const server = await smtpStandIn(login);
	const box = memorySentBox();
	return {
		notifier: smtpEmail(settingsFor(server.port), box),
		message,
		sent: box.all,
		wentOut: () => server.taken.length,
		close: server.close,
	};
});

/** A part of a mail as it reads. */
function part(raw: string, type: string): string {
	const [, head = "", body = ""] =
		new RegExp(
			`content-type: ${type}[^]*?\\r\\n((?:[\\w-]+:[^\\r]*\\r\\n)*)\\r\\n([^]*?)(?:\\r\\n--|$)`,
			"i",
		).exec(raw) ?? [];
	if (/base64/i.test(head)) return Buffer.from(body, "base64").toString("utf8");
	const quoted = body.replaceAll(/=\r\n/g, "");
	return Buffer.from(
		quoted.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
		"latin1",
	).toString("utf8");
}

describe("e-mail", () => {
	let server: SmtpStandIn;
	beforeEach(async () => {
		server = await smtpStandIn(login);
	});
	afterEach(() => server.close());
	const send = (change: Partial<Message> = {}, settings: Partial<EmailSettings> = {}) =>
		smtpEmail({ ...settingsFor(server.port), ...settings }, memorySentBox()).send({ ...message, ...change });

	test("plain text and the same as a page, from the company, to one recipient", async () => {
		expect(await send()).toMatchObject({ ok: true, receipt: expect.stringMatching(/@kuaida\.example>$/) });
		const [mail] = server.taken;
		expect(mail).toMatchObject({ from: "service@kuaida.example", to: ["li.xiaoming@example.com"] });
		const raw = mail?.raw ?? "";
		expect(raw).toMatch(/^Auto-Submitted: auto-generated/im);
		expect(raw).toMatch(/multipart\/alternative/);
		expect(part(raw, "text/plain")).toContain("您的投诉已收到，编号 260118-7K4Q2。");
		expect(part(raw, "text/html")).toContain('<a href="https://redress.test/c/abc"');
	});

	test("a line break in a heading makes no other heading", async () => {
		await send({ title: "一\r\nBcc: somebody@else.example" });
		expect(server.taken[0]?.to).toEqual(["li.xiaoming@example.com"]);
		const [head] = (server.taken[0]?.raw ?? "").split("\r\n\r\n");
		expect(head).toMatch(/^Subject:/m);
		expect(head).not.toMatch(/^Bcc:/im);
	});

	test.each([
		[550, "5.1.1 no such user li.xiaoming@example.com", "not-found", false],
		[554, "5.7.1 refused", "refused", false],
		[451, "4.7.1 greylisted", "throttled", true],
	])("%i is told as such, without the address", async (code, text, reason, retry) => {
		server.trouble = { code, text };
		const result = await send();
		expect(result).toMatchObject({ ok: false, reason, retry });
		expect(JSON.stringify(result)).not.toContain("xiaoming");
	});

	test("a wrong password is a setting's fault, no server is worth another try, and neither tells a secret", async () => {
		const wrong = await send({}, { password: "another-secret" });
		expect(wrong).toMatchObject({ ok: false, reason: "misconfigured", retry: false });
		const away = await send({}, { port: 9 });
		expect(away).toMatchObject({ ok: false, reason: "unreachable", retry: true });
		expect(JSON.stringify([wrong, away])).not.toMatch(/secret|xiaoming/);
	});

	test("where TLS is wanted and the server has none, nothing is said", async () => {
		expect(await send({}, { tls: "starttls" })).toMatchObject({ ok: false, reason: "misconfigured" });
		expect(server.taken).toEqual([]);
	});

	test("what is no address is refused before anything is asked", async () => {
		for (const address of ["nobody", "a@b", "a@b.cn, c@d.cn", "a@b.cn\r\nRCPT TO:<c@d.cn>"])
			expect(await send({ to: { kind: "email", address } })).toMatchObject({ ok: false, reason: "refused" });
		expect(await send({ to: { kind: "sms", address: "1" } })).toMatchObject({ reason: "unsupported" });
		expect(server.taken).toEqual([]);
	});
});

test("the page shows words as words, and a button where the text has no link", () => {
	const page = letterHtml({ ...message, title: "<b>", text: '<script>alert("1")</script>' });
	expect(page).not.toMatch(/<script|<b>/);
	expect(page).toContain("查看进度");
	expect(letterHtml({ ...message, language: "en", text: "Hello" })).toContain("See the case");
	expect(letterHtml(message)).not.toContain("查看进度");
});
