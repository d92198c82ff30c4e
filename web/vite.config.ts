import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { parse } from "yaml";

/** Lets a module import YAML as the value it holds: the pages' words are those of packs/common/wording. */
function yaml(): Plugin {
	return {
		name: "yaml",
		transform(code, id) {
			if (!id.endsWith(".yaml")) return null;
			return { code: `export const content = ${JSON.stringify(parse(code))};`, map: null, moduleType: "js" };
		},
	};
}

export default defineConfig({
	plugins: [yaml(), react()],
	build: { target: "es2023", chunkSizeWarningLimit: 900 },
	server: { proxy: { "/api": "http://localhost:3000" } },
});
