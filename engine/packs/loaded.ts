import type { CompiledTable } from "../rules/evaluate.ts";
import type { FactSheet } from "../rules/facts.ts";
import type { Category, Pack } from "./schema.ts";

/** A pack as the engine uses it: checked, tables compiled, categories by id. */
export interface LoadedPack {
	name: string;
	version: string;
	from: string;
	data: Pack;
	sheet: FactSheet;
	categories: ReadonlyMap<string, Category>;
	tables: {
		urgency: CompiledTable;
		severity: CompiledTable;
		route: CompiledTable;
		clocks: ReadonlyMap<string, CompiledTable>;
		faults: CompiledTable;
		remedies: CompiledTable;
		worker: CompiledTable;
		limits: CompiledTable;
		sanctions: CompiledTable;
		praise: CompiledTable;
		followUps: CompiledTable;
	};
}
