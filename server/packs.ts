import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { Example } from "#engine/packs/example.ts";
import { loadPack, type PackProblem, type RawPack } from "#engine/packs/load.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import { PackFiles } from "#engine/packs/schema.ts";
import { AdviceError, hasCode, messageOf } from "./store/database/advice.ts";

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

/** What a pack was read from, enough to read it again. */
export interface PackSource {
	files: RawPack;
	common: unknown;
}

/** A pack with where it came from. */
export interface ReadPack extends LoadedPack {
	folder: string;
	sha256: string;
	source: PackSource;
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
export async function readPack(folder: string, commonFacts: unknown): Promise<ReadPack> {
	const files = await readPackFiles(folder);
	const source = { files, common: commonFacts };
	const sha256 = createHash("sha256")
		.update(JSON.stringify([files, commonFacts]))
		.digest("hex");
	return { ...compiled(folder, source), folder, sha256, source };
}

function compiled(place: string, { files, common }: PackSource): LoadedPack {
	const loading = loadPack(files, common);
	if (!loading.ok) throw new PackError(place, loading.problems);
	return loading.pack;
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

/** The examples beside a pack; none when its folder is gone, or has none. */
export async function examplesOf(pack: LoadedPack): Promise<{ file: string; example: Example }[]> {
	const { folder } = pack as Partial<ReadPack>;
	if (folder === undefined) return [];
	return await readExamples(folder).catch((error: unknown) => {
		if (!hasCode(error, "ENOENT")) throw error;
		return [];
	});
}

/** One of the packs that ship with the product. */
export async function readShippedPack(name: string): Promise<LoadedPack> {
	return readPack(join(SHIPPED_PACKS, name), await readYaml(join(SHIPPED_PACKS, "common", "facts.yaml")));
}

/**
 * Every pack in a folder of packs; its folder `common` holds what they share.
 * @throws AdviceError when there is no such folder, PackError when a pack in it is not in order
 */
export async function readPacks(folder = SHIPPED_PACKS): Promise<ReadPack[]> {
	const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
		throw new AdviceError(
			`The folder of packs ${folder} can't be read (${messageOf(error)}): set PACKS_DIR.`,
		);
	});
	const names = entries.filter((one) => one.isDirectory() && one.name !== "common").map((one) => one.name);
	const common = join(folder, "common", "facts.yaml");
	const commonFacts = await readYaml(common).catch((error: unknown) => {
		if (!hasCode(error, "ENOENT")) throw error;
		throw new AdviceError(
			`${common} is missing: a folder of packs needs the folder common of the shipped one.`,
		);
	});
	return await Promise.all(names.map((name) => readPack(join(folder, name), commonFacts)));
}

/** The packs in use: by name for new cases, by name and version for cases pinned to it. */
export interface Packs {
	/** Those installed, without the retired. */
	all: readonly LoadedPack[];
	/** The latest version whose day has come. */
	newest(name: string): LoadedPack | null;
	/** A version, installed or retired. */
	find(name: string, version: string): LoadedPack | null;
	/** @throws PackError when it is neither: a broken installation */
	get(name: string, version: string): LoadedPack;
}

/** A version that cases may be pinned to, though its folder has been removed. */
export interface RetiredPack {
	name: string;
	version: string;
	source: PackSource;
}

export function packsOf(all: readonly LoadedPack[], retired: readonly RetiredPack[] = []): Packs {
	const named = new Map(all.map((one) => [`${one.name} ${one.version}`, one]));
	const removed = new Map(retired.map((one) => [`${one.name} ${one.version}`, one.source]));
	const latest = (name: string) => {
		const today = new Date().toISOString();
		const versions = all.filter((one) => one.name === name);
		const begun = versions.filter((one) => one.from <= today);
		return (begun.length > 0 ? begun : versions).toSorted(laterFirst)[0] ?? null;
	};
	const find = (name: string, version: string) => {
		const key = `${name} ${version}`;
		const source = removed.get(key);
		if (source && !named.has(key)) named.set(key, compiled(key, source));
		return named.get(key) ?? null;
	};
	const get = (name: string, version: string) => {
		const pack = find(name, version);
		if (pack) return pack;
		const problem = "not installed, and cases keep to it";
		throw new PackError(`${name} ${version}`, [{ file: "pack", at: "version", problem }]);
	};
	return { all, newest: latest, find, get };
}

const numeric = new Intl.Collator("en", { numeric: true });

function laterFirst(a: LoadedPack, b: LoadedPack): number {
	return numeric.compare(b.from, a.from) || numeric.compare(b.version, a.version);
}
