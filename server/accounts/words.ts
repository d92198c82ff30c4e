import type { Problem } from "../http/problem.ts";

export type Language = "zh" | "en";

type Detail = Record<string, string | number>;

/** Why an account did not do what was asked: status, and words in both languages. */
const SAID = {
	NotSignedIn: [401, "请先登录。", "Sign in first."],
	WrongPassword: [
		401,
		"账号或密码不对，或者账号已停用。",
		"The name or the password is wrong, or the account has been closed.",
	],
	WrongCode: [
		401,
		"验证码不对或已失效。请核对，或重新获取。",
		"The code is wrong or no longer good. Check it, or ask for a new one.",
	],
	StartAgain: [
		401,
		"登录已过期，请重新输入账号和密码。",
		"This sign-in ran out: give your name and password again.",
	],
	LockedOut: [
		429,
		"尝试次数过多，已暂时锁定。请在 {minutes} 分钟后再试。",
		"Too many tries: locked for now. Try again in {minutes} minutes.",
	],
	TooManyCodes: [
		429,
		"验证码发送太频繁。请在 {minutes} 分钟后再试。",
		"Too many codes were asked for. Try again in {minutes} minutes.",
	],
	CodeNotSent: [
		503,
		"验证码暂时发不出去，请稍后再试，或致电客服。",
		"The code could not be sent. Try again a little later, or call us.",
	],
	TooManyLinks: [
		429,
		"新链接发送太频繁。请在 {minutes} 分钟后再试。",
		"Too many new links were sent. Try again in {minutes} minutes.",
	],
	NoPhone: [
		409,
		"这份投诉没有留下您的手机号，请致电客服确认。",
		"We have no phone number of yours with this complaint: call us to confirm that it is you.",
	],
	LinkExpired: [
		410,
		"此链接已过期。请致电客服索取新的链接。",
		"This link is no longer good. Call us for a new one.",
	],
	LinkRevoked: [
		410,
		"此链接已作废。请使用最近一次收到的链接。",
		"This link was withdrawn. Use the latest one that you got.",
	],
	LinkForged: [
		401,
		"此链接不完整或有误。请重新打开收到的链接。",
		"This link is damaged. Open it again from the message.",
	],
	ForeignOrigin: [
		403,
		"请求来自别的网站，已拒绝。请直接打开本站再操作。",
		"The request came from another site and was refused. Open this site itself.",
	],
	Malformed: [422, "提交的内容有误，请检查后再试。", "What was sent is not right: check it and try again."],
	LoginMalformed: [
		422,
		"账号须为 3 至 100 个字符，只含文字、数字和 . _ + - @。",
		"A sign-in name has 3 to 100 characters: letters, digits and . _ + - @.",
	],
	LoginTaken: [409, "账号 {login} 已有人使用。", "The sign-in name {login} is taken."],
	AccountAlready: [409, "此人已有账号。", "This person has an account already."],
	PasswordLength: [
		422,
		"密码须为 {least} 至 {most} 个字符。",
		"A password has {least} to {most} characters.",
	],
	TwoFactorAlready: [409, "两步验证已经开启。", "The second factor is already set up."],
	TwoFactorMissing: [409, "两步验证尚未开启。", "The second factor is not set up."],
	PhoneMalformed: [422, "手机号有误，请检查。", "The phone number is not right: check it."],
	PersonTaken: [409, "编号 {person} 已有人使用。", "The id {person} is taken."],
	UnknownPerson: [404, "没有这个人：{person}。", "There is no such person: {person}."],
	UnknownRole: [422, "没有这个角色：{role}。", "There is no such role: {role}."],
	UnknownOrganisation: [
		422,
		"没有这个组织：{organisation}。",
		"There is no such organisation: {organisation}.",
	],
	UnknownKey: [404, "没有这个接口密钥。", "There is no such API key."],
	NotTheirs: [
		422,
		"此人没有这些权限，密钥也不能有：{capabilities}。",
		"This person may not do that, so neither may their key: {capabilities}.",
	],
	LastAdministrator: [
		409,
		"这是最后一位管理员，请先指定另一位。",
		"This is the last administrator: name another one first.",
	],
} satisfies Record<string, [number, string, string]>;

export type AccountReason = keyof typeof SAID;
export const REASONS = Object.keys(SAID) as AccountReason[];

/** A refusal of the accounts: a value, never thrown. `detail` never holds personal data. */
export interface AccountRefusal {
	reason: AccountReason;
	detail: Detail;
}

export function refusalOf(reason: AccountReason, detail: Detail = {}): AccountRefusal {
	return { reason, detail };
}

export function wordsOf({ reason, detail }: AccountRefusal, language: Language): string {
	const [, zh, en] = SAID[reason];
	return (language === "zh" ? zh : en).replaceAll(/\{(\w+)\}/g, (_, name: string) =>
		String(detail[name] ?? ""),
	);
}

/** The refusal as an RFC 9457 problem document. */
export function accountProblem(refusal: AccountRefusal, language: Language): Problem {
	const { reason, detail } = refusal;
	const words = wordsOf(refusal, language);
	return {
		type: `urn:redress:account:${reason}`,
		title: words,
		status: SAID[reason][0],
		reason,
		detail: words,
		given: detail,
	};
}

export function isReason(text: string): text is AccountReason {
	return Object.hasOwn(SAID, text);
}
