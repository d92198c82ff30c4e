import { join } from "node:path";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import { compare, type Trial, tryPack } from "#engine/packs/try.ts";
import { renderArithmetic } from "#engine/rules/arithmetic.ts";
import type { Hit } from "#engine/rules/evaluate.ts";
import { readDayTables } from "#server/day-tables.ts";
import { PackError, packsOf, readExamples, readPacks, SHIPPED_PACKS } from "#server/packs.ts";

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
	let wrong = 0;
	for (const { file, example } of examples) {
		const trial = tryPack(pack, example.given, days);
		const differences = compare(example.expect, trial);
		wrong += differences.length > 0 ? 1 : 0;
		console.log(`\n${differences.length > 0 ? "✗" : "✓"} ${example.example}  (${file})`);
		console.log(
			told(pack, trial)
				.map((line) => `    ${line}`)
				.join("\n"),
		);
		for (const one of differences)
			console.log(
				`    ✗ ${one.what}: expected ${JSON.stringify(one.expected)}, got ${JSON.stringify(one.got)}`,
			);
	}
	console.log(`\n${examples.length - wrong} right, ${wrong} wrong`);
	return wrong > 0 ? 1 : 0;
}

function told(pack: LoadedPack, trial: Trial): string[] {
	const category = pack.categories.get(trial.category.id);
	return [
		`类别 ${category?.name.zh ?? trial.category.id}${trial.category.because.length > 0 ? `（${trial.category.because.join("、")}）` : ""} · ${trial.urgency} · ${trial.severity}`,
		...Object.entries(trial.due).map(([clock, at]) => `时限 ${clock}: ${at}`),
		...(trial.fault
			? [
					`定责 ${JSON.stringify(trial.fault.values.shares)} ${trial.fault.values.cause} · ${source(trial.fault)}`,
				]
			: []),
		...trial.remedies.map(
			(hit) =>
				`方案 ${hit.values.item} ${renderArithmetic(hit.explanation, pack.sheet, "zh")} · ${hit.legal === "owed" ? "赔偿" : "补偿"} · ${source(hit)}`,
		),
		...(trial.needs.length > 0 ? [`还需知道 ${trial.needs.join("、")}`] : []),
		...(trial.approval ? [`审批 ${trial.approval}`] : []),
		...trial.problems.map((problem) => `? ${problem}`),
	];
}

function source(hit: Hit): string {
	return `${hit.explanation.table}/${hit.row} · ${hit.explanation.source.ref}`;
}

process.exitCode = await main().catch((error: unknown) => {
	if (!(error instanceof PackError)) throw error;
	console.error(error.message);
	return 1;
});
