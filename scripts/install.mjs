// Brings node_modules in line with package-lock.json, and does nothing, fast, when it is already.
// Plain JavaScript without dependencies, for the old Node of a fresh machine (20.0 or newer).
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { arch, env, execPath, platform, report } from "node:process";
import { hashOf, textOf } from "./fingerprint.mjs";
import { environmentWith, node26, root, runToEnd } from "./node26.mjs";

const lockFile = join(root, "package-lock.json");
const modules = join(root, "node_modules");
const stamp = join(modules, ".cache", "redress-lock");
const quiet = ["--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];

/** An npm known to install all that the lock file names, for the machines whose own does not. */
const soundNpm = "npm@11.19.1";

/**
 * Installs with `npm ci` when node_modules does not match package-lock.json; an installation made by hand
 * that matches is left as it is. Throws a sentence that says what to do when it can't be done.
 */
export async function installWhenStale() {
	const wanted = hashOf([lockFile]);
	if (textOf(stamp) === wanted) return;
	if (missing().length > 0) {
		rmSync(stamp, { force: true });
		await install();
		const still = missing();
		if (still.length > 0) {
			throw new Error(
				`npm did not install ${still.join(", ")}. Remove node_modules and try again with a newer npm.`,
			);
		}
	}
	mkdirSync(dirname(stamp), { recursive: true });
	writeFileSync(stamp, wanted);
}

async function install() {
	console.log("Installing the packages that package-lock.json names …");
	const code = await npm(env.npm_node_execpath ?? execPath, ["ci", ...quiet]);
	if (code !== 0) throw new Error(`npm ci ended with code ${code}; its message is above.`);
	if (missing().length === 0) return;
	// An optional package whose stated range excludes the machine's old Node is left out silently, and the
	// npm of Node 20.0 and 20.1 leaves out every one that names a C library. Node 26 is here by now: it adds them.
	console.log("Adding the packages that this machine's npm left out …");
	const exec = ["exec", "--yes", `--package=${soundNpm}`, "--loglevel=error", "--"];
	await npm(node26(), [...exec, "npm", "install", "--no-save", ...quiet]);
}

/** Runs the npm this was started by, else the one on PATH, with the given Node. */
function npm(node, args) {
	const options = { env: environmentWith(node) };
	if (env.npm_execpath?.endsWith(".js")) return runToEnd(node, [env.npm_execpath, ...args], options);
	return runToEnd("npm", args, { ...options, shell: platform === "win32" });
}

/**
 * Paths of the packages in which npm's own record of what it installed differs from the lock file, those
 * too many included. An optional package may be absent, unless it was made for just this platform.
 */
function missing() {
	const locked = JSON.parse(readFileSync(lockFile, "utf8")).packages;
	const installed = JSON.parse(textOf(join(modules, ".package-lock.json")) ?? '{"packages":{}}').packages;
	const differs = ([path, entry]) => {
		const found = installed[path];
		if (found) return found.version !== entry.version || found.integrity !== entry.integrity;
		return path !== "" && (!entry.optional || madeForThisPlatform(entry));
	};
	return [
		...Object.entries(locked)
			.filter(differs)
			.map(([path]) => path),
		...Object.keys(installed).filter((path) => !(path in locked)),
	];
}

function madeForThisPlatform(entry) {
	if (!entry.os || !entry.cpu) return false;
	const libc = report.getReport().header.glibcVersionRuntime ? "glibc" : "musl";
	return (
		[entry.os].flat().includes(platform) &&
		[entry.cpu].flat().includes(arch) &&
		(!entry.libc || [entry.libc].flat().includes(libc))
	);
}
