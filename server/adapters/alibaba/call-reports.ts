import { z } from "zod";
import type { CallEnded, CallTold } from "#server/ports/caller.ts";
import type { Teller } from "#server/ports/receipts.ts";
import { entriesIn, instantOf, isAlibaba, thanks } from "./told.ts";

const Text = z.union([z.string(), z.number()]).transform(String);
const Named = {
	call_id: Text.pipe(z.string().min(1).max(100)),
	out_id: Text.pipe(z.string().min(1).max(200)),
	pool_key: z.string(),
	call_time: z.unknown(),
};

/** SecretReport, at the end of a call. `call_type`: 0 A calls B, 1 B calls A; others are text messages and blocks. */
const Report = z.looseObject({
	...Named,
	call_type: z.coerce.number(),
	start_time: z.unknown(),
	release_time: z.unknown(),
	unconnected_cause: z.coerce.number().default(0),
	release_cause: z.coerce.number().optional(),
});
/** SecretRecording, once the recording is there. */
const Recording = z.looseObject(Named);

/**
 * Calls over masked lines 话单 and their recordings: SecretReport and SecretRecording of number protection, pushed to
 * one address (help.aliyun.com/document_detail/305596.html, …/pnp/developer-reference/secretrecording).
 */
export function alibabaCallReports({ key, poolKey }: { key: string; poolKey: string }): Teller<CallTold> {
	return {
		greet: ({ query }) => (isAlibaba(query, key) ? thanks : null),
		read(told) {
			const read = entriesIn(told, key);
			if (!read.ok) return read;
			const calls = read.entries.flatMap((one) => toldBy(one, poolKey) ?? []);
			return { ok: true, told: calls, thanks };
		},
	};
}

/** Null for what is none of ours: another pool, the start of a call, its ringing, a text message. */
function toldBy(entry: unknown, poolKey: string): CallTold | null {
	const named = Recording.safeParse(entry);
	if (!named.success || named.data.pool_key !== poolKey) return null;
	const { call_id: id, out_id: ref } = named.data;
	const at = instantOf(named.data.call_time);
	if (at === null) return null;
	const report = Report.safeParse(entry);
	if (report.success && instantOf(report.data.release_time) !== null)
		return ended(report.data, { id, ref, at });
	// all other reports name both numbers
	return "phone_no" in named.data ? null : { is: "recorded", id, ref, at };
}

function ended(
	report: z.output<typeof Report>,
	named: Pick<CallEnded, "id" | "ref" | "at">,
): CallEnded | null {
	const { call_type, start_time, release_time, unconnected_cause, release_cause } = report;
	if (call_type !== 0 && call_type !== 1) return null;
	const endedAt = instantOf(release_time) ?? named.at;
	const startedAt = instantOf(start_time);
	// where nobody answered, both are the same
	const answeredAt = startedAt !== null && startedAt < endedAt ? startedAt : null;
	const outcome = answeredAt ? "reached" : missed(unconnected_cause, release_cause);
	return { is: "ended", ...named, back: call_type === 1, answeredAt, endedAt, outcome };
}

/** Causes 1 to 3 are the service's own barring; release cause 1 is a number that doesn't exist (ITU-T Q.850). */
function missed(unconnected: number, release: number | undefined): CallEnded["outcome"] {
	if (unconnected >= 1 && unconnected <= 3) return "barred";
	return release === 1 ? "wrong-number" : "no-answer";
}
