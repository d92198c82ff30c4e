import type { FastifyReply, FastifyRequest } from "fastify";
import { languageOf, sendProblem } from "../http/problem.ts";
import type { Accounts } from "./accounts.ts";
import { ADDRESS_HEADER } from "./address.ts";
import { AUTH_PATH } from "./auth.ts";
import { PASSWORD_LENGTH } from "./passwords.ts";
import { type AccountRefusal, accountProblem, isReason, refusalOf } from "./words.ts";

/** Between the HTTP edge and the sign-in library: few of its doors are open, and it answers in our words. */
export const OPEN = [
	{ path: "/sign-in/username", summary: "Sign in by name and password" },
	{ path: "/phone-code/send", summary: "Send a code for signing in to a phone" },
	{ path: "/sign-in/phone-number", summary: "Sign in by a code sent to the phone" },
	{ path: "/sign-out", summary: "Sign out" },
	{ path: "/change-password", summary: "Change one's own password" },
	{ path: "/two-factor/enable", summary: "Begin to set up a second factor" },
	{ path: "/two-factor/verify-totp", summary: "Give the second factor" },
	{ path: "/two-factor/verify-backup-code", summary: "Give a backup code instead" },
	{ path: "/two-factor/generate-backup-codes", summary: "New backup codes" },
	{ path: "/two-factor/disable", summary: "Give up the second factor" },
] as const;

const PASSED_ON = ["cookie", "user-agent", "accept-language"] as const;

/** Asks the library, telling it the request's own address. */
export function askAuth(
	accounts: Pick<Accounts, "auth" | "publicUrl">,
	request: FastifyRequest,
	path: string,
	body: unknown,
): Promise<Response> {
	const headers = new Headers({ "content-type": "application/json", [ADDRESS_HEADER]: request.ip });
	for (const name of PASSED_ON) {
		const value = request.headers[name];
		if (value !== undefined) headers.set(name, value);
	}
	const url = new URL(AUTH_PATH + path, accounts.publicUrl);
	return accounts.auth.handler(
		new Request(url, { method: "POST", headers, body: JSON.stringify(body ?? {}) }),
	);
}

/**
 * Hands the library's answer on: its cookies; its body without session tokens, which no script need see; a failure as
 * a problem document.
 *
 * @throws when the library failed for no fault of the asker.
 */
export async function answerFrom(
	response: Response,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<FastifyReply> {
	for (const one of response.headers.getSetCookie()) reply.header("set-cookie", one);
	const text = await response.text();
	const body: unknown = text === "" ? null : JSON.parse(text);
	reply.header("cache-control", "no-store");
	if (response.ok) return reply.send(withoutTokens(body));
	if (response.status >= 500) throw new Error(`The sign-in library answered ${response.status}.`);
	const refusal = refusalFrom(response.status, body);
	if (typeof refusal.detail.minutes === "number") reply.header("retry-after", refusal.detail.minutes * 60);
	return sendProblem(reply, accountProblem(refusal, languageOf(request.headers["accept-language"])));
}

function withoutTokens(body: unknown): unknown {
	if (body === null || typeof body !== "object") return {};
	const {
		token: _token,
		user: _user,
		redirect: _redirect,
		url: _url,
		twoFactorRedirect,
		...rest
	} = body as Record<string, unknown>;
	return twoFactorRedirect === true ? { twoFactor: true } : rest;
}

const REASON_OF: Record<string, AccountRefusal["reason"]> = {
	INVALID_USERNAME_OR_PASSWORD: "WrongPassword",
	INVALID_USERNAME: "WrongPassword",
	USERNAME_TOO_SHORT: "WrongPassword",
	USERNAME_TOO_LONG: "WrongPassword",
	INVALID_PASSWORD: "WrongPassword",
	PASSWORD_TOO_SHORT: "PasswordLength",
	PASSWORD_TOO_LONG: "PasswordLength",
	INVALID_CODE: "WrongCode",
	INVALID_BACKUP_CODE: "WrongCode",
	INVALID_TWO_FACTOR_COOKIE: "StartAgain",
	TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: "StartAgain",
	TOTP_ALREADY_ENABLED: "TwoFactorAlready",
	TOTP_NOT_ENABLED: "TwoFactorMissing",
	TWO_FACTOR_NOT_ENABLED: "TwoFactorMissing",
	BACKUP_CODES_NOT_ENABLED: "TwoFactorMissing",
};

/** How long the library locks a second factor after ten wrong codes. */
const SECOND_FACTOR_LOCK = 15;

function refusalFrom(status: number, body: unknown): AccountRefusal {
	const { code = "", minutes } = (body ?? {}) as { code?: string; minutes?: number };
	if (code === "ACCOUNT_TEMPORARILY_LOCKED") return refusalOf("LockedOut", { minutes: SECOND_FACTOR_LOCK });
	const reason = isReason(code) ? code : (REASON_OF[code] ?? (status === 401 ? "NotSignedIn" : "Malformed"));
	if (reason === "PasswordLength") return refusalOf(reason, { ...PASSWORD_LENGTH });
	return refusalOf(reason, minutes === undefined ? {} : { minutes });
}
