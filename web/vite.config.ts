import { readFileSync } from "node:fs";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { Converter } from "opencc-js";
import { defineConfig, type Plugin } from "vite";
import { parse } from "yaml";
import { firstLoads } from "./first-loads.ts";

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

const page = (name: string) => join(import.meta.dirname, name);

/** While one works on the pages, the phones' addresses lead to their page, as the server leads them. */
function phonePages(): Plugin {
	return {
		name: "phone-pages",
		configureServer(server) {
			server.middlewares.use((request, _response, next) => {
				if (/^\/(c|m|complain)(\/|\?|$)/.test(request.url ?? "")) request.url = "/phone.html";
				// the desk's room of that name is not the file of that name
				if (/^\/phone(\?|$)/.test(request.url ?? "")) request.url = "/index.html";
				next();
			});
		},
	};
}

export default defineConfig({
	plugins: [yaml(), react(), phonePages(), firstLoads()],
	build: {
		target: "es2023",
		chunkSizeWarningLimit: 900,
		// the desk, and the two phones, which load nothing of it
		rollupOptions: { input: { desk: page("index.html"), phone: page("phone.html") } },
	},
	server: { proxy: { "^/api/": process.env.API ?? "http://localhost:3000" } },
});
