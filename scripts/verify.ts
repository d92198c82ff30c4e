import { parseArgs } from "node:util";
import type { Desk } from "#server/handle.ts";
import { type Finding, verifyChains } from "#server/proving/chains.ts";
import { verifySeals } from "#server/proving/seals.ts";
import { countStreams } from "#server/proving/streams.ts";
import { end, onDesk } from "./desk.ts";
import { showProgress } from "./progress.ts";

/**
 * `npm run verify`: recomputes the hash chain of every history and the daily seals; names what was altered, left out or
 * cut off, by case number and line. Exit code 1 when anything was. Writes nothing.
 */

const MOST_SHOWN = 50;

async function run({ database }: Desk): Promise<number> {
	const shown = showProgress(await countStreams(database), "histories");
	const lines: string[] = [];
	let count = 0;
	const found = ({ company, what, seq, problem }: Finding) => {
		count += 1;
		if (lines.length < MOST_SHOWN)
			lines.push(`${what}${seq === null ? "" : ` line ${seq}`}: ${problem} (${company})`);
	};
	const passed = (streams: number) => shown.at(streams, streams, "");
	const chains = await verifyChains(database, found, passed).finally(() => shown.end());
	const { seals } = await verifySeals(database, found);
	for (const line of lines) console.log(line);
	if (count > lines.length) console.log(`… and ${count - lines.length} more`);
	const told = `${chains.streams} histories, ${chains.lines} lines, ${seals} daily seals`;
	console.log(`${told}: ${count === 0 ? "nothing was altered" : `${count} findings`}`);
	return count === 0 ? 0 : 1;
}

function wrong(): string | null {
	try {
		parseArgs({ options: {} });
		return null;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

const problem = wrong();
if (problem) end(`${problem}\n\nnpm run verify`, 2);
else await onDesk({ create: false, migrate: false }, run);
