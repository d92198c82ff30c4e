import type { Database, Statement } from "../store/database/database.ts";

/** The ledger of an import: which rows of a file were taken, as which case, and which were not, and why. */

export interface ImportRun {
	company: string;
	/** sha256 over the file's content, the map and the pack's name. */
	id: string;
	/** sha256 of the file's content. */
	file: string;
	name: string;
	pack: string;
	rows: number;
	at: string;
}

export function beginRun({ company, id, file, name, pack, rows, at }: ImportRun): Statement {
	return {
		name: "begin-import",
		sql: "insert into import_run (company, id, file, name, pack, rows, begun_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
		parameters: [company, id, file, name, pack, rows, at],
	};
}

export function endRun(company: string, id: string, at: string): Statement {
	return {
		name: "end-import",
		sql: "update import_run set done_at = coalesce(done_at, $3) where company = $1 and id = $2",
		parameters: [company, id, at],
	};
}

/** Cases of an import about whose orders there are photos made on the road: answers rows of `id`. */
export function casesWithRoadProof(company: string, id: string): Statement {
	return {
		name: "imported-with-road-proof",
		sql: `with photographed as materialized (select distinct number from order_act where company = $1 and sha256 is not null),
about as materialized (select r.id from photographed p join case_row r on r.company = $1 and r.orders && array[p.number])
select distinct a.id from about a join import_row i on i.company = $1 and i.import = $2 and i.stream = a.id order by a.id`,
		parameters: [company, id],
	};
}

/** Imports of the same file into a company; answers `{id, done}`. */
export function runsOfFile(company: string, file: string): Statement {
	return {
		name: "imports-of-file",
		sql: "select id, done_at is not null as done from import_run where company = $1 and file = $2",
		parameters: [company, file],
	};
}

/** What became of one row. */
export interface LedgerRow {
	key: string;
	line: number;
	stream: string | null;
	reasons: string[] | null;
}

export function enterRows(company: string, id: string, rows: readonly LedgerRow[]): Statement {
	return {
		name: "enter-import-rows",
		// an array of arrays has no place in unnest, so the reasons travel as JSON
		sql: `insert into import_row (company, import, key, line, stream, reasons)
select $1, $2, t.key, t.line, t.stream,
  case when t.reasons is not null then array(select jsonb_array_elements_text(t.reasons::jsonb)) end
from unnest($3::text[], $4::int[], $5::text[], $6::text[]) as t(key, line, stream, reasons)`,
		parameters: [
			company,
			id,
			rows.map((one) => one.key),
			rows.map((one) => one.line),
			rows.map((one) => one.stream),
			rows.map((one) => (one.reasons ? JSON.stringify(one.reasons) : null)),
		],
	};
}

/** The lines at which keys were met, by key. */
export async function linesByKey(
	database: Pick<Database<unknown>, "read">,
	company: string,
	id: string,
	keys: readonly string[],
): Promise<Map<string, number>> {
	const [rows = []] = (await database.read([
		{
			name: "import-keys",
			sql: "select key, line from import_row where company = $1 and import = $2 and key = any($3::text[])",
			parameters: [company, id, keys],
		},
	])) as { key: string; line: number }[][];
	return new Map(rows.map((one) => [one.key, one.line]));
}

/** Rejected rows in the order of the file, after a line. */
export function readRejects(company: string, id: string, after: number, most: number): Statement {
	return {
		name: "import-rejects",
		sql: "select line, reasons from import_row where company = $1 and import = $2 and line > $3 and stream is null order by line limit $4",
		parameters: [company, id, after, most],
	};
}

/** How an import stands; `line` is the last one known. */
export interface Counted {
	accepted: number;
	rejected: number;
	line: number;
}

/** Answers Counted. */
export function countRows(company: string, id: string): Statement {
	return {
		name: "count-import-rows",
		sql: "select count(stream) as accepted, count(*) - count(stream) as rejected, coalesce(max(line), 0) as line from import_row where company = $1 and import = $2",
		parameters: [company, id],
	};
}

/** The cases of an import by their gravest category and severity as they stand now; answers `{category, severity, cases}`. */
export function categoriesOf(company: string, id: string): Statement {
	return {
		name: "import-categories",
		sql: `select c.categories[1] as category, c.severity, count(*) as cases from import_row i
join case_row c on c.company = i.company and c.id = i.stream where i.company = $1 and i.import = $2
group by 1, 2 order by 3 desc, 1, 2`,
		parameters: [company, id],
	};
}
