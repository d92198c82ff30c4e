import type { Case } from "#engine/case.ts";
import type { Instant } from "#engine/time/instant.ts";

/** Times as the stories tell them: the wall clock of Shanghai, "2026-03-05 18:30". */
const ZONE = "Asia/Shanghai";

export function instantOf(local: string): Instant {
	const time = Temporal.PlainDateTime.from(local.replace(" ", "T"));
	return time.toZonedDateTime(ZONE).toInstant().toString({ fractionalSecondDigits: 3 });
}

/** To the minute, or to the second where it is not a full minute. */
export function localOf(instant: Instant): string {
	const time = Temporal.Instant.from(instant).toZonedDateTimeISO(ZONE).toPlainDateTime();
	const exact = time.second === 0 && time.millisecond === 0;
	return time.toString({ smallestUnit: exact ? "minute" : "millisecond" }).replace("T", " ");
}

/** When each clock of a case is due, by its name, or by name and question, appeal, proceeding where it belongs to one. */
export function duesOf(kase: Case): Record<string, string> {
	return Object.fromEntries(
		kase.clocks.map((one) => [one.party ? `${one.name} ${one.party}` : one.name, localOf(one.due)]),
	);
}

/** Clocks that ran out before they were stopped. */
export function breachedOf(kase: Case): string[] {
	return kase.clocks.filter((one) => one.breachedAt).map((one) => one.name);
}
