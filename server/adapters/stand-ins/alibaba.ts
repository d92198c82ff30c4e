import { createHash, createHmac } from "node:crypto";
import { text } from "node:stream/consumers";
import { listen, type Reply, type Seen, type StandIn } from "./listen.ts";

export type AlibabaStandIn = StandIn & {
	/** Parameters of every call that was accepted, with its action. */
	accepted: ({ Action: string } & Record<string, string>)[];
	/** Bindings alive, by SubsId. */
	bound: Map<string, string>;
	/** Recordings that can be fetched, by call. */
	recordings: Map<string, Buffer>;
	/** Set to have the next call answered with this code. */
	trouble: { code: string; status: number } | null;
	/** Set to leave calls without an answer. */
	mute: boolean;
};

const hex = (text: string) => createHash("sha256").update(text).digest("hex");

/** Speaks SendSms, BindAxb, UnbindSubscription and QueryRecordFileDownloadUrl, checking the ACS3 signature, age and nonce of every call. */
export async function alibabaStandIn(
	key: { accessKeyId: string; accessKeySecret: string },
	now: () => string,
): Promise<AlibabaStandIn> {
	const state: Omit<AlibabaStandIn, keyof StandIn> = {
		accepted: [],
		bound: new Map(),
		recordings: new Map(),
		trouble: null,
		mute: false,
	};
	const nonces = new Set<string>();
	const server = await listen(async (request, response) => {
		const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
		const recording = state.recordings.get(url.pathname.slice("/recordings/".length));
		if (request.method === "GET" && recording) {
			response.writeHead(200, { "content-type": "audio/wav" }).end(recording);
			return;
		}
		const seen = { method: request.method ?? "", url, headers: request.headers, body: await text(request) };
		const reply = answer(seen);
		if (reply === "never") return;
		response
			.writeHead(reply.status, { "content-type": "application/json", ...reply.headers })
			.end(reply.body);
	});
	function answer(seen: Seen): Reply | "never" {
		if (state.mute) return "never";
		const problem = signatureProblem(seen, key, now(), nonces);
		if (problem !== null) return coded(problem.status, problem.code);
		const { trouble } = state;
		state.trouble = null;
		if (trouble !== null) return coded(trouble.status, trouble.code);
		const call = {
			...Object.fromEntries(seen.url.searchParams),
			Action: String(seen.headers["x-acs-action"]),
		};
		return perform(call, state, seen.url.origin);
	}
	return Object.assign(state, server);
}

function coded(status: number, Code: string, more: object = {}): Reply {
	return { status, body: JSON.stringify({ Code, Message: Code, RequestId: "F655A8D5-B967", ...more }) };
}

type Call = { Action: string } & Record<string, string>;

function perform(
	call: Call,
	state: Pick<AlibabaStandIn, "accepted" | "bound" | "recordings">,
	origin: string,
): Reply {
	const serial = String(state.accepted.length + 1).padStart(8, "0");
	if (call.Action === "SendSms") {
		state.accepted.push(call);
		return coded(200, "OK", { BizId: `9006193222${serial}^0` });
	}
	if (call.Action === "BindAxb") {
		if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(call.Expiration ?? ""))
			return coded(200, "isv.EXPIRE_DATE_ILLEGAL");
		state.accepted.push(call);
		state.bound.set(serial, `171${serial}`);
		return coded(200, "OK", { SecretBindDTO: { SecretNo: `171${serial}`, SubsId: serial, Extension: "" } });
	}
	if (call.Action === "UnbindSubscription") {
		if (state.bound.get(call.SubsId ?? "") !== call.SecretNo) return coded(200, "isv.SUBS_NOT_EXIST");
		state.bound.delete(call.SubsId ?? "");
		return coded(200, "OK");
	}
	if (call.Action === "QueryRecordFileDownloadUrl") {
		if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(call.CallTime ?? "")) return coded(200, "isv.PARAM_ILLEGAL");
		const there = state.recordings.has(call.CallId ?? "");
		return there
			? coded(200, "OK", { DownloadUrl: `${origin}/recordings/${call.CallId}` })
			: coded(200, "isv.RECORD_NOT_EXIST");
	}
	return coded(404, "InvalidAction.NotFound");
}

function signatureProblem(
	{ method, url, headers, body }: Seen,
	key: { accessKeyId: string; accessKeySecret: string },
	now: string,
	nonces: Set<string>,
): { status: number; code: string } | null {
	const given = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(
		headers.authorization ?? "",
	);
	if (given === null) return { status: 400, code: "IncompleteSignature" };
	const [, id, names = "", signature] = given;
	if (id !== key.accessKeyId) return { status: 404, code: "InvalidAccessKeyId.NotFound" };
	const lines = names.split(";").map((name) => `${name}:${headers[name]}\n`);
	const request = [method, url.pathname, canonicalQuery(url), lines.join(""), names, hex(body)].join("\n");
	const expected = createHmac("sha256", key.accessKeySecret).update(`ACS3-HMAC-SHA256\n${hex(request)}`);
	if (expected.digest("hex") !== signature) return { status: 400, code: "SignatureDoesNotMatch" };
	const age = Math.abs(Date.parse(now) - Date.parse(String(headers["x-acs-date"])));
	if (!(age <= 15 * 60_000)) return { status: 400, code: "InvalidTimeStamp.Expired" };
	const nonce = String(headers["x-acs-signature-nonce"]);
	if (nonces.has(nonce)) return { status: 400, code: "SignatureNonceUsed" };
	nonces.add(nonce);
	return null;
}

function canonicalQuery(url: URL): string {
	const encode = (text: string) =>
		[...Buffer.from(text)]
			.map((byte) => String.fromCharCode(byte))
			.map((char) =>
				/[A-Za-z0-9._~-]/.test(char) ? char : `%${Buffer.from(char, "latin1").toString("hex").toUpperCase()}`,
			)
			.join("");
	const pairs = [...url.searchParams].sort(([one], [other]) => (one < other ? -1 : 1));
	return pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
}
