import { z } from "zod";
import { type BindRequest, bindProblem, type Caller, type Line } from "#server/ports/caller.ts";
import { type Fault, fault } from "#server/ports/fault.ts";
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

/**
 * Lends numbers of Alibaba Cloud number protection 号码隐私保护 (Dyplsapi), actions BindAxb and UnbindSubscription.
 * Call records come back with the case's reference as OutId.
 */
export function alibabaMaskedLine(settings: MaskedLineSettings): Caller {
	return {
		bind: (request) => bind(settings, request),
		release: (binding) => release(settings, binding),
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
			Expiration: inBeijing(end),
			IsRecordingEnabled: String(settings.recorded),
			OutId: request.caseRef,
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

/** The service wants mainland numbers as dialled there, digits alone. */
function national(phone: string): string {
	return phone.replace(/^\+86/, "").replace(/^\+/, "00");
}

/** `2026-03-01 11:07:30`, Beijing time, to the second. */
function inBeijing(end: Temporal.Instant): string {
	const local = end.toZonedDateTimeISO("Asia/Shanghai").toPlainDateTime();
	return local.toString({ smallestUnit: "second" }).replace("T", " ");
}
