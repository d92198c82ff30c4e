import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { standing } from "#engine/case.ts";
import {
	categoryName,
	labelled,
	moneyText,
	type Names,
	partyName,
	personName,
	textOf,
	timeText,
} from "../../labels.ts";
import { GradeTag } from "../../parts/grade-tag.tsx";
import { Icon } from "../../parts/icon.tsx";

/** What a case is about, in words: its categories, or that it has none yet. */
export function aboutOf(names: Names): string {
	const { say, kase } = names;
	const categories = standing(kase).map((one) => categoryName(names, one.category ?? one.proposed?.category));
	const known = [...new Set(categories.filter(Boolean))];
	return known.join(say.language === "zh" ? "、" : ", ") || say.ui("case");
}

/** Number, grade, what it is about, the two sides and the complainant's own words; the way to the case is always there. */
export function ItemHead({ names, children }: { names: Names; children?: ReactNode }) {
	const { say, kase } = names;
	const on = (side: string) =>
		kase.parties
			.filter((one) => one.side === side)
			.map((one) => partyName(names, one.id))
			.join(" · ") || say.ui("nobody-named");
	const { intake } = kase;
	return (
		<header className="work-head">
			<p className="work-head-line">
				<GradeTag urgency={kase.triage?.urgency ?? null} severity={kase.triage?.severity ?? null} />
				<Link to="/cases/$id" params={{ id: kase.id }} className="case-number">
					{kase.number} <Icon name="link" size={14} />
				</Link>
				<span className="quiet">{say.bi(names.pack?.data.head.name)}</span>
				{kase.owner && (
					<span className="quiet">
						{say.ui("claimed-by", { name: personName(names, kase.owner.person) })}
					</span>
				)}
				{children}
			</p>
			<h2>{aboutOf(names)}</h2>
			<div className="sides">
				<p className="side-complainant">
					<b>{say.of("sides", "complainant")}</b> {on("complainant")}
				</p>
				<Icon name="swap" size={16} />
				<p className="side-respondent">
					<b>{say.of("sides", "respondent")}</b> {on("respondent")}
				</p>
			</div>
			{intake && (
				<blockquote className="verbatim">
					<p>{textOf(names, intake.verbatim)}</p>
					<footer>
						{say.ui("verbatim")} · {timeText(names, intake.receivedAt)}
						{intake.claimed &&
							intake.claimed.amount > 0 &&
							` · ${say.ui("claimed-amount")} ${moneyText(say, intake.claimed)}`}
						{intake.wished && ` · ${labelled(say, say.ui("wished-outcome"), textOf(names, intake.wished))}`}
					</footer>
				</blockquote>
			)}
		</header>
	);
}
