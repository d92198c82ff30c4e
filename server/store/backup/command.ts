import { resolve } from "node:path";
import { readSettings, type Settings } from "#server/settings.ts";
import { AdviceError } from "../database/advice.ts";
import type { BackupSummary } from "./backup.ts";

/**
 * Runs `npm run backup FILE` or `npm run restore FILE`: reads the settings, does the work, says what was done, and
 * sets the exit code to 1 with a sentence when it couldn't be.
 */
export async function runCommand(
	verb: "backup" | "restore",
	work: (settings: Settings, file: string) => Promise<BackupSummary>,
): Promise<void> {
	const [file, ...more] = process.argv.slice(2);
	if (file === undefined || more.length > 0) return end([`Say one file: npm run ${verb} FILE`]);
	const read = readSettings(process.env, { newKey: false });
	if (!read.ok) return end(read.problems);
	try {
		const done = await work(read.settings, resolve(file));
		console.log(`${verb}: ${done.tables} tables, ${done.rows} rows, ${done.files} evidence files, ${file}`);
		if (done.damaged.length > 0) {
			console.log(`These evidence files had lost their content before the backup: ${done.damaged.join(" ")}`);
		}
	} catch (error) {
		if (!(error instanceof AdviceError)) throw error;
		end([error.message]);
	}
}

function end(sentences: readonly string[]): void {
	for (const sentence of sentences) console.error(sentence);
	process.exitCode = 1;
}
