import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { Scenario, scenarioProblems } from "#engine/practice.ts";
import { SHIPPED_PACKS } from "./packs.ts";
import { AdviceError, hasCode } from "./store/database/advice.ts";

/**
 * The practice talks of a folder of packs, from common/practice; none where there is no such folder.
 * @throws AdviceError naming the file and what is wrong in it
 */
export async function readPractice(folder = SHIPPED_PACKS): Promise<Scenario[]> {
	const place = join(folder, "common", "practice");
	const files = await readdir(place).catch((error: unknown) => {
		if (hasCode(error, "ENOENT")) return [];
		throw error;
	});
	const lists = await Promise.all(
		files
			.filter((one) => one.endsWith(".yaml"))
			.sort()
			.map((file) => readOne(place, file)),
	);
	return lists.flat();
}

async function readOne(place: string, file: string): Promise<Scenario[]> {
	const parsed = z.array(Scenario).safeParse(parse(await readFile(join(place, file), "utf8")));
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw new AdviceError(`Practice talk ${file} ${issue?.path.join(".")}: ${issue?.message}.`);
	}
	for (const one of parsed.data) {
		const [problem] = scenarioProblems(one);
		if (problem) throw new AdviceError(`Practice talk ${file} ${one.id}: ${problem}.`);
	}
	return parsed.data;
}
