import { z } from "zod";
import { COMMANDS } from "#engine/journey.ts";
import type { Words } from "#engine/words.ts";
import type { Plugin } from "./app.ts";
import { callerOf } from "./caller.ts";
import { withoutEdgeOnly } from "./edge-only.ts";
import type { Language } from "./problem.ts";

/** One command, as a form is made from it. */
export interface CommandSchema {
	type: string;
	step: string;
	/** Capabilities of which any one suffices. */
	by: readonly string[];
	/** JSON Schema 2020-12; `keep` on a field says that its content is kept aside, and as what. */
	schema: Record<string, unknown>;
}

let made: CommandSchema[] | null = null;

/** Every command's schema, without what only the server fills in. */
export function commandSchemas(): CommandSchema[] {
	made ??= [...COMMANDS].map(([type, { step, by, schema }]) => {
		const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
		return { type, step, by, schema: withoutEdgeOnly(type, json) };
	});
	return made;
}

/** What forms and pages are made from: the commands' schemas, and the product's own words. */
export function schemaRoutes(words: Readonly<Record<Language, Words>>): Plugin {
	return (app) => {
		const tags = ["forms"];
		const listing = { summary: "Every command: its fields as JSON Schema, its step, who may", tags };
		app.get("/api/commands", { schema: listing }, async (request) => {
			callerOf(request);
			return { commands: commandSchemas() };
		});
		const saying = {
			summary: "The words in which the product speaks of itself",
			tags,
			params: z.object({ language: z.enum(["zh", "en"]) }),
		};
		// the sign-in page speaks before anybody is known
		app.get("/api/words/:language", { schema: saying }, async (request) => words[request.params.language]);
	};
}
