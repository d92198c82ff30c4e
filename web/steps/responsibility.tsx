import { type Allegation, type Finding, isOverturned } from "#engine/case.ts";
import { allegationName, categoryName, causeName, labelled, partyName, textOf, timeText } from "../labels.ts";
import { Pairs } from "../parts/pairs.tsx";
import { Record, Records } from "../parts/record.tsx";
import { ShareBar } from "../parts/share-bar.tsx";
import { Explained } from "../screens/case/explained.tsx";
import type { PanelProps } from "../screens/case/subjects.tsx";
import { refusalText } from "../shown.ts";
import { type RoomWords, useRoomWords } from "../words.ts";
import { Act } from "./act.tsx";
import { By } from "./by.tsx";
import { sideOfBearer } from "./responsibility-shares.tsx";
import { content } from "./words.yaml";

/** 定责: every allegation with what was found of it, by whom, and whose fault it was. */
export function Responsibility(props: PanelProps) {
	const { names, answer } = props;
	const { say, kase } = names;
	const no = answer.allowed.DecideFinding;
	return (
		<Records
			title={say.ui("findings")}
			empty={kase.allegations.length === 0 ? say.ui("empty-allegations") : null}
			act={<Act {...props} command="NotifyFinding" known={{ findings: silent(kase.findings) }} />}
		>
			{no && no !== true && no.reason !== "NotAuthorised" && (
				<p className="why-not">{refusalText(names, "DecideFinding", no)}</p>
			)}
			{kase.allegations.map((one) => (
				<OneAllegation key={one.id} allegation={one} {...props} />
			))}
		</Records>
	);
}

/** Findings that the sides have not been told of. */
function silent(findings: readonly Finding[]): string[] {
	return findings.filter((one) => !one.noticedAt).map((one) => one.id);
}

function OneAllegation({ allegation, ...props }: PanelProps & { allegation: Allegation }) {
	const { names } = props;
	const { say, kase } = names;
	const findings = kase.findings.filter((finding) => finding.allegation === allegation.id);
	const open = findings.every((one) => isOverturned(kase, one.id));
	const because = allegation.proposed && !allegation.classified ? allegation.proposed.because : [];
	return (
		<Record
			title={allegationName(names, allegation.id)}
			state={allegation.withdrawn ? say.of("outcomes", "withdrawn") : null}
		>
			<Pairs
				rows={[
					[say.ui("verbatim"), textOf(names, allegation.words)],
					[say.of("fields", "accused"), <Accused key="accused" allegation={allegation} names={names} />],
					[
						say.ui("proposed-category"),
						because.length > 0 &&
							`${categoryName(names, allegation.proposed?.category)} · ${say.ui("proposed-because", { words: because })}`,
					],
				]}
			/>
			{findings.map((finding) => (
				<Found key={finding.id} finding={finding} {...props} />
			))}
			<p className="acts">
				{open && !allegation.withdrawn && (
					<Act {...props} command="DecideFinding" known={{ allegation: allegation.id }} />
				)}{" "}
				{!allegation.category && (
					<Act {...props} command="ClassifyAllegation" known={{ allegation: allegation.id }} />
				)}
			</p>
		</Record>
	);
}

/** The accused, each with how they were heard: nobody is found at fault unheard. */
function Accused({ allegation, names }: { allegation: Allegation; names: PanelProps["names"] }) {
	const { say, kase } = names;
	const t = useRoomWords(content as RoomWords);
	return allegation.accused.map((id) => {
		const heard = kase.hearings.findLast((one) => one.party === id);
		return (
			<span key={id} className="accused">
				{partyName(names, id)}{" "}
				<span className={heard ? "good" : "fault"}>{heard ? say.of("values", heard.how) : t("unheard")}</span>
			</span>
		);
	});
}

function Found({ finding, names }: PanelProps & { finding: Finding }) {
	const { say, kase } = names;
	const t = useRoomWords(content as RoomWords);
	const shares = Object.entries(finding.shares).map(([bearer, percent]) => ({
		name: partyName(names, bearer),
		percent,
		side: sideOfBearer(names, bearer),
	}));
	return (
		<div className={isOverturned(kase, finding.id) ? "finding finding-over" : "finding"}>
			<p>
				<b>{say.of("values", `upheld.${finding.upheld}`)}</b> · {say.of("values", `liable.${finding.liable}`)}{" "}
				· {causeName(names, finding.cause)}
				{kase.round > 1 && <span className="quiet"> · {t("round-of", { count: finding.round })}</span>}
				{isOverturned(kase, finding.id) && <span className="tag">{t("overturned")}</span>}
			</p>
			{shares.length > 0 && <ShareBar shares={shares} label={say.of("fields", "shares")} />}
			<p className="entry-words">{textOf(names, finding.reasons)}</p>
			{finding.override && (
				<p>{labelled(say, say.of("fields", "override"), textOf(names, finding.override))}</p>
			)}
			<By names={names} at={finding.at} by={finding.by} />
			<p className="quiet">
				{finding.noticedAt ? t("to-noticed", { time: timeText(names, finding.noticedAt) }) : t("not-noticed")}
			</p>
			{finding.explanation && <Explained names={names} explanation={finding.explanation} />}
		</div>
	);
}
