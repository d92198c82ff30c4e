import type { Case } from "#engine/case.ts";
import type { Change } from "./change.ts";
import { decideOn, type NamedCase, type NotTaken, namedCases, parseFields } from "./deciding.ts";
import type { Desk, Request } from "./handle.ts";
import { readSnapshot, type Snapshot } from "./store/snapshots.ts";

/** What a request would come to. */
export type Rehearsed = { ok: true; change: Change } | NotTaken;

/** A request played without being written: decided exactly as `handle` would, without a lock and without a trace. */
export async function rehearse(desk: Desk, request: Request): Promise<Rehearsed> {
	const [answer] = await rehearseAll(desk, { ...request, cases: [request.case] });
	if (!answer) throw new Error("nothing was rehearsed");
	return answer;
}

/** One command rehearsed on several cases; the answers stand in the order of `cases`. Everything is read in one message. */
export async function rehearseAll(
	desk: Desk,
	request: Omit<Request, "case"> & { cases: readonly (string | null)[] },
): Promise<Rehearsed[]> {
	const { cases, ...same } = request;
	const { company } = request.actor;
	const parsed = parseFields({ ...same, case: null });
	if (!parsed.ok) return cases.map(() => parsed);
	const ids = cases.filter((one) => one !== null);
	const office = await desk.offices.of(company);
	const read = desk.database.read.bind(desk.database);
	const answers = await read([
		...ids.map((id) => readSnapshot(company, id)),
		...namedCases(company, request.type, parsed.fields),
	]);
	const rows = new Map(
		ids.flatMap((id, n) => (answers[n] as Snapshot<Case>[]).map((row) => [id, row] as const)),
	);
	const world = {
		office,
		now: desk.clock(),
		cases: (answers[ids.length] ?? []) as NamedCase[],
		read,
	};
	const rehearsed: Rehearsed[] = [];
	for (const id of cases) {
		const row = id === null ? null : rows.get(id);
		if (row === undefined) {
			rehearsed.push({ ok: false, unknown: true });
			continue;
		}
		const change = await decideOn(desk, { ...same, case: id }, parsed.fields, { ...world, row });
		rehearsed.push("ok" in change ? change : { ok: true, change });
	}
	return rehearsed;
}
