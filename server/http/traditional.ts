import type { FastifyRequest } from "fastify";
import { Converter } from "opencc-js";
import type { App } from "./app.ts";

/** Simplified to Taiwan's characters and phrases (OpenCC). */
const traditional = Converter({ from: "cn", to: "twp" });

/** Routes that answer with the product's and the packs' words, and with nobody's own. */
const OUR_WORDS = [
	"/api/packs",
	"/api/packs/:name",
	"/api/packs/:name/try",
	"/api/complain",
	"/api/mine/practice",
	"/api/mine/training/:case/:assignment",
];

/**
 * Whoever asks in traditional Chinese gets packs and problems in it; what people wrote stays as they wrote it. Keys and
 * figures are ASCII, which the conversion leaves alone.
 */
export function traditionalWords(app: App): void {
	app.addHook("onSend", async (request, reply, payload) => {
		if (typeof payload !== "string" || !asksForIt(request.headers["accept-language"])) return payload;
		const problem = String(reply.getHeader("content-type")).startsWith("application/problem+json");
		if (!problem && !OUR_WORDS.includes(request.routeOptions.url ?? "")) return payload;
		const converted = traditional(payload);
		reply.header("content-length", Buffer.byteLength(converted));
		return converted;
	});
}

/** Our own words among those of others, as this caller reads them. */
export function asRead<T>({ headers }: Pick<FastifyRequest, "headers">, ours: T): T {
	if (!asksForIt(headers["accept-language"])) return ours;
	return JSON.parse(traditional(JSON.stringify(ours))) as T;
}

function asksForIt(header: string | undefined): boolean {
	return /^\s*zh-(?:TW|HK|MO|Hant)\b/i.test(header ?? "");
}
