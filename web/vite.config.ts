import { readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import { Converter } from "opencc-js";
import { defineConfig, type Plugin } from "vite";
import { parse } from "yaml";

/** Simplified to Taiwan's characters and phrases. */
const traditional = Converter({ from: "cn", to: "twp" });

/**
 * Lets a module import YAML as the value it holds: the pages' words are those of packs/common/wording. `?tw` makes all
 * of it traditional; a room's words.yaml gets its `tw` beside `zh` and `en`.
 */
function yaml(): Plugin {
	return {
		name: "yaml",
		enforce: "pre",
		load(id) {
			const [file = "", query] = id.split("?");
			if (!file.endsWith(".yaml")) return null;
			const text = readFileSync(file, "utf8");
			const parsed: unknown = parse(query === "tw" ? traditional(text) : text);
			const content = file.endsWith("words.yaml") ? withTraditional(parsed) : parsed;
			return { code: `export const content = ${JSON.stringify(content)};`, map: null, moduleType: "js" };
		},
	};
}

function withTraditional(words: unknown): unknown {
	return Object.fromEntries(
		Object.entries(words as Record<string, { zh: string; en: string }>).map(([key, text]) => [
			key,
			{ ...text, tw: traditional(text.zh) },
		]),
	);
}

export default defineConfig({
	plugins: [yaml(), react()],
	build: { target: "es2023", chunkSizeWarningLimit: 900 },
	server: { proxy: { "^/api/": process.env.API ?? "http://localhost:3000" } },
});
