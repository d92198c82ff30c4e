import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import type { Trial } from "#engine/packs/try.ts";
import { problemIn } from "../../../api.ts";
import { Failure, Waiting } from "../../../parts/states.tsx";
import { type Book, factLabel, money } from "../book.ts";
import type { Situation } from "../pack-search.ts";
import { trialQuery } from "../whole.ts";
import { type Line, type Outcome, outcomesOf } from "./trial-lines.ts";

/** What comes of a situation; beside another one, what is different is marked. */
export function TrialView({
	book,
	situation,
	beside,
	onNeed,
}: {
	book: Book;
	situation: Situation;
	beside?: Situation | undefined;
	/** Somebody wants to fill in a fact that is still needed. */
	onNeed: (fact: string) => void;
}) {
	const { name, version } = book.pack;
	const trial = useQuery({
		...trialQuery(name, version, situation),
		placeholderData: (before: Trial | undefined) => before,
	});
	const other = useQuery({
		...trialQuery(name, version, beside ?? situation),
		enabled: beside !== undefined,
	});
	if (trial.isPending) return <Waiting rows={3} />;
	if (!trial.data) return <Failure problem={problemIn(trial.error)} again={() => trial.refetch()} />;
	const outcomes = outcomesOf(book, trial.data);
	const theirs = beside && other.data ? outcomesOf(book, other.data) : null;
	return (
		<div className="trial" aria-live="polite">
			{trial.isError && <Failure problem={problemIn(trial.error)} again={() => trial.refetch()} />}
			<Needs book={book} trial={trial.data} onNeed={onNeed} />
			{outcomes.map((one) => (
				<OutcomeView
					key={one.key}
					book={book}
					outcome={one}
					total={one.key === "remedies" ? trial.data.total : null}
					differs={
						theirs !== null &&
						!sameText(
							one,
							theirs.find(({ key }) => key === one.key),
						)
					}
				/>
			))}
			{trial.data.problems.length > 0 && (
				<details>
					<summary>{book.t("res-problems")}</summary>
					<ul className="source">
						{trial.data.problems.map((one) => (
							<li key={one}>{one}</li>
						))}
					</ul>
				</details>
			)}
		</div>
	);
}

function sameText(one: Outcome, other: Outcome | undefined): boolean {
	const texts = (outcome: Outcome | undefined) => outcome?.lines.map((line) => line.text).join("\n");
	return texts(one) === texts(other);
}

/** Facts that must be known before anything can be reckoned: one press puts them into the form. */
function Needs({ book, trial, onNeed }: { book: Book; trial: Trial; onNeed: (fact: string) => void }) {
	if (trial.needs.length === 0) return null;
	return (
		<section className="trial-needs">
			<h3>{book.t("fact-asked")}</h3>
			{trial.needs.map((fact) => (
				<Button key={fact} size="small" onClick={() => onNeed(fact)}>
					{factLabel(book, fact)}
				</Button>
			))}
		</section>
	);
}

function OutcomeView({
	book,
	outcome: { key, lines },
	total,
	differs,
}: {
	book: Book;
	outcome: Outcome;
	total: number | null;
	differs: boolean;
}) {
	const { t } = book;
	return (
		<section className={differs ? "outcome outcome-differs" : "outcome"}>
			<h3>
				{t(`res-${key}`)} {differs && <span className="tag">{t("different")}</span>}
			</h3>
			{lines.length === 0 && <p className="quiet">{t("none")}</p>}
			<ul>
				{lines.map((line) => (
					<LineView key={line.text + (line.rule?.row ?? "")} line={line} />
				))}
				{total !== null && lines.length > 1 && (
					<li className="outcome-total">
						{t("res-total")} {money(book, total)}
					</li>
				)}
			</ul>
		</section>
	);
}

function LineView({ line: { text, why, source, rule } }: { line: Line }) {
	return (
		<li>
			<p>{text}</p>
			{why && <p className="outcome-why">{why}</p>}
			{source && rule && (
				<Link to="." search={rule} className="source">
					{source}
				</Link>
			)}
		</li>
	);
}
