import { expect, it } from "vitest";
import { type Case, emptyCase } from "#engine/case.ts";
import { packFrom } from "../pack.ts";
import { matrixOf } from "./verification-matrix.ts";

const name = { zh: "名", en: "name" };
const pack = packFrom({
	...{ name: "express", version: "1", title: name, zone: "Asia/Shanghai", currency: "CNY", head: {} },
	categories: {
		groups: {},
		categories: [
			{
				id: "loss",
				group: "g",
				name,
				verify: [{ fact: "lost", sources: ["worker", "outlet", "footage"], least: 2 }],
			},
			{ id: "late", group: "g", name, verify: [{ fact: "lost", sources: ["worker"], least: 1 }] },
		],
	},
	evidence: { recipes: {}, sources: { worker: name, outlet: name, footage: name, partner: name } },
});

function caseWith(investigation: "full" | "short", said: [string, boolean, string][]): Case {
	const act = { at: "2026-03-01T00:00:00.000Z", by: "handler" };
	return {
		...emptyCase("c", "acme", "1", { name: "express", version: "1" }),
		allegations: ["loss", "late"].map((category, n) => ({
			...{ id: `a${n + 1}`, words: null, proposed: null, category },
			...{ classified: null, accused: [], withdrawn: null, round: 1 },
		})),
		route: { investigation } as Case["route"],
		verifications: said.map(([source, confirmed, value], n) => ({
			...{ ...act, id: `v${n + 1}`, fact: "lost", value, source, confirmed, evidence: [], words: null },
		})),
	};
}

it("asks for what the strictest category wants, of all its sources", () => {
	const { sources, rows } = matrixOf(caseWith("full", []), pack);
	expect(sources).toEqual(["worker", "outlet", "footage"]);
	expect(rows).toMatchObject([{ fact: "lost", need: 2, have: 0, conflict: false }]);
	expect(rows[0]?.cells.every((one) => one.wanted && one.said === null)).toBe(true);
});

it("counts sources that say the same, by what each said last", () => {
	const said = caseWith("full", [
		["worker", true, "no"],
		["worker", true, "yes"],
		["outlet", true, "yes"],
	]);
	expect(matrixOf(said, pack).rows[0]).toMatchObject({ have: 2, conflict: false });
	const taken = caseWith("full", [
		["worker", true, "yes"],
		["outlet", true, "yes"],
		["outlet", false, "yes"],
	]);
	expect(matrixOf(taken, pack).rows[0]).toMatchObject({ have: 1, conflict: false });
});

it("shows sources that differ, and sources nobody required", () => {
	const differ = caseWith("full", [
		["worker", true, "yes"],
		["outlet", true, "no"],
		["partner", true, "no"],
	]);
	const { sources, rows } = matrixOf(differ, pack);
	expect(sources).toContain("partner");
	expect(rows[0]).toMatchObject({ have: 1, conflict: true });
});

it("requires nothing but in a full investigation", () => {
	expect(matrixOf(caseWith("short", []), pack).rows).toEqual([]);
	expect(matrixOf(caseWith("short", [["worker", true, "yes"]]), pack).rows).toMatchObject([
		{ need: 0, have: 1 },
	]);
});
