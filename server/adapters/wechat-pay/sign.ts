import { type KeyObject, sign, verify } from "node:crypto";

export type Merchant = {
	mchid: string;
	/** Serial number of the merchant's API certificate. */
	serial: string;
	privateKey: KeyObject;
};

export type ToSign = {
	method: "GET" | "POST";
	/** Path and query as sent. */
	target: string;
	/** Empty for GET. */
	body: string;
	/** Seconds since 1970. */
	timestamp: number;
	nonce: string;
};

/** The five lines, each ended, that a request's signature covers (WeChat Pay APIv3, 签名生成). */
export function signedText({ method, target, timestamp, nonce, body }: ToSign): string {
	return `${method}\n${target}\n${timestamp}\n${nonce}\n${body}\n`;
}

/** The Authorization header of a request: WECHATPAY2-SHA256-RSA2048. */
export function authorizationOf(request: ToSign, { mchid, serial, privateKey }: Merchant): string {
	const signature = sign("sha256", Buffer.from(signedText(request)), privateKey).toString("base64");
	const parts = {
		mchid,
		nonce_str: request.nonce,
		signature,
		timestamp: request.timestamp,
		serial_no: serial,
	};
	const listed = Object.entries(parts).map(([name, value]) => `${name}="${value}"`);
	return `WECHATPAY2-SHA256-RSA2048 ${listed.join(",")}`;
}

/** WeChat Pay's public keys, or its certificates' keys, by their id or serial number. */
export type PlatformKeys = ReadonlyMap<string, KeyObject>;

/** An answer older or newer than this many seconds is not accepted (APIv3, 签名验证). */
const maxSkew = 300;

/**
 * Why an answer can't be WeChat Pay's, or null when its signature is right. A successful answer without a signature
 * counts as forged. `now` in seconds since 1970.
 */
export function answerProblem(
	{ headers, body }: { headers: Headers; body: string },
	keys: PlatformKeys,
	now: number,
): string | null {
	const [timestamp, nonce, signature, serial] = ["timestamp", "nonce", "signature", "serial"].map((name) =>
		headers.get(`wechatpay-${name}`),
	);
	if (!timestamp || !nonce || !signature || !serial) return "the answer carries no signature";
	const key = keys.get(serial);
	if (key === undefined) return "the answer is signed with a key that isn't in the settings";
	if (!(Math.abs(now - Number(timestamp)) <= maxSkew))
		return "the answer's time is more than five minutes off";
	const text = Buffer.from(`${timestamp}\n${nonce}\n${body}\n`);
	return verify("sha256", text, key, Buffer.from(signature, "base64"))
		? null
		: "the answer's signature is wrong";
}
