import type { Finding } from "#engine/case.ts";
import {
	allegationName,
	causeName,
	type Names,
	partyName,
	personName,
	textOf,
	timeText,
} from "../../labels.ts";
import { ShareBar } from "../../parts/share-bar.tsx";
import { sideOfBearer } from "../../steps/responsibility-shares.tsx";
import { Explained } from "../case/explained.tsx";

/** What was found of an allegation: by whom, whose fault, for which reasons. */
export function FindingShown({ names, finding }: { names: Names; finding: Finding }) {
	const { say } = names;
	const shares = Object.entries(finding.shares).map(([bearer, percent]) => ({
		name: partyName(names, bearer),
		percent,
		side: sideOfBearer(names, bearer),
	}));
	return (
		<div className="finding">
			<h4>{allegationName(names, finding.allegation)}</h4>
			<p>
				<b>{say.of("values", `upheld.${finding.upheld}`)}</b> · {say.of("values", `liable.${finding.liable}`)}{" "}
				· {causeName(names, finding.cause)}
			</p>
			{shares.length > 0 && <ShareBar shares={shares} label={say.of("fields", "shares")} />}
			<p className="entry-words">{textOf(names, finding.reasons)}</p>
			<p className="quiet">
				{personName(names, finding.by)} · {timeText(names, finding.at)}
			</p>
			{finding.explanation && <Explained names={names} explanation={finding.explanation} />}
		</div>
	);
}

/** What the respondents said when they were asked, or that they did not. */
export function Heard({ names }: { names: Names }) {
	const { say, kase } = names;
	return kase.hearings.map((one) => (
		<article key={`${one.party}${one.at}`} className="entry entry-respondent">
			<h3>
				{partyName(names, one.party)} <span className="tag">{say.of("values", one.how)}</span>
			</h3>
			<p className="entry-words">{textOf(names, one.words)}</p>
			<p className="quiet">{timeText(names, one.at)}</p>
		</article>
	));
}
