import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";
import { ADDRESS_HEADER } from "./address.ts";
import { claimAttempt, LIMITS } from "./attempts.ts";
import { sendNewCode, spendCode } from "./codes.ts";
import type { Ground } from "./ground.ts";
import { usersByPhone } from "./users.ts";
import type { Language } from "./words.ts";

const Phone = z.string().min(5).max(30);
const Company = z.string().min(1).max(100).optional();

interface UserOfPhone {
	id: string;
	company: string;
	language: Language;
}

/**
 * Signing in with a code sent to one's phone. The library's own plugin keeps phones and codes in the clear; here the
 * phone stays sealed and of the code there is a keyed hash. Who works for two companies names one. The path of the
 * second endpoint is one at which the library asks for a second factor where one is set up.
 */
export function phoneSignIn(ground: Ground) {
	return {
		id: "redress-phone",
		endpoints: {
			sendPhoneCode: createAuthEndpoint(
				"/phone-code/send",
				{ method: "POST", body: z.object({ phone: Phone, company: Company }) },
				async (ctx) => {
					const address = ctx.headers?.get(ADDRESS_HEADER) ?? "";
					const claim = { company: "", limit: LIMITS.codesByAddress, subject: address };
					const claimed = await claimAttempt(ground, [claim]);
					if (!claimed.ok)
						throw new APIError("TOO_MANY_REQUESTS", {
							code: "TooManyCodes",
							message: "too many",
							minutes: claimed.minutes,
						});
					const { phone, company } = ctx.body;
					// The answer and its time are the same for a phone that nobody has.
					ground.later(async () => {
						const user = await userOf(ground, phone, company);
						if (user) await sendNewCode(ground, subjectOf(user), phone, user.language);
					});
					return ctx.json({ sent: true });
				},
			),
			signInPhone: createAuthEndpoint(
				"/sign-in/phone-number",
				{
					method: "POST",
					body: z.object({ phone: Phone, code: z.string().min(1).max(20), company: Company }),
				},
				async (ctx) => {
					const { phone, code, company } = ctx.body;
					const user = await userOf(ground, phone, company);
					const right = user !== null && (await spendCode(ground, subjectOf(user), code));
					const account = right ? await ctx.context.internalAdapter.findUserById(user.id) : null;
					if (account === null)
						throw new APIError("UNAUTHORIZED", { code: "WrongCode", message: "wrong code" });
					const session = await ctx.context.internalAdapter.createSession(account.id);
					await setSessionCookie(ctx, { session, user: account });
					return ctx.json({ signedIn: true });
				},
			),
		},
	} satisfies BetterAuthPlugin;
}

function subjectOf(user: UserOfPhone) {
	return { company: user.company, purpose: "sign-in" as const, subject: user.id };
}

/** The one active user with this phone; null when there is none, or several and no company was named. */
async function userOf(ground: Ground, phone: string, company?: string): Promise<UserOfPhone | null> {
	const [rows = []] = await ground.database.read([usersByPhone(phone, company ?? null, ground.keys)]);
	return rows.length === 1 ? (rows[0] as UserOfPhone) : null;
}
