// `node scripts/run.mjs [--web] FILE [arguments]`: runs a file of the programme on Node 26, after
// installing what is missing (and building the pages, with --web). Where the system can, this process
// becomes the other one, so that signals and the exit code are its own; elsewhere they are handed on.
import process, { argv, cwd, exit, platform } from "node:process";
import { environmentWith, node26, runToEnd } from "./node26.mjs";
import { prepare } from "./prepare.mjs";

const web = argv[2] === "--web";
const args = argv.slice(web ? 3 : 2);

try {
	if (args.length === 0) throw new Error("Say which file to run: node scripts/run.mjs FILE [arguments]");
	await prepare({ web });
	const node = node26();
	const env = environmentWith(node);
	if (process.execve && platform !== "win32") process.execve(node, [node, ...args], env);
	else exit(await runToEnd(node, args, { cwd: cwd(), env }));
} catch (error) {
	console.error(error.message);
	exit(1);
}
