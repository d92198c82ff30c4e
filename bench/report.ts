import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Kind, Times } from "./ground.ts";
import { READINGS } from "./reading.ts";
import type { Served } from "./serving.ts";
import type { TimersFired } from "./timers.ts";
import type { Rates } from "./writing.ts";

/** All figures of one run. */
export interface Figures {
	kind: Kind;
	/** The day, and what it ran on. */
	day: string;
	machine: string;
	database: string;
	writing: { writers: number; rates: Rates }[];
	imported: number;
	reading: { cases: number; megabytes: number; times: Record<string, Times> }[];
	timers: TimersFired;
	served: Served;
}

const README = fileURLToPath(new URL("./README.md", import.meta.url));

/** Puts a run's figures in the place of the last one's of the same database. */
export async function report(figures: Figures): Promise<void> {
	await writeBetween(figures.kind, sectionOf(figures));
}

/** Puts a section between its two marks in README.md. */
export async function writeBetween(mark: string, section: string): Promise<void> {
	const text = await readFile(README, "utf8");
	const [begin, end] = [`<!-- ${mark}: written by the run -->`, `<!-- ${mark}: end -->`];
	const [from, to] = [text.indexOf(begin), text.indexOf(end)];
	if (from < 0 || to < from) throw new Error(`bench/README.md lacks "${begin}" or "${end}"`);
	await writeFile(README, `${text.slice(0, from + begin.length)}\n\n${section}\n${text.slice(to)}`);
}

/** The figures as Markdown. */
export function sectionOf(figures: Figures): string {
	const { day, machine, database } = figures;
	return `${day}; ${machine}; ${database}.\n\n${[writingTable, readingTable, servedTable].map((one) => one(figures)).join("\n")}`;
}

/** A table as Markdown; all columns but the first are figures. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
	return line(head) + line(head.map((_, n) => (n === 0 ? "---" : "---:"))) + rows.map(line).join("");
}

function writingTable({ writing, imported, timers }: Figures): string {
	const head = [
		"a second",
		...writing.map(({ writers }) => (writers === 1 ? "1 writer" : `${writers} writers`)),
	];
	const row = (what: string, of: (rates: Rates) => string) => [
		what,
		...writing.map(({ rates }) => of(rates)),
	];
	const share = (part: number, all: number) => `${whole(part)} (${Math.round((part / all) * 100)} % of raw)`;
	const single = [
		["import, 200 rows a transaction", whole(imported)],
		[
			`${whole(timers.rows)} wake-ups due at once, ${whole(timers.commands)} of them commands`,
			`${whole(timers.rows / timers.seconds)} (${whole(timers.seconds)} s)`,
		],
		["wake-ups due at once that no case wants any more", whole(timers.unwanted)],
		["effects performed (notices, pretended)", whole(timers.effects)],
	];
	return [
		table(head, [
			row("filings, raw rows", (rates) => whole(rates.rawFiling)),
			row("filings", (rates) => share(rates.filing, rates.rawFiling)),
			row("commands, raw rows", (rates) => whole(rates.rawCommand)),
			row("commands (claims of a case)", (rates) => share(rates.command, rates.rawCommand)),
		]),
		table(["a second", ""], single),
	].join("\n");
}

function readingTable({ reading, kind }: Figures): string {
	const head = [
		"ms, p50 / p95",
		...(kind === "postgres" ? ["aim"] : []),
		...reading.map(({ cases }) => `${whole(cases)} cases`),
	];
	const rows = READINGS.map(({ what, aim }) => [
		what,
		...(kind === "postgres" ? [`${aim}`] : []),
		...reading.map(({ times }) => timesOf(times[what], kind === "postgres" ? aim : Number.POSITIVE_INFINITY)),
	]);
	const size = [
		"the database, MB",
		...(kind === "postgres" ? [""] : []),
		...reading.map(({ megabytes }) => whole(megabytes)),
	];
	return table(head, [...rows, size]);
}

function timesOf(times: Times | undefined, aim: number): string {
	if (!times) return "–";
	const text = `${times.p50.toFixed(1)} / ${times.p95.toFixed(1)}`;
	return times.p95 > aim ? `**${text}**` : text;
}

function servedTable({ served }: Figures): string {
	return table(
		["the server as a process", ""],
		[
			["first start, with the demo made, s", served.firstStart.toFixed(1)],
			["second start, s", served.secondStart.toFixed(1)],
			["memory at rest, MiB", whole(served.atRest)],
			["memory under load, most, MiB", whole(served.underLoad)],
			["inbox pages a second, 8 callers", whole(served.lists)],
			["inbox page, one caller, ms p50 / p95", timesOf(served.list, Number.POSITIVE_INFINITY)],
			["filings a second, 8 callers", whole(served.filings)],
			["filing, one caller, ms p50 / p95", timesOf(served.filing, Number.POSITIVE_INFINITY)],
		],
	);
}

export function whole(number: number): string {
	return Math.round(number).toLocaleString("en");
}
