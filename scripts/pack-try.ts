import { join } from "node:path";
import { compare, type Difference, tryPack } from "#engine/packs/try.ts";
import { readDayTables } from "#server/day-tables.ts";
import { PackError, packsOf, readExamples, readPacks, SHIPPED_PACKS } from "#server/packs.ts";
import { readWords } from "#server/saying.ts";
import { told } from "./pack-told.ts";

/** `npm run pack:try -- PACK [WORD]`: plays the examples of a pack (those whose name holds WORD) and says why. */
const [name, word = ""] = process.argv.slice(2);
const folder = process.env.PACKS_DIR ?? SHIPPED_PACKS;

async function main(): Promise<number> {
	const packs = packsOf(await readPacks(folder));
	const pack = packs.newest(name ?? "");
	if (!pack) {
		console.error(
			`Say which pack: npm run pack:try -- ${packs.all.map((one) => one.name).join(" | ")} [word in the example's name]`,
		);
		return 2;
	}
	const examples = (await readExamples(join(folder, pack.name))).filter((one) =>
		one.example.example.includes(word),
	);
	const days = readDayTables().current;
	const words = (await readWords()).zh;
	let wrong = 0;
	for (const { file, example } of examples) {
		const trial = tryPack(pack, example.given, days);
		const differences = compare(example.expect, trial);
		tell(`${example.example}  (${file})`, told(pack, trial, words), differences);
		wrong += differences.length > 0 ? 1 : 0;
	}
	console.log(`\n${examples.length - wrong} right, ${wrong} wrong`);
	return wrong > 0 ? 1 : 0;
}

/** Prints one example, and what came out otherwise than expected. */
function tell(title: string, lines: readonly string[], differences: readonly Difference[]): void {
	console.log(`\n${differences.length > 0 ? "✗" : "✓"} ${title}`);
	for (const line of lines) console.log(`    ${line}`);
	for (const one of differences)
		console.log(
			`    ✗ ${one.what}: expected ${JSON.stringify(one.expected)}, got ${JSON.stringify(one.got)}`,
		);
}

process.exitCode = await main().catch((error: unknown) => {
	if (!(error instanceof PackError)) throw error;
	console.error(error.message);
	return 1;
});
