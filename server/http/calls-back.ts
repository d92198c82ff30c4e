import { newId } from "../ids.ts";
import type { CallEffect } from "../jobs/masked-calls.ts";
import type { CallTold } from "../ports/caller.ts";
import type { Teller } from "../ports/receipts.ts";
import type { Statement } from "../store/database/database.ts";
import { type DueRow, insertDue } from "../store/due.ts";
import { type LineRow, noteCallEnded, noteCallRecorded, readLines } from "../store/masked-lines.ts";
import type { Edge, Plugin } from "./app.ts";
import { toldRoute } from "./told.ts";

/** Calls over masked lines, told by the provider: each becomes an attempt in its case, its recording evidence. */
export function callsBackRoutes(teller: Teller<CallTold> | undefined): Plugin {
	return (app, edge) =>
		toldRoute(
			...([app, edge, "/api/calls-back"] as const),
			"Calls over masked lines and their recordings, told by the provider",
			() => teller,
			(told) => takeCalls(edge, told),
		);
}

/**
 * Notes what was told, once each, and leaves the rest to the loop: providers wait for less than a second. A call over
 * a line that is none of ours is nobody's here.
 */
export async function takeCalls({ desk }: Pick<Edge, "desk">, told: readonly CallTold[]): Promise<void> {
	const named = told.flatMap((one) => lineNamed(one.ref) ?? []);
	const now = desk.clock();
	const anything = await desk.database.transaction(async (session) => {
		const [found = []] = (await session.runAll([readLines(named)])) as LineRow[][];
		const lines = new Map(found.map((one) => [`${one.company}:${one.id}`, one]));
		const known = told.flatMap((call) => {
			const line = lines.get(call.ref);
			return line ? [{ call, line }] : [];
		});
		const news = await session.runAll(
			known.map(
				({ call, line }): Statement =>
					call.is === "ended" ? noteCallEnded(line, call, now) : noteCallRecorded(line, call, now),
			),
		);
		const rows = known.flatMap(({ call, line }, n) =>
			(news[n] ?? []).length > 0 ? [dueRow(call, line, now)] : [],
		);
		await session.commitWith(insertDue(rows));
		return rows.length > 0;
	});
	if (anything) desk.committed({ company: "", case: "", seq: 0, due: true });
}

/** The line's company and id out of what the provider gives back. */
function lineNamed(ref: string): { company: string; id: string } | null {
	const at = ref.lastIndexOf(":");
	return at > 0 ? { company: ref.slice(0, at), id: ref.slice(at + 1) } : null;
}

function dueRow(call: CallTold, line: LineRow, now: string): DueRow {
	const what = call.is === "ended" ? "take-call" : "take-recording";
	return {
		...{ company: line.company, id: newId(), stream: line.case, kind: "effect", at: now },
		key: `${what}:${call.id}`,
		payload: { do: what, call: call.id } satisfies CallEffect,
	};
}
