import { type Instant, instantPlus } from "#engine/time/instant.ts";
import type { Database } from "../store/database/database.ts";

/** Nightly: drops sessions, codes and counted attempts that have run out. Sessions run on the machine's clock. */
export async function sweepAccounts(
	database: Pick<Database<unknown>, "transaction">,
	now: Instant,
): Promise<void> {
	await database.transaction((session) =>
		session.commitWith([
			{ sql: `delete from account_session where "expiresAt" < current_timestamp`, parameters: [] },
			{ sql: `delete from account_verification where "expiresAt" < current_timestamp`, parameters: [] },
			{ sql: "delete from one_time_code where expires_at < $1", parameters: [now] },
			{
				sql: "delete from attempt where coalesce(times[cardinality(times)], '-infinity') < $1",
				parameters: [instantPlus(now, { days: -1 })],
			},
		]),
	);
}
