import { queryOptions } from "@tanstack/react-query";
import type { Example } from "#engine/packs/example.ts";
import type { Pack } from "#engine/packs/schema.ts";
import type { Trial } from "#engine/packs/try.ts";
import type { Bilingual } from "#engine/packs/words.ts";
import type { FactSheet } from "#engine/rules/facts.ts";
import { ask } from "../../api.ts";
import type { Situation } from "./pack-search.ts";

/** `GET /api/packs/:name` as the office gets it: every table with its sources. */
export type WholePack = Pack & {
	name: string;
	version: string;
	/** The first day on which it is in force. */
	from: string;
	title: Bilingual;
	currency: string;
	zone: string;
	facts: FactSheet;
};

export interface PackListed {
	name: string;
	version: string;
	from: string;
	title: Bilingual;
	categories: number;
}

const FOR_GOOD = Number.POSITIVE_INFINITY;

const pathOf = (name: string, more: string, version: string | undefined) =>
	`/api/packs/${encodeURIComponent(name)}${more}${version ? `?version=${encodeURIComponent(version)}` : ""}`;

export const packListQuery = queryOptions({
	queryKey: ["packs", "list"],
	staleTime: FOR_GOOD,
	queryFn: async () => (await ask<{ packs: PackListed[] }>("GET", "/api/packs")).packs,
});

export const wholePackQuery = (name: string, version?: string) =>
	queryOptions({
		queryKey: ["pack", "whole", name, version ?? "newest"],
		staleTime: FOR_GOOD,
		queryFn: () => ask<WholePack>("GET", pathOf(name, "", version)),
	});

export interface ExampleListed extends Pick<Example, "example" | "given" | "expect"> {
	file: string;
	source?: string;
}

export const examplesQuery = (name: string, version?: string) =>
	queryOptions({
		queryKey: ["pack", "examples", name, version ?? "newest"],
		staleTime: FOR_GOOD,
		queryFn: async () =>
			(await ask<{ examples: ExampleListed[] }>("GET", pathOf(name, "/examples", version))).examples,
	});

export const trialQuery = (name: string, version: string, situation: Situation) =>
	queryOptions({
		queryKey: ["pack", "trial", name, version, situation],
		staleTime: FOR_GOOD,
		queryFn: () => ask<Trial>("POST", pathOf(name, "/try", version), { given: situation }),
	});
