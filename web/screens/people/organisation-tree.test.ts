import { expect, test } from "vitest";
import { type Branch, treeOf } from "./organisation-tree.ts";

const place = (id: string, kind = "outlet") => ({ id, name: id, nameEn: id, kind });
const belongs = (child: string, parent: string, from = "2020-01-01", to: string | null = null) => ({
	...{ child, parent, kind: "own", from, to },
});
const shape = (branches: readonly Branch[]): unknown =>
	branches.map(({ organisation, children }) =>
		children.length > 0 ? [organisation.id, shape(children)] : organisation.id,
	);
const all = [place("partner"), place("south"), place("outlet"), place("hq", "head-office")];

test("whoever belongs to nobody stands at the top, head office first", () => {
	const relations = [belongs("south", "hq"), belongs("outlet", "south")];
	expect(shape(treeOf(all, relations, "2026-03-01"))).toEqual([["hq", [["south", ["outlet"]]]], "partner"]);
});

test("only what is in force on the day counts, its last day included", () => {
	const relations = [
		belongs("outlet", "south", "2020-01-01", "2026-02-28"),
		belongs("outlet", "hq", "2026-03-01"),
	];
	expect(shape(treeOf(all, relations, "2026-02-28"))).toEqual(["hq", "partner", ["south", ["outlet"]]]);
	expect(shape(treeOf(all, relations, "2026-03-01"))).toEqual([["hq", ["outlet"]], "partner", "south"]);
});

test("what works for two stands under both", () => {
	const relations = [belongs("outlet", "south"), belongs("outlet", "hq")];
	expect(shape(treeOf(all, relations, "2026-03-01"))).toEqual([
		["hq", ["outlet"]],
		"partner",
		["south", ["outlet"]],
	]);
});
