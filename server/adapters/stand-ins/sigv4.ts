import { createHash, createHmac } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

export type Signed = { method: string; url: URL; headers: IncomingHttpHeaders };

const hex = (text: string) => createHash("sha256").update(text).digest("hex");
const mac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
const encode = (text: string) =>
	encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * Why a request's AWS Signature Version 4 is not accepted, as S3 would name it, or null when it is right.
 * Written from the AWS General Reference, "Create a signed AWS API request".
 */
export function sigV4Problem(request: Signed, accessKeyId: string, secretAccessKey: string): string | null {
	const parts =
		/^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
			request.headers.authorization ?? "",
		);
	if (parts === null) return "AccessDenied";
	const [, key, day = "", region = "", names = "", signature] = parts;
	if (key !== accessKeyId) return "InvalidAccessKeyId";
	const scope = `${day}/${region}/s3/aws4_request`;
	const toSign = ["AWS4-HMAC-SHA256", request.headers["x-amz-date"], scope, hex(canonical(request, names))];
	const signing = ["aws4_request", "s3", region, day]
		.reverse()
		.reduce<string | Buffer>((secret, text) => mac(secret, text), `AWS4${secretAccessKey}`);
	return mac(signing, toSign.join("\n")).toString("hex") === signature ? null : "SignatureDoesNotMatch";
}

function canonical({ method, url, headers }: Signed, names: string): string {
	const path = url.pathname
		.split("/")
		.map((part) => encode(decodeURIComponent(part)))
		.join("/");
	const query = [...url.searchParams]
		.map(([name, value]): [string, string] => [encode(name), encode(value)])
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.map((pair) => pair.join("="))
		.join("&");
	const signed = names
		.split(";")
		.map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, " ")}\n`);
	return [method, path, query, signed.join(""), names, headers["x-amz-content-sha256"]].join("\n");
}
