import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ownOrders } from "#server/adapters/orders/own.ts";
import type { Desk } from "#server/handle.ts";
import { carryOrderProof } from "#server/http/order-proof.ts";
import { type Imported, importFile } from "#server/importing/import.ts";
import { readMap } from "#server/importing/map.ts";
import { readActWords } from "#server/order-acts.ts";
import { readWords, sayingOf } from "#server/saying.ts";
import { AdviceError } from "#server/store/database/advice.ts";
import { orderReader } from "#server/store/orders.ts";
import { end, onDesk } from "./desk.ts";
import { type Shown, showProgress } from "./progress.ts";

/** `npm run import -- FILE --pack P --map MAP.yaml`: complaints from JSON lines or CSV, each a case (docs/import.md). */

const HOW = `npm run import -- FILE --pack PACK --map MAP.yaml
  FILE            .jsonl, .ndjson, .csv or .tsv, or one of them with .gz
  --pack          express, ride-hailing … (a pack's folder name)
  --map           which column says what: docs/import.md, docs/import/*.yaml
  --company       needed where the database holds several
  --rejects FILE  where rejected rows go (usual: NAME.rejects.jsonl here)
  --batch N       rows written at once, 1 to 5000 (usual: 200)
  --again         import a file that was imported before with another map`;

interface Asked {
	file: string;
	pack: string;
	map: string;
	company: string | null;
	rejects: string;
	batch: number;
	again: boolean;
}

/** The arguments, or what is wrong with them. */
function readArguments(): Asked | string {
	try {
		const { values, positionals } = parseArgs({
			allowPositionals: true,
			options: {
				pack: { type: "string" },
				map: { type: "string" },
				company: { type: "string" },
				rejects: { type: "string" },
				batch: { type: "string", default: "200" },
				again: { type: "boolean", default: false },
			},
		});
		const [file, ...more] = positionals;
		if (file === undefined || more.length > 0) return "Say one file.";
		if (!values.pack || !values.map) return "Say --pack and --map.";
		const batch = /^\d{1,4}$/.test(values.batch) ? Number(values.batch) : 0;
		if (batch < 1 || batch > 5000) return "--batch takes a whole number from 1 to 5000.";
		const { pack, map, company = null, again } = values;
		return {
			file: resolve(file),
			pack,
			map,
			company,
			again,
			batch,
			rejects: resolve(values.rejects ?? `${basename(file)}.rejects.jsonl`),
		};
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

/** The company asked for, or the only one there is. */
async function companyOf(desk: Desk, asked: string | null): Promise<string> {
	const [rows = []] = (await desk.database.read([
		{ sql: "select company from company order by company", parameters: [] },
	])) as { company: string }[][];
	const known = rows.map((one) => one.company);
	if (known.length === 0)
		throw new AdviceError("The database holds no company yet: start the server once, or run npm run seed.");
	if (asked === null && known.length > 1)
		throw new AdviceError(`Say which company: --company ${known.join(" | ")}`);
	const company = asked ?? known[0] ?? "";
	if (!known.includes(company))
		throw new AdviceError(`There is no company "${company}": ${known.join(", ")}`);
	return company;
}

async function run(desk: Desk, asked: Asked): Promise<number> {
	const pack = desk.packs.newest(asked.pack);
	if (!pack)
		throw new AdviceError(
			`There is no pack "${asked.pack}": ${desk.packs.all.map((one) => one.name).join(", ")}`,
		);
	const map = await readMap(asked.map, pack);
	const company = await companyOf(desk, asked.company);
	const saying = sayingOf(await readWords(), desk.packs);
	const acts = await readActWords();
	const orders = ownOrders(orderReader(desk.database, desk.keys));
	const begun = performance.now();
	let shown: Shown | null = null;
	const imported = await importFile(desk, {
		...asked,
		company,
		pack,
		map,
		name: basename(asked.file),
		say: (refusal) => saying.refusal(refusal, "en", { command: "FileComplaint" }),
		withRoadProof: (of, kase) => carryOrderProof({ desk, orders }, acts, of, kase),
		report: ({ rows, done, now, rejected }) => {
			shown ??= showProgress(rows, "rows", begun);
			shown.at(done, now, rejected > 0 ? `, ${rejected} rejected` : "");
		},
	}).finally(() => shown?.end());
	tell(imported, asked, (performance.now() - begun) / 1000);
	return 0;
}

function tell(imported: Imported, { rejects }: Asked, seconds: number): void {
	const { rows, accepted, rejected, now, categories } = imported;
	const before = rows - now;
	console.log(
		`${rows} rows: ${accepted} accepted, ${rejected} rejected${rejected > 0 ? ` (${rejects})` : ""}`,
	);
	if (before > 0) console.log(`${before} of them had been imported before`);
	if (now > 0) console.log(`${now} rows in ${seconds.toFixed(1)} s, ${Math.round(now / seconds)} a second`);
	const byCategory = new Map<string, string[]>();
	for (const { category, severity, cases } of categories)
		byCategory.set(category, [...(byCategory.get(category) ?? []), `${cases} ${severity ?? "ungraded"}`]);
	for (const [category, counts] of byCategory) console.log(`  ${category}: ${counts.join(", ")}`);
}

const asked = readArguments();
if (typeof asked === "string") end(`${asked}\n\n${HOW}`, 2);
else await onDesk({ create: false, migrate: true }, (desk) => run(desk, asked));
