import { createHash, createHmac } from "node:crypto";

export type AlibabaKey = { accessKeyId: string; accessKeySecret: string };

export type ToSign = {
	host: string;
	action: string;
	version: string;
	/** All parameters of the call; they travel in the query of a POST without body. */
	parameters: Record<string, string>;
	/** UTC to the second, e.g. `2023-10-26T10:22:32Z`; the service accepts 15 minutes of difference. */
	date: string;
	/** Different in every request. */
	nonce: string;
};

export type SignedCall = { query: string; headers: Record<string, string> };

const emptySha256 = createHash("sha256").update("").digest("hex");

/**
 * Signs an RPC-style call by signature version 3, ACS3-HMAC-SHA256
 * (Alibaba Cloud, "V3 版本请求结构和签名机制", where the test's example comes from).
 */
export function signAlibaba(call: ToSign, key: AlibabaKey): SignedCall {
	const query = Object.keys(call.parameters)
		.sort()
		.map((name) => `${encode(name)}=${encode(call.parameters[name] ?? "")}`)
		.join("&");
	const signed: Record<string, string> = {
		host: call.host,
		"x-acs-action": call.action,
		"x-acs-content-sha256": emptySha256,
		"x-acs-date": call.date,
		"x-acs-signature-nonce": call.nonce,
		"x-acs-version": call.version,
	};
	const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}\n`);
	const names = Object.keys(signed).join(";");
	const request = ["POST", "/", query, lines.join(""), names, emptySha256].join("\n");
	const digest = createHash("sha256").update(request).digest("hex");
	const signature = createHmac("sha256", key.accessKeySecret)
		.update(`ACS3-HMAC-SHA256\n${digest}`)
		.digest("hex");
	const authorization = `ACS3-HMAC-SHA256 Credential=${key.accessKeyId},SignedHeaders=${names},Signature=${signature}`;
	return { query, headers: { ...signed, authorization } };
}

/** RFC 3986: everything but letters, digits and `-_.~` as %XX of its UTF-8 bytes. */
function encode(text: string): string {
	return encodeURIComponent(text).replace(
		/[!'()*]/g,
		(char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}
