import type { Sent, SentBox } from "#server/ports/notifier.ts";

/** A sent box in memory, with `all` to look into: for tests and for trying out without a database. */
export function memorySentBox(): SentBox & { all(): Sent[] } {
	const kept = new Map<string, Sent>();
	const keyOf = (company: string, idempotencyKey: string) => JSON.stringify([company, idempotencyKey]);
	return {
		async find(company, idempotencyKey) {
			return kept.get(keyOf(company, idempotencyKey)) ?? null;
		},
		async put(sent) {
			const key = keyOf(sent.company, sent.idempotencyKey);
			if (!kept.has(key)) kept.set(key, sent);
		},
		all: () => [...kept.values()],
	};
}
