import { expect, it } from "vitest";
import { type Case, emptyCase } from "#engine/case.ts";
import { packFrom } from "../../pack.ts";
import { kindOf, wantedIn } from "./slots.ts";

const name = { zh: "名", en: "name" };
const photo = { id: "outside", name, kind: "photo" as const, required: true };
const film = { id: "unboxing", name, kind: "video" as const, required: true };
const pack = packFrom({
	...{ name: "express", version: "1", title: name, zone: "Asia/Shanghai", currency: "CNY", head: {} },
	categories: { groups: {}, categories: [{ id: "damage", group: "g", name, evidence: ["parcel"] }] },
	evidence: {
		recipes: {
			parcel: { name, from: "recipient", pieces: [photo, film] },
			account: { name, from: "courier", pieces: [{ ...photo, id: "own", required: false }] },
		},
		sources: {},
	},
});

const item = (id: string, recipe: string | null, piece: string | null): Case["evidence"][number] => ({
	...{ id, recipe, piece, kind: "photo", title: { ref: "r", hash: "h" }, from: "p1", file: null },
	...{ takenAt: null, judged: null, flags: [], at: "2026-03-01T00:00:00.000Z", by: "x" },
});
const kase: Case = {
	...emptyCase("c", "acme", "1", { name: "express", version: "1" }),
	allegations: [
		{
			...{ id: "a1", words: null, proposed: null, category: "damage" },
			...{ classified: null, accused: [], withdrawn: null, round: 1 },
		},
	],
	evidence: [item("e1", "parcel", "outside"), item("e2", "account", "own"), item("e3", null, null)],
};

it("sets what came into the places the category wants, and counts required ones that are empty", () => {
	const { wanted, rest } = wantedIn(kase, pack);
	expect(wanted.map((one) => [one.id, one.missing])).toEqual([
		["parcel", 1],
		["account", 0],
	]);
	expect(wanted[0]?.slots.map((one) => one.items.map(({ id }) => id))).toEqual([["e1"], []]);
	expect(rest.map((one) => one.id)).toEqual(["e3"]);
});

it("wants nothing that it doesn't know", () => {
	expect(wantedIn(kase, null)).toEqual({ wanted: [], rest: kase.evidence });
});

it.each([
	["image/jpeg", undefined, "photo"],
	["image/png", film, "photo"],
	["image/png", { ...photo, kind: "document" as const }, "document"],
	["video/mp4", film, "video"],
	["audio/mpeg", undefined, "audio"],
	["application/gpx+xml", undefined, "track"],
	["application/pdf", photo, "document"],
	["application/pdf", { ...photo, kind: "statement" as const }, "statement"],
])("%s goes in by its type and piece", (mime, piece, kind) => {
	expect(kindOf(mime, piece)).toBe(kind);
});
