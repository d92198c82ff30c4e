import type { Source } from "#engine/rules/table.ts";
import type { PackPart } from "./pack-search.ts";

/** What stands in one place of a table: plain data, so that it can be searched and shown alike. */
export type Cell =
	| string
	| { lines: string[] }
	| { strong: string; under?: string; tags?: string[] }
	/** A condition in words, and as it is written. */
	| { when: string; raw: string }
	| { source: Source; text: string; note?: string }
	/** Names and what they stand for; what is long is folded, and called by its length. */
	| { pairs: [string, string][]; folded?: Folded };

export interface Folded {
	name: string;
	words: string[];
}

export interface Row {
	key: string;
	cells: Cell[];
}

/** A heading with its table. */
export interface Section {
	id: string;
	part: PackPart;
	title: string;
	/** What holds for the whole of it. */
	about?: string;
	/** Where the whole of it comes from. */
	source?: { source: Source; text: string };
	head: string[];
	rows: Row[];
}

/** All the words of a cell. */
export function textOf(cell: Cell): string {
	if (typeof cell === "string") return cell;
	if ("lines" in cell) return cell.lines.join("\n");
	if ("strong" in cell) return [cell.strong, cell.under, ...(cell.tags ?? [])].filter(Boolean).join("\n");
	if ("when" in cell) return `${cell.when}\n${cell.raw}`;
	if ("source" in cell) return [cell.text, cell.note].filter(Boolean).join("\n");
	const { name, words } = cell.folded ?? { name: "", words: [] };
	return [...cell.pairs.map((pair) => pair.join(" ")), name, ...words].join("\n");
}

/** The rows in which every word looked for is found; a heading that has it keeps all of its rows. */
export function found(sections: readonly Section[], looked: string): Section[] {
	const words = looked.toLowerCase().split(/\s+/).filter(Boolean);
	if (words.length === 0) return [...sections];
	const holds = (text: string) => words.every((word) => text.toLowerCase().includes(word));
	return sections
		.map((section) =>
			holds(`${section.title}\n${section.about ?? ""}`)
				? section
				: {
						...section,
						rows: section.rows.filter((row) => holds([row.key, ...row.cells.map(textOf)].join("\n"))),
					},
		)
		.filter((section) => section.rows.length > 0);
}

/** Where a text has the words looked for: from and to of each place. */
export function placesIn(text: string, looked: string): [number, number][] {
	const plain = text.toLowerCase();
	// letters that change their length in lower case would shift the places
	if (plain.length !== text.length) return [];
	return looked
		.toLowerCase()
		.split(/\s+/)
		.filter(Boolean)
		.flatMap((word) => {
			const places: [number, number][] = [];
			for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + word.length))
				places.push([at, at + word.length]);
			return places;
		});
}
