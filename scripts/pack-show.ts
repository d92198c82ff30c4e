import { PackError, packsOf, readPacks, SHIPPED_PACKS } from "#server/packs.ts";

/** `npm run pack:show -- PACK [FILE]`: a pack as it is in force, read and checked; one file of it, if named. */
const [name, part] = process.argv.slice(2);

async function main(): Promise<number> {
	const packs = packsOf(await readPacks(process.env.PACKS_DIR ?? SHIPPED_PACKS));
	const pack = packs.newest(name ?? "");
	if (!pack) {
		console.error(
			`Say which pack: npm run pack:show -- ${packs.all.map((one) => one.name).join(" | ")} [categories | clocks | remedies …]`,
		);
		return 2;
	}
	const parts = pack.data as unknown as Record<string, unknown>;
	if (part && !(part in parts)) {
		console.error(`${part} is no part of a pack: ${Object.keys(parts).join(", ")}`);
		return 2;
	}
	console.log(`${pack.data.head.name.zh} ${pack.name} ${pack.version}, in force from ${pack.from}`);
	console.log(JSON.stringify(part ? parts[part] : parts, null, 2));
	return 0;
}

process.exitCode = await main().catch((error: unknown) => {
	if (!(error instanceof PackError)) throw error;
	console.error(error.message);
	return 1;
});
