import {
	createDecipheriv,
	createECDH,
	createPublicKey,
	type ECDH,
	hkdfSync,
	randomBytes,
	verify,
} from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { buffer } from "node:stream/consumers";
import { listen, type StandIn } from "./listen.ts";

/** A browser's subscription, and what only the browser knows. */
export type Browser = {
	subscription: { endpoint: string; keys: { p256dh: string; auth: string } };
	ecdh: ECDH;
	auth: Buffer;
};

export type PushServiceStandIn = StandIn & {
	/** A browser that subscribes here. */
	browser(): Browser;
	/** What was taken for which browser, as it reads there, and with which headers. */
	taken: { endpoint: string; payload: unknown; headers: IncomingHttpHeaders }[];
	/** Set to have every message to an endpoint answered so. */
	trouble: Map<string, number>;
};

/** A push service that checks the sender's signature (RFC 8292) and opens what came as the browser would (RFC 8291). */
export async function pushServiceStandIn(publicKey: string): Promise<PushServiceStandIn> {
	const browsers = new Map<string, Browser>();
	const state: Pick<PushServiceStandIn, "taken" | "trouble"> = { taken: [], trouble: new Map() };
	const server = await listen(async (request, response) => {
		const body = await buffer(request);
		const endpoint = `http://${request.headers.host}${request.url}`;
		const browser = browsers.get(endpoint);
		const status = !browser
			? 404
			: (state.trouble.get(endpoint) ??
				(isSigned(request.headers.authorization ?? "", `http://${request.headers.host}`, publicKey)
					? 201
					: 403));
		if (browser && status === 201)
			state.taken.push({ endpoint, payload: JSON.parse(opened(body, browser)), headers: request.headers });
		response.writeHead(status).end();
	});
	return Object.assign(state, server, {
		browser() {
			const ecdh = createECDH("prime256v1");
			ecdh.generateKeys();
			const auth = randomBytes(16);
			const endpoint = `${server.url}/push/${browsers.size + 1}`;
			const keys = { p256dh: ecdh.getPublicKey("base64url"), auth: auth.toString("base64url") };
			const browser = { subscription: { endpoint, keys }, ecdh, auth };
			browsers.set(endpoint, browser);
			return browser;
		},
	});
}

function isSigned(authorization: string, audience: string, publicKey: string): boolean {
	const [, token = "", key] = /^vapid t=([^,]+),\s*k=(.+)$/.exec(authorization) ?? [];
	const [head = "", claims = "", signature = ""] = token.split(".");
	if (key !== publicKey) return false;
	const point = Buffer.from(publicKey, "base64url");
	const jwk = {
		kty: "EC",
		crv: "P-256",
		x: point.subarray(1, 33).toString("base64url"),
		y: point.subarray(33).toString("base64url"),
	};
	const signed = verify(
		"sha256",
		Buffer.from(`${head}.${claims}`),
		{ key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" },
		Buffer.from(signature, "base64url"),
	);
	const { aud, exp, sub } = JSON.parse(Buffer.from(claims, "base64url").toString()) as Record<
		string,
		unknown
	>;
	return signed && aud === audience && typeof exp === "number" && typeof sub === "string";
}

/** RFC 8188 with the keys of RFC 8291, section 3.4. */
function opened(body: Buffer, { ecdh, auth }: Browser): string {
	const salt = body.subarray(0, 16);
	const keyLength = body.readUInt8(20);
	const sender = body.subarray(21, 21 + keyLength);
	const info = Buffer.concat([Buffer.from("WebPush: info\0"), ecdh.getPublicKey(), sender]);
	const secret = Buffer.from(hkdfSync("sha256", ecdh.computeSecret(sender), auth, info, 32));
	const derive = (name: string, length: number) =>
		Buffer.from(hkdfSync("sha256", secret, salt, `Content-Encoding: ${name}\0`, length));
	const sealed = body.subarray(21 + keyLength);
	const decipher = createDecipheriv("aes-128-gcm", derive("aes128gcm", 16), derive("nonce", 12));
	decipher.setAuthTag(sealed.subarray(-16));
	const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
	// a record ends in 2 and padding
	return plain.subarray(0, plain.lastIndexOf(2)).toString("utf8");
}
