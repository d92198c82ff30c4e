import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { Example } from "#engine/packs/example.ts";
import { loadPack, type PackProblem, type RawPack } from "#engine/packs/load.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import { PackFiles } from "#engine/packs/schema.ts";

/** The packs that ship with the product. */
export const SHIPPED_PACKS = join(import.meta.dirname, "..", "packs");

/** A pack folder could not be used; the message lists every problem, one a line. */
export class PackError extends Error {
	readonly problems: PackProblem[];
	constructor(folder: string, problems: PackProblem[]) {
		super(
			`The pack ${folder} is not in order:\n${problems.map((one) => `  ${one.file}.yaml ${one.at}: ${one.problem}`).join("\n")}`,
		);
		this.name = "PackError";
		this.problems = problems;
	}
}

async function readYaml(file: string): Promise<unknown> {
	const [document] = parseAllDocuments(await readFile(file, "utf8"));
	if (!document || !("toJS" in document)) return null;
	const [error] = document.errors;
	if (error)
		throw new PackError(file, [
			{ file, at: `line ${error.linePos?.[0]?.line ?? "?"}`, problem: error.message },
		]);
	return document.toJS();
}

/** The raw files of one pack folder. */
export async function readPackFiles(folder: string): Promise<RawPack> {
	const names = [...Object.keys(PackFiles), "wording/zh-CN", "wording/en"];
	const files = await Promise.all(
		names.map(async (name) => {
			const text = await readYaml(join(folder, `${name}.yaml`)).catch((error: NodeJS.ErrnoException) => {
				if (error.code === "ENOENT") return undefined;
				throw error;
			});
			return [name, text] as const;
		}),
	);
	return Object.fromEntries(files.filter(([, content]) => content !== undefined));
}

/**
 * Reads and checks one pack folder.
 * @throws PackError naming file and place of every problem
 */
export async function readPack(
	folder: string,
	commonFacts: unknown,
): Promise<LoadedPack & { sha256: string }> {
	const raw = await readPackFiles(folder);
	const loading = loadPack(raw, commonFacts);
	if (!loading.ok) throw new PackError(folder, loading.problems);
	return {
		...loading.pack,
		sha256: createHash("sha256")
			.update(JSON.stringify([raw, commonFacts]))
			.digest("hex"),
	};
}

/** The examples of a pack folder: each is a test, and what `npm run pack:try` explains. */
export async function readExamples(folder: string): Promise<{ file: string; example: Example }[]> {
	const files = (await readdir(join(folder, "examples"))).filter((one) => one.endsWith(".yaml")).sort();
	const lists = await Promise.all(
		files.map(async (file) => {
			const parsed = z.array(Example).safeParse(await readYaml(join(folder, "examples", file)));
			if (parsed.success) return parsed.data.map((example) => ({ file, example }));
			const problems = parsed.error.issues.map((issue) => ({
				file: `examples/${file}`,
				at: issue.path.join("."),
				problem: issue.message,
			}));
			throw new PackError(folder, problems);
		}),
	);
	return lists.flat();
}

/** One of the packs that ship with the product. */
export async function readShippedPack(name: string): Promise<LoadedPack> {
	return readPack(join(SHIPPED_PACKS, name), await readYaml(join(SHIPPED_PACKS, "common", "facts.yaml")));
}

/** Every pack in a folder of packs, by name. `common` holds what they share. */
export async function readPacks(folder = SHIPPED_PACKS): Promise<Packs> {
	const entries = await readdir(folder, { withFileTypes: true });
	const names = entries.filter((one) => one.isDirectory() && one.name !== "common").map((one) => one.name);
	const commonFacts = await readYaml(join(folder, "common", "facts.yaml"));
	const packs = await Promise.all(names.map((name) => readPack(join(folder, name), commonFacts)));
	return packsOf(packs);
}

/** The packs in use: by name for new cases, by name and version for cases pinned to it. */
export interface Packs {
	all: readonly LoadedPack[];
	newest(name: string): LoadedPack | null;
	/** @throws when a case is pinned to a version that is not there: a broken installation. */
	get(name: string, version: string): LoadedPack;
}

export function packsOf(all: readonly LoadedPack[]): Packs {
	return {
		all,
		newest: (name) =>
			all.filter((one) => one.name === name).sort((a, b) => b.version.localeCompare(a.version))[0] ?? null,
		get: (name, version) => {
			const pack = all.find((one) => one.name === name && one.version === version);
			if (!pack) throw new Error(`the pack ${name} ${version} is not installed, and cases are pinned to it`);
			return pack;
		},
	};
}
