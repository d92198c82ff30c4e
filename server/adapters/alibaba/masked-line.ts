import { z } from "zod";
import {
	type BindRequest,
	bindProblem,
	type Caller,
	type CallNamed,
	type Line,
} from "#server/ports/caller.ts";
import { type Fault, fault } from "#server/ports/fault.ts";
import { download } from "../download.ts";
import { type AlibabaAccount, callAlibaba } from "./call.ts";

export type MaskedLineSettings = AlibabaAccount & {
	/** The pool of numbers 号码池 Key. */
	poolKey: string;
	/** Whether calls are recorded; people on the line must have been told. */
	recorded: boolean;
};

const version = "2017-05-25";
const Bound = z.looseObject({
	SecretBindDTO: z.looseObject({ SecretNo: z.string().min(1), SubsId: z.string().min(1) }),
});

const Recorded = z.looseObject({ DownloadUrl: z.url({ protocol: /^https?$/ }) });

/**
 * Lends numbers of Alibaba Cloud number protection 号码隐私保护 (Dyplsapi), actions BindAxb, UnbindSubscription and
 * QueryRecordFileDownloadUrl. Call records come back with our reference as OutId.
 */
export function alibabaMaskedLine(settings: MaskedLineSettings): Caller {
	return {
		pretend: false,
		bind: (request) => bind(settings, request),
		release: (binding) => release(settings, binding),
		recording: (call) => recording(settings, call),
	};
}

async function bind(
	settings: MaskedLineSettings,
	request: BindRequest,
): Promise<({ ok: true } & Line) | Fault> {
	const problem = bindProblem(request);
	if (problem !== null) return fault("refused", problem);
	const end = Temporal.Instant.from(settings.clock()).add({ minutes: request.minutes });
	const called = await callAlibaba(settings, {
		action: "BindAxb",
		version,
		parameters: {
			PoolKey: settings.poolKey,
			PhoneNoA: national(request.from),
			PhoneNoB: national(request.to),
			Expiration: inBeijing(end.toString()),
			IsRecordingEnabled: String(settings.recorded),
			OutId: request.ref,
		},
	});
	if (!called.ok) return fault(called.reason, called.detail);
	const bound = Bound.safeParse(called.answer);
	if (!bound.success) return fault("unreadable", "BindAxb: accepted, but without a number");
	const { SecretNo, SubsId } = bound.data.SecretBindDTO;
	return {
		ok: true,
		number: SecretNo,
		expiresAt: end.toString({ fractionalSecondDigits: 3 }),
		binding: `${SecretNo}/${SubsId}`,
	};
}

async function release(settings: MaskedLineSettings, binding: string): Promise<{ ok: true } | Fault> {
	const [SecretNo, SubsId, ...rest] = binding.split("/");
	if (!SecretNo || !SubsId || rest.length > 0) return fault("refused", "this binding was not made here");
	const called = await callAlibaba(settings, {
		action: "UnbindSubscription",
		version,
		parameters: { PoolKey: settings.poolKey, SecretNo, SubsId },
	});
	if (called.ok || called.code === "isv.SUBS_NOT_EXIST") return { ok: true };
	return fault(called.reason, called.detail);
}

/** The address of a recording is good for two hours, and the recording is kept for thirty days. */
async function recording(
	settings: MaskedLineSettings,
	{ id, at }: CallNamed,
): Promise<{ ok: true; content: AsyncIterable<Uint8Array> } | Fault> {
	const called = await callAlibaba(settings, {
		action: "QueryRecordFileDownloadUrl",
		version,
		parameters: { PoolKey: settings.poolKey, CallId: id, CallTime: inBeijing(at) },
	});
	if (!called.ok) {
		// its codes for a recording that isn't there, or not yet, are not listed
		const missing = called.reason === "refused" || called.reason === "not-found";
		return fault(missing ? "not-found" : called.reason, called.detail);
	}
	const recorded = Recorded.safeParse(called.answer);
	if (!recorded.success) return fault("not-found", "QueryRecordFileDownloadUrl: no address");
	return await download(new URL(recorded.data.DownloadUrl), settings.timeoutMs);
}

/** The service wants mainland numbers as dialled there, digits alone. */
function national(phone: string): string {
	return phone.replace(/^\+86/, "").replace(/^\+/, "00");
}

/** `2026-03-01 11:07:30`, Beijing time, to the second. */
function inBeijing(at: string): string {
	const local = Temporal.Instant.from(at).toZonedDateTimeISO("Asia/Shanghai").toPlainDateTime();
	return local.toString({ smallestUnit: "second" }).replace("T", " ");
}
