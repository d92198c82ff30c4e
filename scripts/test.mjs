// `npm test [-- arguments of vitest]`: the test projects, those that drive a browser together, on Node 26, and one line
// with the totals at the end. `--project NAME` (may be repeated) runs only those; other arguments go to vitest.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { argv, exit } from "node:process";
import { parseArgs } from "node:util";
import { environmentWith, node26, root, runToEnd } from "./node26.mjs";

const allProjects = ["unit", "server", "journeys", "by-hand", "by-keys"];
/** Projects that run side by side, so that a long file at the end of one does not keep the others waiting. */
const together = ["journeys", "by-hand", "by-keys"];

/** Splits `--project` from the arguments that vitest gets as they are. */
function askedFor(args) {
	const { tokens } = parseArgs({
		args,
		options: { project: { type: "string", multiple: true } },
		strict: false,
		tokens: true,
	});
	const named = tokens.filter((token) => token.kind === "option" && token.name === "project");
	const taken = new Set(
		named.flatMap(({ index, inlineValue }) => (inlineValue ? [index] : [index, index + 1])),
	);
	return {
		projects: named.length > 0 ? named.map((token) => token.value) : allProjects,
		rest: args.filter((_, index) => !taken.has(index)),
	};
}

/** The projects in the order in which they run, those that run together in one group. */
function groupsOf(projects) {
	const apart = projects.filter((one) => !together.includes(one)).map((one) => [one]);
	const last = projects.filter((one) => together.includes(one));
	return last.length > 0 ? [...apart, last] : apart;
}

/** Runs one group of projects; resolves to its counts. A file or a run that broke outside any test counts as failed. */
async function runGroup(group, rest, folder) {
	const report = join(folder, `${group.join("-")}.json`);
	const reporters = rest.some((arg) => arg.startsWith("--reporter")) ? [] : ["--reporter=default"];
	const named = group.flatMap((project) => ["--project", project]);
	const options = [...named, ...reporters, "--reporter=json", `--outputFile.json=${report}`];
	if (rest.length > 0) options.push("--passWithNoTests");
	const node = node26();
	const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
	const code = await runToEnd(node, [vitest, "run", ...options, ...rest], { env: environmentWith(node) });
	return { ...countsIn(report, code), code };
}

function countsIn(report, code) {
	let result;
	try {
		result = JSON.parse(readFileSync(report, "utf8"));
	} catch {
		return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 };
	}
	const brokenFiles = result.testResults.filter(
		(file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
	);
	const failed = result.numFailedTests + brokenFiles.length;
	return {
		passed: result.numPassedTests,
		failed: failed === 0 && code !== 0 ? 1 : failed,
		skipped: result.numPendingTests + result.numTodoTests,
	};
}

const { projects, rest } = askedFor(argv.slice(2));
const folder = mkdtempSync(join(tmpdir(), "redress-test-"));
const totals = { passed: 0, failed: 0, skipped: 0 };
try {
	for (const group of groupsOf(projects)) {
		console.log(`\nTests: ${group.join(", ")}`);
		const counts = await runGroup(group, rest, folder);
		for (const kind of Object.keys(totals)) totals[kind] += counts[kind];
		if (counts.code > 128) break;
	}
} finally {
	rmSync(folder, { recursive: true, force: true });
}
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : "";
console.log(`\n${totals.passed} passed, ${totals.failed} failed${skipped}`);
exit(totals.failed > 0 ? 1 : 0);
