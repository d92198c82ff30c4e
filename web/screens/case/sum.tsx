import { renderArithmetic } from "#engine/rules/arithmetic.ts";
import type { Explanation } from "#engine/rules/evaluate.ts";
import type { Names } from "../../labels.ts";

/** A sum laid open: 3 × ¥25.00 运费 = ¥75.00. Loaded by itself: it brings the rule language along. */
export function Sum({ names, explanation }: { names: Names; explanation: Explanation }) {
	const { say, pack } = names;
	if (!pack) return null;
	return (
		<p className="sum">{renderArithmetic(explanation, pack.sheet, say.language, pack.data.head.currency)}</p>
	);
}
