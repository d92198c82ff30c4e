import { parseArgs } from "node:util";
import type { Desk } from "#server/handle.ts";
import { rebuild } from "#server/proving/rebuild.ts";
import { countStreams } from "#server/proving/streams.ts";
import { end, onDesk } from "./desk.ts";
import { showProgress } from "./progress.ts";

/**
 * `npm run rebuild -- --check`: folds every history and compares it with what is kept beside it; exit code 1 when
 * something differs. Without --check what is kept is written anew from the histories.
 */

/** Differences that are printed; the rest are counted. */
const MOST_SHOWN = 50;

function readArguments(): { check: boolean } | string {
	try {
		return { check: parseArgs({ options: { check: { type: "boolean" } } }).values.check ?? false };
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

async function run(desk: Desk, check: boolean): Promise<number> {
	const shown = showProgress(await countStreams(desk.database), "histories");
	const lines: string[] = [];
	const done = await rebuild(desk, !check, {
		found: ({ what, problem, company }) =>
			lines.length < MOST_SHOWN && lines.push(`${what}: ${problem} (${company})`),
		passed: (streams) => shown.at(streams, streams, ""),
	}).finally(() => shown.end());
	for (const line of lines) console.log(line);
	if (done.differences > lines.length) console.log(`… and ${done.differences - lines.length} more`);
	const { streams, differences, beyond } = done;
	const told = `${streams} histories, ${done.lines} events`;
	if (check)
		console.log(`${told}: ${differences === 0 ? "everything is as they say" : `${differences} differences`}`);
	else
		console.log(
			`${told}: everything beside them is written anew; ${differences} differences before, ${beyond} can't be mended`,
		);
	return (check ? differences : beyond) === 0 ? 0 : 1;
}

const asked = readArguments();
if (typeof asked === "string") end(`${asked}\n\nnpm run rebuild [-- --check]`, 2);
else await onDesk({ create: false, migrate: true }, (desk) => run(desk, asked.check));
