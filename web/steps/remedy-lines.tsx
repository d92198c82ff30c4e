import type { Money, RemedyLine } from "#engine/case.ts";
import { labelled, moneyText, type Names, partyName, textOf } from "../labels.ts";
import { Explained } from "../screens/case/explained.tsx";

/** What is owed or given, line by line: never a bare amount, each with its sum and where the sum comes from. */
export function Lines({ names, lines }: { names: Names; lines: readonly RemedyLine[] }) {
	const { say } = names;
	return (
		<ul className="lines">
			{lines.map((line) => (
				<li key={JSON.stringify([line.item, line.bearer, line.amount, line.explanation?.row])}>
					<p className="line-head">
						<b>{say.of("items", line.item)}</b>
						<span className="tag">{say.of("values", `legal.${line.legal}`)}</span>
						<span className="quiet">
							{labelled(say, say.of("fields", "bearer"), partyName(names, line.bearer))}
						</span>
						<span className="line-amount">
							{line.amount && moneyText(say, line.amount)}
							{line.count > 1 && ` × ${line.count}`}
						</span>
					</p>
					{line.words && <p className="entry-words">{textOf(names, line.words)}</p>}
					{line.explanation && <Explained names={names} explanation={line.explanation} />}
				</li>
			))}
		</ul>
	);
}

/** Amounts of one currency together; the case's own when there are none. */
export function sumOf(amounts: readonly (Money | null)[], currency: string): Money {
	return { amount: amounts.reduce((sum, one) => sum + (one?.amount ?? 0), 0), currency };
}
