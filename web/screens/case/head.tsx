import { standing } from "#engine/case.ts";
import {
	allegationName,
	moneyText,
	type Names,
	partyName,
	personName,
	textOf,
	timeText,
} from "../../labels.ts";
import { Icon } from "../../parts/icon.tsx";
import { GradeTag } from "../case-line.tsx";

/** Number, grade, what it is about, and the two sides, left and right. */
export function CaseHead({ names }: { names: Names }) {
	const { say, kase } = names;
	const categories = standing(kase).map((one) => allegationName(names, one.id).replace(/^\d+ · /, ""));
	const { intake } = kase;
	return (
		<header className="case-head">
			<p className="case-line-one">
				<GradeTag urgency={kase.triage?.urgency ?? null} severity={kase.triage?.severity ?? null} />
				<span className="case-number">{kase.number}</span>
				{intake && intake.kind !== "complaint" && (
					<span className="tag">{say.of("values", `kind.${intake.kind}`)}</span>
				)}
				{kase.restriction && !kase.restriction.lifted && (
					<span className="tag">{say.of("commands", "RestrictCase")}</span>
				)}
				{kase.hold && !kase.hold.lifted && <span className="tag">{say.of("commands", "PlaceHold")}</span>}
				{kase.closure && (
					<span className="tag">{`${say.ui("closed")} · ${say.of("outcomes", kase.closure.outcome)}`}</span>
				)}
				<span className="quiet">
					{kase.owner
						? say.ui("claimed-by", { name: personName(names, kase.owner.person) })
						: say.ui("nobody-yet")}
				</span>
			</p>
			<h1>{categories.length > 0 ? categories.join(say.language === "zh" ? "、" : ", ") : say.ui("case")}</h1>
			<Sides names={names} />
			{intake && (
				<blockquote className="verbatim">
					<p>{textOf(names, intake.verbatim)}</p>
					<footer>
						{say.ui("verbatim")} · {say.of("values", `channel.${intake.channel}`)} ·{" "}
						{timeText(names, intake.receivedAt)}
						{intake.claimed && ` · ${say.ui("claimed-amount")} ${moneyText(say, intake.claimed)}`}
						{intake.wished && ` · ${say.ui("wished-outcome")}: ${textOf(names, intake.wished)}`}
					</footer>
				</blockquote>
			)}
		</header>
	);
}

function Sides({ names }: { names: Names }) {
	const { say, kase } = names;
	const on = (side: string) => kase.parties.filter((one) => one.side === side);
	const others = kase.parties.filter((one) => one.side === "company" || one.side === "other");
	return (
		<div className="sides">
			<p className="side-complainant">
				<b>{say.of("sides", "complainant")}</b>{" "}
				{on("complainant")
					.map((one) => partyName(names, one.id))
					.join(" · ") || say.ui("nobody-named")}
			</p>
			<Icon name="link" size={16} />
			<p className="side-respondent">
				<b>{say.of("sides", "respondent")}</b>{" "}
				{on("respondent")
					.map((one) => partyName(names, one.id))
					.join(" · ") || say.ui("nobody-named")}
			</p>
			{others.length > 0 && (
				<p className="side-other">{others.map((one) => partyName(names, one.id)).join(" · ")}</p>
			)}
		</div>
	);
}
