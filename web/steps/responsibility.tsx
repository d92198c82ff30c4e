import type { Finding } from "#engine/case.ts";
import { allegationName, categoryName, causeName, partyName, textOf } from "../labels.ts";
import { Pairs } from "../parts/pairs.tsx";
import { Record, Records } from "../parts/record.tsx";
import { ShareBar } from "../parts/share-bar.tsx";
import { Explained } from "../screens/case/explained.tsx";
import type { PanelProps } from "../screens/case/subjects.tsx";
import { Act } from "./act.tsx";
import { By } from "./contact.tsx";
import { sideOfBearer } from "./responsibility-shares.tsx";

/** 定责: every allegation with what was found of it, by whom, and whose fault it was. */
export function Responsibility(props: PanelProps) {
	const { names } = props;
	const { say, kase } = names;
	return (
		<Records
			title={say.ui("findings")}
			empty={kase.allegations.length === 0 ? say.ui("empty-allegations") : null}
		>
			{kase.allegations.map((one) => {
				const findings = kase.findings.filter((finding) => finding.allegation === one.id);
				const because = one.proposed && !one.classified ? one.proposed.because : [];
				return (
					<Record
						key={one.id}
						title={allegationName(names, one.id)}
						state={one.withdrawn ? say.of("outcomes", "withdrawn") : null}
					>
						<Pairs
							rows={[
								[say.ui("verbatim"), textOf(names, one.words)],
								[say.of("fields", "accused"), one.accused.map((id) => partyName(names, id)).join(" · ")],
								[
									say.ui("proposed-category"),
									because.length > 0 &&
										`${categoryName(names, one.proposed?.category)} · ${say.ui("proposed-because", { words: because })}`,
								],
							]}
						/>
						{findings.map((finding) => (
							<Found key={finding.id} finding={finding} {...props} />
						))}
						{findings.length === 0 && !one.withdrawn && (
							<Act {...props} command="DecideFinding" known={{ allegation: one.id }} />
						)}
						{!one.category && <Act {...props} command="ClassifyAllegation" known={{ allegation: one.id }} />}
					</Record>
				);
			})}
		</Records>
	);
}

function Found({ finding, names }: PanelProps & { finding: Finding }) {
	const { say } = names;
	const shares = Object.entries(finding.shares).map(([bearer, percent]) => ({
		name: partyName(names, bearer),
		percent,
		side: sideOfBearer(names, bearer),
	}));
	return (
		<div className="finding">
			<p>
				<b>{say.of("values", `upheld.${finding.upheld}`)}</b> · {say.of("values", `liable.${finding.liable}`)}{" "}
				· {causeName(names, finding.cause)}
			</p>
			{shares.length > 0 && <ShareBar shares={shares} label={say.of("fields", "shares")} />}
			<p className="entry-words">{textOf(names, finding.reasons)}</p>
			{finding.override && (
				<p>
					{say.of("fields", "override")}: {textOf(names, finding.override)}
				</p>
			)}
			<By names={names} at={finding.at} by={finding.by} />
			{finding.explanation && <Explained names={names} explanation={finding.explanation} />}
		</div>
	);
}
