import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import { readPack, SHIPPED_PACKS } from "../packs.ts";
import { AdviceError } from "../store/database/advice.ts";
import { columnsOf, parseMap } from "./map.ts";

let pack: LoadedPack;
beforeAll(async () => {
	const facts = parse(await readFile(join(SHIPPED_PACKS, "common", "facts.yaml"), "utf8"));
	pack = await readPack(join(SHIPPED_PACKS, "express"), facts);
});

test("a text names a column, a list several, and every column is known with its field", () => {
	const map = parseMap(
		"key: id\nverbatim: [title, text]\nchannel: { value: phone }\nreceivedAt: at\norder: { number: no, facts: { fee: cost } }",
		pack,
	);
	expect(map.verbatim).toMatchObject({ column: ["title", "text"], join: "\n" });
	expect(map.channel).toMatchObject({ value: "phone" });
	expect(map.receivedAt).toEqual({ column: "at", format: ["iso"] });
	expect(columnsOf(map)).toEqual([
		{ column: "id", field: "key" },
		{ column: "title", field: "verbatim" },
		{ column: "text", field: "verbatim" },
		{ column: "at", field: "receivedAt" },
		{ column: "no", field: "order.number" },
		{ column: "cost", field: "order.facts.fee" },
	]);
});

const WHOLE = "verbatim: text\nchannel: { value: phone }\n";

test.each([
	["channel: { value: phone }", "verbatim"],
	["verbatim: text", "channel"],
	[`${WHOLE}amont: claim`, "amont"],
	[`${WHOLE}amount: { column: claim, value: 3 }`, "say either column or value"],
	[`${WHOLE}receivedAt: { column: at, format: HH:mm }`, "a format is iso"],
	[`${WHOLE}receivedAt: { column: at, zone: Beijing }`, "no such time zone"],
	["verbatim: text\nchannel: { value: telephone }", 'channel: "telephone"'],
	[`${WHOLE}kind: { column: k, values: { 投诉: complain } }`, 'kind: "complain"'],
	[`${WHOLE}category: { column: c, values: { 破损: damaged } }`, 'no "damaged", did you mean "damage"?'],
	[`${WHOLE}parties: [{ seat: driver, name: who }]`, 'parties.0.seat: the pack express has no "driver"'],
	[`${WHOLE}order: { number: no, facts: { cost: cost } }`, 'order.facts: the pack express has no "cost"'],
	[`${WHOLE}flags: { fire: f }`, 'flags: the pack express has no "fire"'],
	["verbatim: [", "The map MAP.yaml is not in order"],
	["- a\n- b", "the map: "],
])("a map that is not in order is refused with the place: %s", (text, words) => {
	expect(() => parseMap(text, pack)).toThrow(AdviceError);
	expect(() => parseMap(text, pack)).toThrow(words);
});

test("the maps that ship for trying are in order", async () => {
	const folder = join(SHIPPED_PACKS, "..", "docs", "import");
	const names = (await readdir(folder)).filter((one) => one.endsWith(".yaml"));
	expect(names.length).toBeGreaterThan(3);
	for (const name of names)
		expect(parseMap(await readFile(join(folder, name), "utf8"), pack, name)).toHaveProperty("verbatim");
});
