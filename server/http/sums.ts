import type { Case, RemedyLine } from "#engine/case.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import { renderArithmetic } from "#engine/rules/arithmetic.ts";
import type { Language } from "./problem.ts";

/** The arithmetic of each line in words, for pages that are too light to carry the rule language. Empty: no sum. */
export function sumsOfLines(lines: readonly RemedyLine[], pack: LoadedPack, language: Language): string[] {
	const { currency } = pack.data.head;
	return lines.map(({ explanation, amount }) =>
		explanation && amount ? renderArithmetic(explanation, pack.sheet, language, currency) : "",
	);
}

/** By offer, and `final` for the company's last word. */
export function sumsOf(
	{ offers, finalPosition }: Pick<Case, "offers" | "finalPosition">,
	pack: LoadedPack,
	language: Language,
): Record<string, string[]> {
	const all = offers.map(({ id, lines }) => [id, lines] as const);
	const last = finalPosition ? [["final", finalPosition.lines] as const] : [];
	return Object.fromEntries([...all, ...last].map(([id, lines]) => [id, sumsOfLines(lines, pack, language)]));
}
