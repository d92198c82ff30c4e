import { createHash } from "node:crypto";

/**
 * JSON with keys in order of their code units and no spaces, after RFC 8785 (numbers as JavaScript prints them):
 * the same value is always the same text, so that a hash over it can be checked again.
 */
export function canonical(value: unknown): string {
	if (Array.isArray(value))
		return `[${value.map((one) => canonical(one === undefined ? null : one)).join(",")}]`;
	if (value !== null && typeof value === "object") {
		const fields = Object.entries(value)
			.filter(([, one]) => one !== undefined)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`);
		return `{${fields.join(",")}}`;
	}
	return JSON.stringify(value);
}

export function sha256(...parts: (string | Buffer)[]): string {
	const hash = createHash("sha256");
	for (const part of parts) hash.update(part);
	return hash.digest("hex");
}
