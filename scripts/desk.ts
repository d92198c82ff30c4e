import { readDayTables } from "#server/day-tables.ts";
import type { Desk } from "#server/handle.ts";
import { Offices } from "#server/office.ts";
import { PackError, readPacks } from "#server/packs.ts";
import { readSettings } from "#server/settings.ts";
import { AdviceError } from "#server/store/database/advice.ts";
import { openDatabase } from "#server/store/database/database.ts";
import { ownMigrations } from "#server/store/database/migrate.ts";
import { keysFrom } from "#server/store/kept.ts";
import { keepPacks } from "#server/store/pack-versions.ts";

/** What a script may do to the database before it begins. */
interface Opening {
	/** Make the embedded database when there is none. */
	create: boolean;
	/** Bring the schema up to this release. */
	migrate: boolean;
}

/**
 * Opens the database that the settings name, as the server would, runs the work on it and closes it. What the user can
 * mend is said in a sentence, with exit code 1; `work` answers the exit code of a run that came to its end.
 */
export async function onDesk(opening: Opening, work: (desk: Desk) => Promise<number>): Promise<void> {
	const read = readSettings(process.env, { newKey: opening.create });
	if (!read.ok) return end(read.problems.join("\n"));
	const { settings } = read;
	try {
		const installed = await readPacks(settings.packsDir ?? undefined);
		const database = await openDatabase<unknown>(settings, {
			migrations: opening.migrate ? ownMigrations : null,
			create: opening.create,
		});
		const offices = new Offices(database);
		const clock = () => new Date().toISOString();
		const keys = keysFrom(settings.secretKey);
		try {
			const packs = await keepPacks(database, installed);
			process.exitCode = await work({
				database,
				packs,
				offices,
				keys,
				days: readDayTables(),
				clock,
				committed: () => {},
			});
		} finally {
			await database.close();
		}
	} catch (error) {
		if (error instanceof AdviceError || error instanceof PackError) return end(error.message);
		throw error;
	}
}

/** Says what is wrong, on standard error, with exit code 1 (2: the script was called wrongly). */
export function end(words: string, code: 1 | 2 = 1): void {
	console.error(words);
	process.exitCode = code;
}
