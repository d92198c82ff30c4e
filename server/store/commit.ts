import type { Database, Statement } from "./database/database.ts";

/** Writes statements in one transaction that needs nothing read before; answers the rows of each. */
export async function commit(
	database: Pick<Database<unknown>, "transaction">,
	...statements: Statement[]
): Promise<unknown[][]> {
	return await database.transaction((session) => session.commitWith(statements));
}
