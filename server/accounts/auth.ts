import { hkdfSync } from "node:crypto";
import { apiKey } from "@better-auth/api-key";
import { betterAuth } from "better-auth";
import { APIError, createAuthMiddleware, isAPIError } from "better-auth/api";
import { twoFactor, username } from "better-auth/plugins";
import { newId } from "../ids.ts";
import { ADDRESS_HEADER } from "./address.ts";
import { type Claim, claimAttempt, clearAttempts, LIMITS, releaseAttempt } from "./attempts.ts";
import type { Ground } from "./ground.ts";
import { hashPassword, PASSWORD_LENGTH, verifyPassword } from "./passwords.ts";
import { phoneSignIn } from "./phone-sign-in.ts";
import { isLogin, loginForm, MOST_IN_LOGIN } from "./users.ts";

/** Where the sign-in library is mounted. */
export const AUTH_PATH = "/api/auth";

const WEEK_S = 7 * 24 * 3600;
const DAY_S = 24 * 3600;
/** How long a session is believed from its signed cookie before the database is asked again. */
const CACHED_S = 60;

export type Auth = ReturnType<typeof createAuth>;

/** The sign-in library, set up: its tables are those of migration 0002. */
export function createAuth(ground: Ground) {
	const options = authOptions(ground);
	const auth = betterAuth(options);
	return {
		/** For tests: what the library's tables must look like. */
		options,
		/** Serves a request below `AUTH_PATH`. */
		handler: (request: Request): Promise<Response> => auth.handler(request),
		/** Whose session the cookies are, and cookies to be set again; null when nobody's. */
		async session(headers: Headers): Promise<{ company: string; person: string; cookies: string[] } | null> {
			const { response, headers: answered } = await auth.api.getSession({ headers, returnHeaders: true });
			if (response === null) return null;
			const { company, person } = response.user;
			return { company, person, cookies: answered.getSetCookie() };
		},
		/** A new API key; the text of it is never seen again. */
		async makeKey(of: { userId: string; name: string; capabilities: string[]; days: number | null }) {
			const { id, key } = await auth.api.createApiKey({
				body: {
					userId: of.userId,
					name: of.name,
					permissions: { capabilities: of.capabilities },
					...(of.days === null ? {} : { expiresIn: of.days * DAY_S }),
				},
			});
			return { id, key };
		},
		/** Whether the key is good now; notes that it was used. */
		async isGoodKey(key: string): Promise<boolean> {
			const { valid } = await auth.api.verifyApiKey({ body: { key } });
			return valid;
		},
	};
}

function authOptions(ground: Ground) {
	return {
		appName: "Redress 诉达",
		baseURL: ground.publicUrl,
		basePath: AUTH_PATH,
		secret: Buffer.from(hkdfSync("sha256", ground.secretKey, "redress", "sign sessions", 32)).toString(
			"base64",
		),
		database: { db: ground.database.kyselyWithDates, type: "postgres" as const },
		telemetry: { enabled: false },
		logger: { disabled: true },
		onAPIError: {
			onError: (error: unknown) => {
				if (!isAPIError(error)) ground.report(`Sign-in failed: ${String(error)}`);
			},
		},
		// By name and by address, over a moving window, shared by all processes: attempts.ts.
		rateLimit: { enabled: false },
		emailAndPassword: {
			enabled: true,
			disableSignUp: true,
			minPasswordLength: PASSWORD_LENGTH.least,
			maxPasswordLength: PASSWORD_LENGTH.most,
			password: { hash: hashPassword, verify: verifyPassword },
		},
		session: {
			modelName: "account_session",
			expiresIn: WEEK_S,
			updateAge: DAY_S,
			cookieCache: { enabled: true, maxAge: CACHED_S },
		},
		user: {
			modelName: "account_user",
			additionalFields: {
				company: { type: "string" as const, required: true as const, input: false as const },
				person: { type: "string" as const, required: true as const, input: false as const },
				phoneRef: {
					type: "string" as const,
					required: false as const,
					input: false as const,
					returned: false as const,
				},
			},
		},
		account: { modelName: "account_password" },
		verification: { modelName: "account_verification" },
		advanced: {
			cookiePrefix: "redress",
			useSecureCookies: ground.publicUrl.startsWith("https:"),
			defaultCookieAttributes: { httpOnly: true, sameSite: "lax" as const, path: "/" },
			// The origin is checked before (origin.ts), where the server's own address counts too.
			disableCSRFCheck: true,
			ipAddress: { disableIpTracking: true },
			database: { generateId: () => newId(), validateSchema: false },
		},
		databaseHooks: {
			session: {
				create: { before: (session: { userId: string }) => refuseInactive(ground, session.userId) },
			},
		},
		hooks: { before: limitSignIns(ground), after: noteSignIns(ground) },
		plugins: pluginsOf(ground),
	};
}

