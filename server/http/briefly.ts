/** Keeps what was read for a while: those who ask the same at nearly the same time are answered by one reading. */
export function briefly<T>(ms: number, clock: () => number = () => performance.now()) {
	const kept = new Map<string, { until: number; answer: Promise<T> }>();
	return (key: string, read: () => Promise<T>): Promise<T> => {
		const now = clock();
		for (const [other, { until }] of kept) if (until <= now) kept.delete(other);
		const known = kept.get(key);
		if (known) return known.answer;
		const answer = read();
		const entry = { until: now + ms, answer };
		kept.set(key, entry);
		answer.catch(() => {
			if (kept.get(key) === entry) kept.delete(key);
		});
		return answer;
	};
}
