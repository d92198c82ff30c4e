import type { Database, Session, Statement } from "../store/database/database.ts";

/** Every stream of every company, in pages: those with a history, and those that only left something else behind. */

export interface StreamName {
	company: string;
	stream: string;
}

/** Streams whose histories are held in memory at once. */
const STREAMS_AT_ONCE = 100;

/** The streams after one, in the database's own order. */
function streamsAfter({ company, stream }: StreamName, most: number): Statement {
	const page = (columns: string, from: string, id = "stream") =>
		`(select ${columns} as stream from ${from} (company, ${id}) > ($1, $2) order by company, ${id} limit $3)`;
	return {
		name: "streams-after",
		sql: `select company, stream from (
${page("distinct company, stream", "history where")} union
${page("company, stream", "snapshot where")} union
${page("company, id", "case_row where", "id")} union
${page("distinct company, stream", "due where kind = 'timer' and")}
) known order by company, stream limit $3`,
		parameters: [company, stream, most],
	};
}

/**
 * Goes through all streams, one page after the other, each page in a transaction of its own, so that what is read of
 * one stream belongs together while a server goes on working.
 */
export async function eachPage(
	database: Database<unknown>,
	writes: boolean,
	work: (session: Session, page: readonly StreamName[]) => Promise<void>,
): Promise<void> {
	for (let last: StreamName | undefined = { company: "", stream: "" }; last; ) {
		const after: StreamName = last;
		last = await database.transaction(
			async (session) => {
				const page = await session.run<StreamName>(streamsAfter(after, STREAMS_AT_ONCE));
				if (page.length > 0) await work(session, page);
				return page.at(-1);
			},
			writes ? {} : { isolation: "repeatable read", readOnly: true },
		);
	}
}

/** The two parameters that name a page in SQL: companies and streams. */
export function namesOf(page: readonly StreamName[]): [string[], string[]] {
	return [page.map((one) => one.company), page.map((one) => one.stream)];
}

/** Rows by the stream they belong to, in the order in which they came. */
export function byStream<R extends StreamName>(rows: readonly R[]): (name: StreamName) => R[] {
	const known = Map.groupBy(rows, ({ company, stream }) => JSON.stringify([company, stream]));
	return ({ company, stream }) => known.get(JSON.stringify([company, stream])) ?? [];
}

/** How many streams there are, about: for a progress bar. */
export async function countStreams(database: Pick<Database<unknown>, "read">): Promise<number> {
	const [rows = []] = (await database.read([
		{ sql: "select count(*) as streams from snapshot", parameters: [] },
	])) as { streams: number }[][];
	return rows[0]?.streams ?? 0;
}
