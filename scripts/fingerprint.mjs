// Fingerprints of files: how the scripts see whether anything changed since they last ran.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { root } from "./node26.mjs";

/** One SHA-256 (hex) over the names and contents of files, in the order given. */
export function hashOf(files) {
	const hash = createHash("sha256");
	for (const file of files) {
		const content = readFileSync(file);
		hash.update(`${file.slice(root.length).replaceAll(sep, "/")}\0${content.length}\0`).update(content);
	}
	return hash.digest("hex");
}

/** The files of a folder and its subfolders in a fixed order, without tests. */
export function sourcesIn(folder) {
	return readdirSync(folder, { withFileTypes: true })
		.sort((a, b) => (a.name < b.name ? -1 : 1))
		.flatMap((entry) => {
			const path = join(folder, entry.name);
			if (entry.isDirectory()) return sourcesIn(path);
			return /\.test\.tsx?$/.test(entry.name) ? [] : [path];
		});
}

/** The text of a file, or null where there is none. */
export function textOf(file) {
	return existsSync(file) ? readFileSync(file, "utf8") : null;
}
