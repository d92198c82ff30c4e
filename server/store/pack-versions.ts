import { type Packs, packsOf, type ReadPack, type RetiredPack } from "../packs.ts";
import { commit } from "./commit.ts";
import type { Database } from "./database/database.ts";

/** Packs belong to the installation: their rows carry this in place of a company. */
const INSTALLATION = "*";

/**
 * The packs in use: those installed, and behind them every version ever installed, kept in the database, so that a case
 * can be opened when the folder of its version is gone. Keeps what is new or has changed.
 */
export async function keepPacks(database: Database<unknown>, installed: readonly ReadPack[]): Promise<Packs> {
	if (installed.length > 0)
		await commit(database, {
			sql: `insert into pack_version (company, name, version, sha256, content, seen_at)
select $1, p.name, p.version, p.sha256, p.source, now()
from jsonb_to_recordset($2::jsonb) as p(name text, version text, sha256 text, source jsonb)
on conflict (company, name, version) do update set sha256 = excluded.sha256, content = excluded.content, seen_at = now()
where pack_version.sha256 <> excluded.sha256`,
			parameters: [
				INSTALLATION,
				JSON.stringify(
					installed.map(({ name, version, sha256, source }) => ({ name, version, sha256, source })),
				),
			],
		});
	const [rows = []] = (await database.read([
		{
			sql: `select name, version, content as source from pack_version v where company = $1
and not exists (select from unnest($2::text[], $3::text[]) as i(name, version) where i.name = v.name and i.version = v.version)`,
			parameters: [INSTALLATION, installed.map((one) => one.name), installed.map((one) => one.version)],
		},
	])) as RetiredPack[][];
	return packsOf(installed, rows);
}
