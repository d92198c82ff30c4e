import { lookup } from "node:dns";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { hasCode } from "../store/database/advice.ts";

/** Addresses of this machine, of private networks, and of nobody: RFC 1918, 4193, 6598, 6890 and their kin. */
const inner = new BlockList();
for (const [net, prefix] of [
	["0.0.0.0", 8],
	["10.0.0.0", 8],
	["100.64.0.0", 10],
	["127.0.0.0", 8],
	["169.254.0.0", 16],
	["172.16.0.0", 12],
	["192.0.0.0", 24],
	["192.0.2.0", 24],
	["192.168.0.0", 16],
	["198.18.0.0", 15],
	["198.51.100.0", 24],
	["203.0.113.0", 24],
	["224.0.0.0", 3],
] as const)
	inner.addSubnet(net, prefix, "ipv4");
for (const [net, prefix] of [
	["::", 127],
	["64:ff9b::", 96],
	["64:ff9b:1::", 48],
	["100::", 64],
	["2001:db8::", 32],
	["2002::", 16],
	["fc00::", 7],
	["fe80::", 10],
	["ff00::", 8],
] as const)
	inner.addSubnet(net, prefix, "ipv6");

/** Whether an address lies where only this machine and its neighbours reach; an IPv4 one written as IPv6 too. */
export function isPrivate(address: string): boolean {
	return inner.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

export interface Post {
	url: string;
	headers: Record<string, string>;
	body: string | Buffer;
	timeoutMs: number;
	/** False: refuses addresses of private networks, at the moment of connecting, whatever the name led to before. */
	privateAllowed: boolean;
}

/** Any status is an answer; `error` is one word, without addresses. */
export type Posted = { status: number } | { status: null; error: string };

/** One POST. Redirects are not followed, and the answer's body is thrown away unread. */
export function post({ url, headers, body, timeoutMs, privateAllowed }: Post): Promise<Posted> {
	const target = URL.canParse(url) ? new URL(url) : null;
	if (!target || (target.protocol !== "http:" && target.protocol !== "https:"))
		return Promise.resolve({ status: null, error: "not-a-web-address" });
	const host = target.hostname.replace(/^\[|\]$/g, "");
	if (!privateAllowed && isIP(host) && isPrivate(host))
		return Promise.resolve({ status: null, error: "private-address" });
	const ask = target.protocol === "https:" ? httpsRequest : httpRequest;
	return new Promise((resolve) => {
		const signal = AbortSignal.timeout(timeoutMs);
		const asked = ask(target, {
			method: "POST",
			headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
			agent: false,
			signal,
			...(privateAllowed ? {} : { lookup: publicOnly }),
		});
		asked.on("response", (response) => {
			response.destroy();
			resolve({ status: response.statusCode ?? 0 });
		});
		asked.on("error", (error) =>
			resolve({ status: null, error: signal.aborted ? "timeout" : wordFor(error) }),
		);
		asked.end(body);
	});
}

function wordFor(error: Error): string {
	if (hasCode(error, "EPRIVATE")) return "private-address";
	return "code" in error && typeof error.code === "string" ? error.code : "unreachable";
}

/** Resolves a name as usual, and refuses it when any of its addresses is private. */
const publicOnly: LookupFunction = (name, options, found) => {
	lookup(name, { ...options, all: true }, (error, addresses) => {
		const [first] = addresses ?? [];
		if (error || !first) return found(error ?? new Error("no address"), "", 4);
		if (addresses.some((one) => isPrivate(one.address)))
			return found(Object.assign(new Error("a private address"), { code: "EPRIVATE" }), "", 4);
		return options.all ? found(null, addresses) : found(null, first.address, first.family);
	});
};
