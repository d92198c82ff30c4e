import type { RemedyLine } from "#engine/case.ts";
import { moneyText } from "../../labels.ts";
import { SourceText } from "../../parts/source-text.tsx";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { content } from "./words.yaml";

/** What would cost something elsewhere; an apology does not. */
const FREE: readonly string[] = ["free-service", "redo"];

/** What is offered, line by line: the amount, its arithmetic, and the ground, each to be read. */
export function Lines({ lines, sums }: { lines: readonly RemedyLine[]; sums: readonly string[] }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	return (
		<ul className="p-lines">
			{lines.map((one, n) => {
				const source = one.explanation?.source;
				const amount = one.amount ? moneyText(say, one.amount) : null;
				return (
					// biome-ignore lint/suspicious/noArrayIndexKey: the lines of an offer never change
					<li key={n}>
						<div className="p-line">
							<span>
								{say.of("items", one.item)}
								{one.count > 1 && ` × ${one.count}`}
							</span>
							<b>{amount ?? (FREE.includes(one.item) ? t("free") : "")}</b>
						</div>
						{/* an amount that is no sum says itself */}
						{sums[n] && sums[n] !== amount && <p className="p-arithmetic">{sums[n]}</p>}
						<details className="p-ground">
							<summary>{one.legal === "owed" ? t("owed") : t("goodwill")}</summary>
							{source ? <SourceText text={source.ref} /> : <p>{t("by-hand")}</p>}
						</details>
					</li>
				);
			})}
		</ul>
	);
}
