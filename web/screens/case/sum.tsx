import { renderArithmetic } from "#engine/rules/arithmetic.ts";
import type { Explanation } from "#engine/rules/evaluate.ts";
import type { Names } from "../../labels.ts";
import { content } from "../../steps/words.yaml";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { type Place, useGoes } from "./goes.ts";
import { cutByLabels } from "./sum-parts.ts";

/**
 * A sum laid open: 3 × ¥25.00 运费 = ¥75.00, each fact in it a link to where it came from. Loaded by itself: it brings
 * the rule language along.
 */
export function Sum({ names, explanation }: { names: Names; explanation: Explanation }) {
	const { say, pack } = names;
	const t = useRoomWords(content as RoomWords);
	const go = useGoes();
	if (!pack) return null;
	const text = renderArithmetic(explanation, pack.sheet, say.language, pack.data.head.currency);
	const labels = explanation.inputs.map((one) => ({ fact: one.fact, label: one.label[say.language] }));
	return (
		<span className="sum">
			{cutByLabels(text, labels).map(({ text: part, fact, at }) => {
				if (!fact) return <span key={at}>{part}</span>;
				const { place, words } = originOf(pack.sheet[fact]?.from);
				return (
					<button type="button" className="sum-fact" key={at} title={t(words)} onClick={() => go(place)}>
						{part}
					</button>
				);
			})}
		</span>
	);
}

/** Facts come from the order, from the case, or from somebody who confirmed them. */
function originOf(from: string | undefined): { place: Place; words: string } {
	if (from?.startsWith("order.")) return { place: { side: "order" }, words: "from-order" };
	if (from?.startsWith("case.")) return { place: { subject: "responsibility" }, words: "from-case" };
	return { place: { subject: "investigation" }, words: "from-verified" };
}
