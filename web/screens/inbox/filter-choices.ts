import { STEPS } from "#engine/steps/names.ts";
import type { Directory } from "../../api.ts";
import type { PackAnswer } from "../../pack.ts";
import type { Say } from "../../words.ts";
import { DUE, type NarrowedBy, NOBODY } from "./list-search.ts";

/** What may stand in each filter, and what it is called. */

export interface Naming {
	say: Say;
	t: (key: string) => string;
	packs: Record<string, PackAnswer>;
	directory: Directory | undefined;
}

interface Choice {
	value: string;
	label: string;
}

const CHANNELS = ["phone", "message", "mail", "page", "in-person", "api"];

export function labelOf(name: NarrowedBy, { say, t }: Naming): string {
	switch (name) {
		case "pack":
			return say.ui("trade");
		case "step":
			return say.ui("step");
		case "severity":
		case "urgency":
		case "channel":
		case "category":
			return say.of("fields", name);
		default:
			return t(`by-${name}`);
	}
}

export function choicesOf(name: NarrowedBy, { say, t, packs, directory }: Naming): Choice[] {
	const word = (value: string) => ({ value, label: say.of("values", value) });
	switch (name) {
		case "pack":
			return Object.values(packs).map((one) => ({ value: one.name, label: say.bi(one.data.head.name) }));
		case "step":
			return STEPS.map((value) => ({ value, label: say.of("steps", value) }));
		case "severity":
			return ["A", "B", "C"].map(word);
		case "urgency":
			return ["critical", "urgent", "ordinary"].map(word);
		case "channel":
			return CHANNELS.map((value) => ({ value, label: say.of("values", `channel.${value}`) }));
		case "due":
			return DUE.map((value) => ({ value, label: t(`due-${value}`) }));
		case "organisation":
			return sorted(
				Object.entries(directory?.organisations ?? {}).map(([value, one]) => ({ value, label: say.bi(one) })),
			);
		case "owner":
			return [{ value: NOBODY, label: t("nobody") }, ...people(directory, "staff")];
		case "respondent":
			return people(directory, "worker");
		case "category":
			return categories(packs, say);
	}
}

function people(directory: Directory | undefined, kind: string): Choice[] {
	return sorted(
		Object.entries(directory?.people ?? {})
			.filter(([, one]) => one.kind === kind)
			.map(([value, one]) => ({ value, label: one.alias })),
	);
}

/** Trades share categories: each once. */
function categories(packs: Record<string, PackAnswer>, say: Say): Choice[] {
	const known = new Map<string, string>();
	for (const pack of Object.values(packs))
		for (const { id, name } of pack.data.categories.categories)
			if (!known.has(id)) known.set(id, say.bi(name));
	return [...known].map(([value, label]) => ({ value, label }));
}

function sorted(choices: Choice[]): Choice[] {
	return choices.sort((a, b) => a.label.localeCompare(b.label, "zh-CN"));
}
