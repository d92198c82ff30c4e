import { ask } from "../api.ts";
import type { Typed } from "./values.ts";

/**
 * Takes a command to the server; evidence goes with its file.
 * @param seen the state of the case that whoever sends it has seen
 */
export async function submit(
	kase: string,
	seen: number,
	type: string,
	command: Typed,
	key: string,
	file: File | null,
): Promise<void> {
	const headers = { "idempotency-key": key };
	if (type !== "AddEvidence" || !file) {
		await ask("POST", `/api/cases/${kase}/commands`, { type, expected: seen, ...command }, headers);
		return;
	}
	const body = new FormData();
	for (const [name, value] of Object.entries(command)) body.append(name, String(value));
	body.append("file", file);
	await ask("POST", `/api/cases/${kase}/evidence`, body, headers);
}

/** Other cases are named by their number; commands want their id. */
export async function casesNamed(typed: Typed): Promise<Typed> {
	const found: Typed = {};
	for (const name of ["into", "case", "incident"]) {
		const number = typed[name];
		if (typeof number !== "string" || number === "") continue;
		const answer = await ask<{ case: { id: string } }>(
			"GET",
			`/api/cases/${encodeURIComponent(number.trim())}`,
		);
		found[name] = answer.case.id;
	}
	return found;
}
