import { createHash } from "node:crypto";
import { createTransport } from "nodemailer";
import { z } from "zod";
import type { Clock } from "#server/ports/clock.ts";
import { type Fault, type FaultReason, fault } from "#server/ports/fault.ts";
import type { Message, Notifier, OpenNotifier, SendResult, SentBox } from "#server/ports/notifier.ts";
import { sendingOnce } from "../sending-once.ts";
import { letterHtml } from "./letter.ts";

export type EmailSettings = {
	host: string;
	port: number;
	/** `implicit`: TLS from the first byte (465); `starttls`: required before anything is said; `none`: for a relay on this machine. */
	tls: "implicit" | "starttls" | "none";
	user?: string | undefined;
	password?: string | undefined;
	/** Who it is from, e.g. `诉达 <service@example.com>`. */
	from: string;
	/** Where answers go, when not to `from`. */
	replyTo?: string | undefined;
	/** A certificate authority of one's own, as PEM. */
	caPem?: string | undefined;
	timeoutMs: number;
	clock: Clock;
};

/** `email: { kind: smtp … }` of PORTS_FILE, read into what opens the notifier. */
export const SmtpChannel = z
	.strictObject({
		kind: z.literal("smtp"),
		host: z.string().min(1),
		port: z.int().min(1).max(65_535).default(465),
		tls: z.enum(["implicit", "starttls", "none"]).default("implicit"),
		user: z.string().min(1).optional(),
		password: z.string().min(1).optional(),
		from: z.string().min(3),
		replyTo: z.string().min(3).optional(),
		caPem: z.string().min(1).optional(),
		timeoutMs: z.int().min(100).default(15_000),
	})
	.transform(
		(settings): OpenNotifier =>
			(clock, box) =>
				smtpEmail({ ...settings, clock }, box),
	);

/** A plain address, as far as it can be told by looking; whether somebody reads it only the other side knows. */
export const EmailAddress = z.email().max(254);

/** Sends e-mail through an SMTP server (RFC 5321): plain text, and the same as a simple page. */
export function smtpEmail(settings: EmailSettings, box: SentBox): Notifier {
	const { host, port, tls, user, password, caPem, timeoutMs } = settings;
	const transport = createTransport({
		host,
		port,
		secure: tls === "implicit",
		requireTLS: tls === "starttls",
		ignoreTLS: tls === "none",
		...(user === undefined ? {} : { auth: { user, pass: password ?? "" } }),
		...(caPem === undefined ? {} : { tls: { ca: caPem } }),
		connectionTimeout: timeoutMs,
		greetingTimeout: timeoutMs,
		socketTimeout: timeoutMs,
		disableFileAccess: true,
		disableUrlAccess: true,
	});
	const send = async (message: Message): Promise<SendResult> => {
		if (message.to.kind !== "email")
			return fault("unsupported", `e-mail can't reach an address of kind ${message.to.kind}`);
		if (!EmailAddress.safeParse(message.to.address).success)
			return fault("refused", "that is no e-mail address");
		try {
			const sent = await transport.sendMail({
				from: settings.from,
				...(settings.replyTo === undefined ? {} : { replyTo: settings.replyTo }),
				to: { name: "", address: message.to.address },
				subject: message.title ?? firstLine(message.text),
				text: withLink(message),
				html: letterHtml(message),
				// the same message sent again after a crash is recognised by mail programmes
				messageId: messageIdOf(message, settings.from),
				headers: { "Auto-Submitted": "auto-generated", "Content-Language": message.language },
			});
			return { ok: true, receipt: sent.messageId };
		} catch (error) {
			return faultOf(error, host);
		}
	};
	return sendingOnce("smtp", box, settings.clock, send);
}

function withLink({ text, link }: Message): string {
	return link && !text.includes(link) ? `${text}\n\n${link}` : text;
}

const SUBJECT_LETTERS = 60;

function firstLine(text: string): string {
	const [line = ""] = text.trim().split("\n");
	const letters = [...line];
	return letters.length > SUBJECT_LETTERS ? `${letters.slice(0, SUBJECT_LETTERS).join("")}…` : line;
}

function messageIdOf({ company, idempotencyKey }: Message, from: string): string {
	const digest = createHash("sha256")
		.update(JSON.stringify([company, idempotencyKey]))
		.digest("hex");
	const domain = /@([\w.-]+)/.exec(from)?.[1] ?? "localhost";
	return `<${digest.slice(0, 40)}@${domain}>`;
}

/** Codes of nodemailer for what went wrong before or beside the server's answer. */
const reasons: Readonly<Record<string, FaultReason>> = {
	ETIMEDOUT: "timeout",
	ECONNECTION: "unreachable",
	ESOCKET: "unreachable",
	EDNS: "unreachable",
	ECONNREFUSED: "unreachable",
	ECONNRESET: "unreachable",
	EPROTOCOL: "unreadable",
	ETLS: "misconfigured",
	EAUTH: "misconfigured",
	ENOAUTH: "misconfigured",
	ECONFIG: "misconfigured",
};

/**
 * The server's reply code (RFC 5321, 4.2; RFC 3463) says more than the library's code: 4yz may pass later, of 5yz a
 * mailbox that doesn't exist is told apart. The server's words may repeat the address: they stay out.
 */
function faultOf(error: unknown, host: string): Fault {
	if (!(error instanceof Error)) throw error;
	const {
		code = "",
		responseCode,
		response = "",
	} = error as Error & {
		code?: string;
		responseCode?: number;
		response?: string;
	};
	const detail = `${host}: ${[code, responseCode].filter(Boolean).join(" ") || error.name}`;
	// the sign-in or TLS was refused, not the message
	if (reasons[code] === "misconfigured" && (responseCode ?? 500) >= 500)
		return fault("misconfigured", detail);
	if (responseCode !== undefined && responseCode >= 400 && responseCode < 500)
		return fault("throttled", detail);
	if (responseCode !== undefined && responseCode >= 500)
		return fault(/\b5\.1\.[0-3]\b|\b55[013]\b/.test(response) ? "not-found" : "refused", detail);
	return fault(reasons[code] ?? "unreachable", detail);
}
