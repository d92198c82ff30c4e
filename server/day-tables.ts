import { createRequire } from "node:module";
import type { DayTable } from "#engine/time/calendar.ts";
import { canonical, sha256 } from "./store/canonical.ts";

/**
 * 节假日 and 调休 as published by the State Council (package chinese-days), read at the edge as a versioned value.
 * A year not published yet lies outside the table: due times that reach into it say that they are not certain.
 */
export interface DayTables {
	current: DayTable;
}

export function readDayTables(): DayTables {
	const published = createRequire(import.meta.url)("chinese-days/dist/chinese-days.json") as {
		holidays: Record<string, string>;
		workdays: Record<string, string>;
	};
	const off = Object.keys(published.holidays).sort();
	const work = Object.keys(published.workdays).sort();
	const first = off[0]?.slice(0, 4) ?? "2004";
	const last = off.at(-1)?.slice(0, 4) ?? first;
	const version = sha256(canonical({ off, work })).slice(0, 12);
	return { current: { version, from: `${first}-01-01`, to: `${last}-12-31`, off, work } };
}
