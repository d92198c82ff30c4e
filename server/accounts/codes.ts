import { createHmac, randomInt } from "node:crypto";
import { type Instant, instantPlus } from "#engine/time/instant.ts";
import { newId } from "../ids.ts";
import type { Notifier } from "../ports/notifier.ts";
import { lookupForm } from "../store/kept.ts";
import { claimAttempt, LIMITS, releaseAttempt } from "./attempts.ts";
import type { CodeMessage, Ground } from "./ground.ts";
import { type AccountRefusal, type Language, refusalOf } from "./words.ts";

/** A code is good for ten minutes and five tries. */
const CODE = { digits: 6, minutes: 10, tries: 5 };

/**
 * What a code is for: a user signing in, a link whose holder shows that the phone is theirs, or somebody who wants to
 * complain about an order that their phone is on.
 */
export interface CodeSubject {
	company: string;
	purpose: "sign-in" | "confirm-link" | "complain";
	subject: string;
}

export type CodeSent = { ok: true; expiresAt: Instant } | { ok: false; refusal: AccountRefusal };

/** Makes a code in place of an earlier one and sends it. At most three an hour go to one phone. */
export async function sendNewCode(
	ground: Ground,
	whom: CodeSubject,
	phone: string,
	language: Language,
): Promise<CodeSent> {
	const claim = { company: whom.company, limit: LIMITS.codesByPhone, subject: lookupForm(phone) };
	const claimed = await claimAttempt(ground, [claim]);
	if (!claimed.ok) return { ok: false, refusal: refusalOf("TooManyCodes", { minutes: claimed.minutes }) };
	const code = String(randomInt(10 ** CODE.digits)).padStart(CODE.digits, "0");
	const expiresAt = instantPlus(ground.clock(), { minutes: CODE.minutes });
	const { company, purpose, subject } = whom;
	await ground.database.transaction((session) =>
		session.commitWith([
			{
				name: "save-code",
				sql: `insert into one_time_code (company, purpose, subject, code, expires_at) values ($1, $2, $3, $4, $5)
on conflict (company, purpose, subject) do update set code = excluded.code, expires_at = excluded.expires_at, tries = 0`,
				parameters: [company, purpose, subject, hashOf(ground, whom, code), expiresAt],
			},
		]),
	);
	const sent = await ground.sendCode({ company, phone, code, minutes: CODE.minutes, language });
	if (sent.ok) return { ok: true, expiresAt };
	ground.report(`A one-time code could not be sent (${sent.reason}): ${sent.detail}`);
	await ground.database.transaction((session) => session.commitWith([releaseAttempt(ground, claim)]));
	return { ok: false, refusal: refusalOf("CodeNotSent") };
}

/** Whether this is the code under way; it is used up by that. Each try counts, also those made at the same moment. */
export async function spendCode(ground: Ground, whom: CodeSubject, code: string): Promise<boolean> {
	const { company, purpose, subject } = whom;
	const [rows = []] = await ground.database.transaction((session) =>
		session.commitWith([
			{
				name: "try-code",
				sql: `update one_time_code set tries = case when code = $4 then ${CODE.tries} else tries + 1 end
where company = $1 and purpose = $2 and subject = $3 and tries < ${CODE.tries} and expires_at > $5
returning code = $4 as right`,
				parameters: [company, purpose, subject, hashOf(ground, whom, code), ground.clock()],
			},
		]),
	);
	return (rows as { right: boolean }[])[0]?.right === true;
}

/** Keyed, so that who reads the table can't find the million possible codes by trying. */
function hashOf({ keys }: Ground, { company, purpose, subject }: CodeSubject, code: string): Buffer {
	const plain = code.normalize("NFKC").replaceAll(/[\s-]/g, "");
	return createHmac("sha256", keys.lookup)
		.update(["one-time code", company, purpose, subject, plain].join("\0"))
		.digest();
}

/** Codes as text messages. */
export function codesBy(notifier: Notifier): Ground["sendCode"] {
	return ({ company, phone, code, minutes, language }: CodeMessage) =>
		notifier.send({
			company,
			to: { kind: "sms", address: phone },
			wording: "account.code",
			language: language === "zh" ? "zh-CN" : "en",
			text:
				language === "zh"
					? `您的验证码是 ${code}，${minutes} 分钟内有效。请勿告诉任何人，包括自称客服的人。`
					: `Your code is ${code}, good for ${minutes} minutes. Tell nobody, not even somebody who says they are our staff.`,
			blanks: { code, minutes: String(minutes) },
			idempotencyKey: `code-${newId()}`,
		});
}
