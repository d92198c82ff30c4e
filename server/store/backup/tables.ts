import pg from "pg";
import type { Session } from "../database/session.ts";

/** A table of ours. `types` are the columns' SQL types; generated columns are left out. */
export interface Table {
	name: string;
	columns: string[];
	types: string[];
	primaryKey: string[];
}

const rowsAtOnce = { first: 100, most: 2000 };
const bytesAtOnce = 1024 * 1024;

/** Every table in the schema but the list of migrations, by name; of a partitioned table the whole. */
export function ownTables(session: Session): Promise<Table[]> {
	return session.run({
		sql: `
			SELECT c.relname::text AS name,
				array(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
					AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum) AS columns,
				array(SELECT format_type(a.atttypid, a.atttypmod) FROM pg_attribute a WHERE a.attrelid = c.oid
					AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum) AS types,
				array(SELECT a.attname::text FROM pg_index i
					CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
					JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
					WHERE i.indrelid = c.oid AND i.indisprimary ORDER BY k.place) AS "primaryKey"
			FROM pg_class c
			WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
				AND NOT c.relispartition AND c.relname <> 'migration'
			ORDER BY c.relname COLLATE "C"`,
		parameters: [],
	});
}

/** Every sequence that was used, with the last number it gave. */
export function ownSequences(session: Session): Promise<{ name: string; value: number }[]> {
	return session.run({
		sql: `SELECT sequencename::text AS name, last_value AS value FROM pg_sequences
			WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY sequencename COLLATE "C"`,
		parameters: [],
	});
}

/**
 * The rows of a table, ordered by primary key, some at a time: each row a JSON array of the columns as PostgreSQL
 * writes them.
 */
export async function* readRows(session: Session, table: Table): AsyncGenerator<string[]> {
	const columns = table.columns.map((name) => `${pg.escapeIdentifier(name)}::text`).join(", ");
	const order = table.primaryKey.map((name) => pg.escapeIdentifier(name)).join(", ");
	await session.run({
		sql: `DECLARE backup NO SCROLL CURSOR FOR SELECT to_json(ARRAY[${columns}])::text AS line
			FROM ${pg.escapeIdentifier(table.name)} ${order === "" ? "" : `ORDER BY ${order}`}`,
		parameters: [],
	});
	for (let count = rowsAtOnce.first; ; ) {
		const rows = await session.run<{ line: string }>({ sql: `FETCH ${count} FROM backup`, parameters: [] });
		if (rows.length === 0) break;
		const lines = rows.map((row) => row.line);
		yield lines;
		const mean = lines.reduce((sum, line) => sum + line.length, 0) / lines.length;
		count = Math.max(1, Math.min(rowsAtOnce.most, Math.floor(bytesAtOnce / mean)));
	}
	await session.run({ sql: "CLOSE backup", parameters: [] });
}

/** Puts rows back that `readRows` gave. `columns` are those of the backup. */
export async function writeRows(
	session: Session,
	table: Table,
	columns: readonly string[],
	lines: readonly string[],
): Promise<void> {
	const names = columns.map((name) => pg.escapeIdentifier(name)).join(", ");
	const cells = columns
		.map((name, at) => `(line->>${at})::${table.types[table.columns.indexOf(name)]}`)
		.join(", ");
	await session.run({
		sql: `INSERT INTO ${pg.escapeIdentifier(table.name)} (${names}) OVERRIDING SYSTEM VALUE
			SELECT ${cells} FROM json_array_elements($1::json) AS line`,
		parameters: [`[${lines.join(",")}]`],
	});
}

/**
 * Empties the tables and lifts what would hinder filling them in any order (foreign keys, triggers). Answers the
 * statements that put it all back.
 */
export async function loosen(session: Session, tables: readonly Table[]): Promise<string[]> {
	const foreignKeys = await session.run<{ table: string; name: string; definition: string }>({
		sql: `SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
			FROM pg_constraint WHERE contype = 'f' AND conparentid = 0 AND connamespace = current_schema()::regnamespace`,
		parameters: [],
	});
	const triggers = await session.run<{ table: string; name: string }>({
		sql: `SELECT tgrelid::regclass::text AS table, quote_ident(tgname) AS name FROM pg_trigger
			JOIN pg_class c ON c.oid = tgrelid WHERE NOT tgisinternal AND tgenabled = 'O' AND tgparentid = 0
			AND c.relnamespace = current_schema()::regnamespace`,
		parameters: [],
	});
	const names = tables.map(({ name }) => pg.escapeIdentifier(name)).join(", ");
	const loosening = [
		"SET CONSTRAINTS ALL IMMEDIATE",
		...foreignKeys.map((key) => `ALTER TABLE ${key.table} DROP CONSTRAINT ${key.name}`),
		...triggers.map((each) => `ALTER TABLE ${each.table} DISABLE TRIGGER ${each.name}`),
		...(names === "" ? [] : [`TRUNCATE ${names}`]),
	];
	await session.runAll(loosening.map((sql) => ({ sql, parameters: [] })));
	return [
		...triggers.map((each) => `ALTER TABLE ${each.table} ENABLE TRIGGER ${each.name}`),
		...foreignKeys.map((key) => `ALTER TABLE ${key.table} ADD CONSTRAINT ${key.name} ${key.definition}`),
	];
}

/** How many rows each table has. */
export async function countRows(
	session: Session,
	tables: readonly { name: string }[],
): Promise<Record<string, number>> {
	const counts = await session.runAll(
		tables.map(({ name }) => ({
			sql: `SELECT count(*) AS rows FROM ${pg.escapeIdentifier(name)}`,
			parameters: [],
		})),
	);
	return Object.fromEntries(
		tables.map(({ name }, at) => [name, (counts[at] as { rows: number }[])[0]?.rows ?? 0]),
	);
}
