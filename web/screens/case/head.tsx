import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { standing } from "#engine/case.ts";
import { useKey } from "../../keys.ts";
import {
	allegationName,
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
import { Presence } from "../../parts/presence.tsx";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { content } from "./words.yaml";

/** A verbatim longer than this is cut to two lines until somebody wants all of it. */
const LONG = 90;

/** Number, grade, what it is about, and the two sides, left and right. */
export function CaseHead({ names, children }: { names: Names; children?: ReactNode }) {
	const { say, kase } = names;
	const categories = standing(kase).map((one) => allegationName(names, one.id).replace(/^\d+ · /, ""));
	return (
		<header className="case-head">
			<div className="case-line-one">
				<GradeTag urgency={kase.triage?.urgency ?? null} severity={kase.triage?.severity ?? null} />
				<CaseNumber number={kase.number} />
				<States names={names} />
				<span className="quiet head-owner">
					{kase.owner
						? say.ui("claimed-by", { name: personName(names, kase.owner.person) })
						: say.ui("nobody-yet")}
				</span>
				<Presence case={kase.id} long />
				<span className="case-head-acts">{children}</span>
			</div>
			<div className="case-line-two">
				<h1>
					{categories.length > 0 ? categories.join(say.language === "zh" ? "、" : ", ") : say.ui("case")}
				</h1>
				<Sides names={names} />
			</div>
			{kase.intake && <Verbatim names={names} intake={kase.intake} />}
		</header>
	);
}

/** Pressed, or by the key `.`, the number is copied. */
function CaseNumber({ number }: { number: string }) {
	const t = useRoomWords(content as RoomWords);
	const [copied, setCopied] = useState(false);
	const copy = () => {
		void navigator.clipboard?.writeText(number).then(() => setCopied(true));
	};
	useKey(".", t("copy-number"), copy);
	return (
		<button
			type="button"
			className="case-number"
			title={t("copy-number")}
			aria-label={`${number} ${t("copy-number")}`}
			onClick={copy}
			onBlur={() => setCopied(false)}
		>
			{number} <span role="status">{copied && t("copied")}</span>
		</button>
	);
}

function States({ names }: { names: Names }) {
	const { say, kase } = names;
	return (
		<>
			{kase.intake && kase.intake.kind !== "complaint" && (
				<span className="tag">{say.of("values", `kind.${kase.intake.kind}`)}</span>
			)}
			{kase.restriction && !kase.restriction.lifted && (
				<span className="tag">
					<Icon name="lock" size={14} /> {say.of("commands", "RestrictCase")}
				</span>
			)}
			{kase.hold && !kase.hold.lifted && <span className="tag">{say.of("commands", "PlaceHold")}</span>}
			{kase.closure && (
				<span className="tag">{`${say.ui("closed")} · ${say.of("outcomes", kase.closure.outcome)}`}</span>
			)}
		</>
	);
}

function Verbatim({ names, intake }: { names: Names; intake: NonNullable<Names["kase"]["intake"]> }) {
	const { say } = names;
	const t = useRoomWords(content as RoomWords);
	const [whole, setWhole] = useState(false);
	const words = textOf(names, intake.verbatim);
	const long = words.length > LONG || words.includes("\n");
	return (
		<blockquote className={whole || !long ? "verbatim" : "verbatim verbatim-cut"}>
			<p>{words}</p>
			<footer>
				{say.ui("verbatim")} · {say.of("values", `channel.${intake.channel}`)} ·{" "}
				{timeText(names, intake.receivedAt)}
				{intake.claimed && ` · ${say.ui("claimed-amount")} ${moneyText(say, intake.claimed)}`}
				{intake.wished && ` · ${labelled(say, say.ui("wished-outcome"), textOf(names, intake.wished))}`}
				{long && (
					<Button
						type="link"
						size="small"
						className="verbatim-turn"
						aria-expanded={whole}
						onClick={() => setWhole(!whole)}
					>
						{t(whole ? "verbatim-less" : "verbatim-more")}
					</Button>
				)}
			</footer>
		</blockquote>
	);
}

function Sides({ names }: { names: Names }) {
	const { say, kase } = names;
	const named = (side: string) =>
		kase.parties
			.filter((one) => one.side === side)
			.map((one) => partyName(names, one.id))
			.join(" · ") || say.ui("nobody-named");
	const others = kase.parties.filter((one) => one.side === "company" || one.side === "other");
	return (
		<div className="sides">
			<p className="side-complainant" title={`${say.of("sides", "complainant")} ${named("complainant")}`}>
				<b>{say.of("sides", "complainant")}</b> {named("complainant")}
			</p>
			<Icon name="swap" size={16} />
			<p className="side-respondent" title={`${say.of("sides", "respondent")} ${named("respondent")}`}>
				<b>{say.of("sides", "respondent")}</b> {named("respondent")}
			</p>
			{others.length > 0 && (
				<p className="side-other">{others.map((one) => partyName(names, one.id)).join(" · ")}</p>
			)}
		</div>
	);
}