function pluginsOf(ground: Ground) {
	return [
		username({
			displayUsername: false,
			maxUsernameLength: MOST_IN_LOGIN,
			usernameValidator: isLogin,
			usernameNormalization: loginForm,
		}),
		twoFactor({ issuer: "Redress 诉达", schema: { twoFactor: { modelName: "account_two_factor" } } }),
		apiKey({
			defaultPrefix: "redress_",
			startingCharactersConfig: { charactersLength: "redress_".length + 4 },
			// Its usual limit is 10 requests a day. Requests are limited by the HTTP edge instead.
			rateLimit: { enabled: false },
			maximumNameLength: 100,
			schema: { apikey: { modelName: "account_api_key" } },
		}),
		phoneSignIn(ground),
	];
}

/** Nobody whose account was closed gets a session, whatever they prove. */
async function refuseInactive(ground: Ground, userId: string): Promise<void> {
	const [[row] = []] = await ground.database.read([
		{
			name: "user-active",
			sql: `select p.active from account_user u join person p on p.company = u.company and p.id = u.person where u.id = $1`,
			parameters: [userId],
		},
	]);
	if ((row as { active: boolean } | undefined)?.active) return;
	throw new APIError("UNAUTHORIZED", { code: "WrongPassword", message: "closed" });
}

const SIGN_IN_PATHS = ["/sign-in/username", "/sign-in/phone-number"];

interface SignInAttempt {
	path?: string | undefined;
	body?: unknown;
	headers?: Headers | undefined;
}

/** What a sign-in is counted under, the address first; null when it is none. */
function claimsOf({ path, body, headers }: SignInAttempt): { address: Claim; login: Claim } | null {
	if (path === undefined || !SIGN_IN_PATHS.includes(path)) return null;
	const given = (body ?? {}) as { username?: unknown; phone?: unknown };
	const subject = loginForm(String(given.username ?? given.phone ?? ""));
	const from = headers?.get(ADDRESS_HEADER) ?? "";
	return {
		address: { company: "", limit: LIMITS.address, subject: from },
		login: { company: "", limit: LIMITS.login, subject },
	};
}

/** Counts before the password is looked at; unknown names are counted alike, so that a lock tells nothing. */
function limitSignIns(ground: Ground) {
	return createAuthMiddleware(async (ctx) => {
		const claims = claimsOf(ctx);
		if (claims === null) return;
		const claimed = await claimAttempt(ground, [claims.address, claims.login]);
		if (claimed.ok) return;
		throw new APIError("TOO_MANY_REQUESTS", {
			code: "LockedOut",
			message: "locked",
			minutes: claimed.minutes,
		});
	});
}

/** The right password clears what was counted under the name, and takes back what it counted under the address. */
function noteSignIns(ground: Ground) {
	return createAuthMiddleware(async (ctx) => {
		const claims = claimsOf(ctx);
		if (claims === null || isAPIError(ctx.context.returned)) return;
		await ground.database.transaction((session) =>
			session.commitWith([clearAttempts(ground, claims.login), releaseAttempt(ground, claims.address)]),
		);
	});
}
