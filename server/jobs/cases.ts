import { type Case, FOLD } from "#engine/case.ts";
import type { Desk } from "../handle.ts";
import type { Statement } from "../store/database/database.ts";
import type { Claim } from "../store/due-claims.ts";
import { refold } from "../store/refold.ts";
import { readSnapshot, type Snapshot } from "../store/snapshots.ts";

/** The case of a due row as it stands, and the rows of what else is asked in the same message. */
export async function readCaseOf(
	{ database }: Desk,
	{ company, stream }: Claim,
	also: readonly Statement[] = [],
): Promise<{ kase: Case | null; rows: unknown[][] }> {
	const [found = [], ...rows] = await database.read([readSnapshot(company, stream), ...also]);
	const row = (found as Snapshot<Case>[])[0];
	if (!row) return { kase: null, rows };
	if (row.fold === FOLD) return { kase: row.state, rows };
	const kase = await database.transaction((session) => refold(company, row, session), { readOnly: true });
	return { kase, rows };
}
