// Runs before the programme and its tests: installs the packages and, with `--web`, builds the pages.
// Plain JavaScript without dependencies, for the old Node of a fresh machine (20.0 or newer).
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { argv, exit } from "node:process";
import { pathToFileURL } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { hashOf, sourcesIn, textOf } from "./fingerprint.mjs";
import { installWhenStale } from "./install.mjs";
import { environmentWith, node26, root, runToEnd } from "./node26.mjs";

const pages = join(root, "dist", "web");
const stamp = join(root, "dist", "web.stamp");

/** What the pages are made of: three folders, and the files that decide how they are compiled. */
const folders = ["engine", "web", join("packs", "common", "wording")];
const files = ["package-lock.json", "package.json", "tsconfig.base.json"];

/** Installs what is missing and sees that there is a Node 26; with `web`, builds the pages if they are stale. */
export async function prepare({ web }) {
	await installWhenStale();
	node26();
	if (web) await buildWebWhenStale();
}

/** Builds the pages into dist/web when their sources changed since the last build. */
async function buildWebWhenStale() {
	const wanted = hashOf([
		...files.map((file) => join(root, file)),
		...folders.flatMap((folder) => sourcesIn(join(root, folder))),
	]);
	if (textOf(stamp) === wanted && existsSync(pages)) return;
	console.log("Building the pages …");
	rmSync(stamp, { force: true });
	const node = node26();
	const vite = join(root, "node_modules", "vite", "bin", "vite.js");
	const options = ["--outDir", pages, "--emptyOutDir", "--logLevel", "warn"];
	const code = await runToEnd(node, [vite, "build", join(root, "web"), ...options], {
		env: environmentWith(node),
	});
	if (code !== 0) throw new Error(`The pages could not be built (vite ended with code ${code}).`);
	compress(pages);
	writeFileSync(stamp, wanted);
}

/** Each text of the pages compressed once, so that the server has nothing to do but send it. */
function compress(folder) {
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) compress(path);
		else if ([".js", ".css", ".svg"].includes(extname(path)))
			writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path)));
	}
}

if (import.meta.url === pathToFileURL(argv[1]).href) {
	try {
		await prepare({ web: argv.includes("--web") });
	} catch (error) {
		console.error(error.message);
		exit(1);
	}
}
