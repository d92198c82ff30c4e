/** Amounts as they are typed: whole currency with at most two decimals, kept as minor units. */

/** "25", "25.5", "1,250.00" → minor units; null when it is no amount. */
export function minorOf(typed: string): number | null {
	const plain = typed
		.normalize("NFKC")
		.replaceAll(",", "")
		.replace(/^[¥￥]/, "")
		.trim();
	const [, whole, decimals = ""] = /^(\d{1,12})(?:\.(\d{0,2}))?$/.exec(plain) ?? [];
	if (whole === undefined) return null;
	return Number(whole) * 100 + Number(decimals.padEnd(2, "0") || "0");
}

/** Minor units as one would type them: 7500 → "75", 7550 → "75.50". */
export function typedOf(minor: number): string {
	const whole = Math.trunc(minor / 100);
	const rest = Math.abs(minor % 100);
	return rest === 0 ? `${whole}` : `${whole}.${String(rest).padStart(2, "0")}`;
}
