// `npm run check`: types, lint and formatting, unused code. All of them run, so that one call shows all
// that is wrong; the exit code is 1 when any of them found something.
import { join } from "node:path";
import { exit } from "node:process";
import { environmentWith, node26, root, runToEnd } from "./node26.mjs";

const checks = [
	{ subject: "types", file: "typescript/bin/tsc", args: ["-b"] },
	{
		subject: "lint and formatting",
		file: "@biomejs/biome/bin/biome",
		args: ["check", "--max-diagnostics=none", "--error-on-warnings"],
	},
	{ subject: "unused code", file: "knip/bin/knip.js", args: ["--no-progress"] },
];

const node = node26();
const complaints = [];
for (const { subject, file, args } of checks) {
	console.log(`\nCheck: ${subject}`);
	const code = await runToEnd(node, [join(root, "node_modules", file), ...args], {
		env: environmentWith(node),
	});
	if (code > 128) exit(code);
	if (code !== 0) complaints.push(subject);
}
console.log(complaints.length === 0 ? "\nCheck: clean" : `\nCheck: to mend: ${complaints.join("; ")}`);
exit(complaints.length === 0 ? 0 : 1);
