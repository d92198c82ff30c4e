import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

export type SmtpStandIn = {
	port: number;
	/** What was taken: the envelope, and the message as it came. */
	taken: { from: string; to: string[]; raw: string }[];
	/** Set to have the next recipient refused with this reply. */
	trouble: { code: number; text: string } | null;
	close(): Promise<void>;
};

/** A mail server on a free local port that wants a sign-in and keeps what it takes. */
export async function smtpStandIn(login: { user: string; password: string }): Promise<SmtpStandIn> {
	const state: Omit<SmtpStandIn, "port" | "close"> = { taken: [], trouble: null };
	const server = new SMTPServer({
		authOptional: false,
		// no certificate is needed on this machine; the adapter is told so
		disabledCommands: ["STARTTLS"],
		allowInsecureAuth: true,
		disableReverseLookup: true,
		onAuth: ({ username, password }, _, done) =>
			username === login.user && password === login.password
				? done(null, { user: username })
				: done(Object.assign(new Error("no"), { responseCode: 535 })),
		onRcptTo: (_address, _session, done) => {
			const { trouble } = state;
			state.trouble = null;
			if (trouble === null) return done();
			return done(Object.assign(new Error(trouble.text), { responseCode: trouble.code }));
		},
		onData: (stream, session, done) => {
			const { mailFrom, rcptTo } = session.envelope;
			text(stream).then((raw) => {
				state.taken.push({
					from: mailFrom ? mailFrom.address : "",
					to: rcptTo.map((one) => one.address),
					raw,
				});
				done();
			}, done);
		},
	});
	await new Promise<void>((ready) => server.listen(0, "127.0.0.1", () => ready()));
	const { port } = server.server.address() as AddressInfo;
	return Object.assign(state, {
		port,
		close: () => new Promise<void>((closed) => server.close(() => closed())),
	});
}
