import type { Names } from "./names.ts";

/** Why nothing came back, as server/adapters/post.ts and the network name it; a rare word is shown as it is. */
const FAULTS: Record<string, string> = {
	ENOTFOUND: "fault-unknown-host",
	EAI_AGAIN: "fault-unknown-host",
	ECONNREFUSED: "fault-refused",
	ECONNRESET: "fault-cut",
	EPIPE: "fault-cut",
	timeout: "fault-timeout",
	ETIMEDOUT: "fault-timeout",
	"private-address": "fault-private",
	"not-a-web-address": "webhook-url-wrong",
	unreachable: "fault-unreachable",
	EHOSTUNREACH: "fault-unreachable",
	ENETUNREACH: "fault-unreachable",
	CERT_HAS_EXPIRED: "fault-certificate",
	DEPTH_ZERO_SELF_SIGNED_CERT: "fault-certificate",
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: "fault-certificate",
	ERR_TLS_CERT_ALTNAME_INVALID: "fault-certificate",
	"switched-off": "webhook-paused",
};

/** The word that is known within what an error said of itself. */
const CODE = new RegExp(`(?<![\\w-])(${Object.keys(FAULTS).join("|")})(?![\\w-])`);

/** What went wrong on the way, in words. */
export function faultName(t: Names["t"], error: string): string {
	const word = FAULTS[CODE.exec(error)?.[1] ?? ""];
	return word ? t(word) : error;
}
