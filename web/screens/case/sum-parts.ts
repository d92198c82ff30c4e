export interface SumPart {
	text: string;
	/** The fact that this part names; null: what stands between. */
	fact: string | null;
	at: number;
}

/** Cuts a sum in words at the names of its facts; the longest name that fits wins. */
export function cutByLabels(text: string, labels: readonly { fact: string; label: string }[]): SumPart[] {
	const longest = labels
		.filter((one) => one.label !== "")
		.toSorted((a, b) => b.label.length - a.label.length);
	const parts: SumPart[] = [];
	let plain = 0;
	let at = 0;
	while (at < text.length) {
		const found = longest.find((one) => text.startsWith(one.label, at));
		if (!found) {
			at += 1;
			continue;
		}
		if (at > plain) parts.push({ text: text.slice(plain, at), fact: null, at: plain });
		parts.push({ text: found.label, fact: found.fact, at });
		at += found.label.length;
		plain = at;
	}
	if (plain < text.length) parts.push({ text: text.slice(plain), fact: null, at: plain });
	return parts;
}
