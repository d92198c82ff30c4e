import { Image } from "antd";
import type { EvidenceItem, Question } from "#engine/case.ts";
import { factName, factValue, organisationName, partyName, personName, textOf, timeText } from "../labels.ts";
import { Record, Records } from "../parts/record.tsx";
import type { PanelProps } from "../screens/case/subjects.tsx";
import { Act } from "./act.tsx";
import { By } from "./contact.tsx";

/** 调查: evidence, questions and answers, explanations, what was verified, inspections. */
export function Investigation(props: PanelProps) {
	const { names } = props;
	const { say, kase } = names;
	return (
		<>
			<Records
				title={say.ui("evidence")}
				empty={kase.evidence.length === 0 ? say.ui("empty-evidence") : null}
				act={<Act {...props} command="AddEvidence" />}
			>
				{kase.evidence.map((one) => (
					<Evidence key={one.id} item={one} {...props} />
				))}
			</Records>
			<Records
				title={say.ui("questions")}
				empty={kase.questions.length === 0 ? say.ui("empty-questions") : null}
				act={<Act {...props} command="AskQuestion" />}
			>
				{kase.questions.map((one) => (
					<Asked key={one.id} question={one} {...props} />
				))}
			</Records>
			{kase.hearings.length > 0 && (
				<Records title={say.ui("hearings")} empty={null}>
					{kase.hearings.map((one) => (
						<Record
							key={`${one.party}${one.at}`}
							side="respondent"
							title={partyName(names, one.party)}
							state={say.of("values", one.how)}
						>
							<By names={names} at={one.at} by={one.by} />
							{one.why && <p>{say.of("values", `AttestUnobtainable.why.${one.why}`)}</p>}
							<p className="entry-words">{textOf(names, one.words)}</p>
						</Record>
					))}
				</Records>
			)}
			<Verified {...props} />
		</>
	);
}

function Evidence({ item, ...props }: PanelProps & { item: EvidenceItem }) {
	const { names } = props;
	const { say, kase } = names;
	const side = kase.parties.find((one) => one.id === item.from)?.side ?? "company";
	const from = item.from === "company" ? say.of("sides", "company") : partyName(names, item.from);
	return (
		<Record
			side={side}
			title={textOf(names, item.title)}
			state={
				item.judged ? say.of("values", item.judged.as) : say.of("values", `AddEvidence.kind.${item.kind}`)
			}
		>
			<p className="quiet">
				{from} · {timeText(names, item.takenAt ?? item.at)}
				{item.flags.length > 0 && ` · ${item.flags.map((one) => say.of("values", one)).join(" ")}`}
			</p>
			{item.file && (
				<FileView
					kase={kase.id}
					item={item}
					title={textOf(names, item.title)}
					download={say.ui("download")}
				/>
			)}
			{item.judged && <p className="entry-words">{textOf(names, item.judged.why)}</p>}
			<Act {...props} command="JudgeEvidence" known={{ evidence: item.id }} />
		</Record>
	);
}

/** Pictures, sound and film are shown here; everything is there to download. */
function FileView({
	kase,
	item,
	title,
	download,
}: {
	kase: string;
	item: EvidenceItem;
	title: string;
	download: string;
}) {
	const src = `/api/cases/${kase}/evidence/${item.id}`;
	const mime = item.file?.mime ?? "";
	return (
		<div className="file">
			{mime.startsWith("image/") && <Image src={src} alt={title} width={200} />}
			{mime.startsWith("video/") && (
				<video src={src} controls preload="metadata" width={320}>
					<track kind="captions" />
				</video>
			)}
			{mime.startsWith("audio/") && (
				<audio src={src} controls preload="metadata">
					<track kind="captions" />
				</audio>
			)}
			<a href={src} download>
				{download}
			</a>
		</div>
	);
}

function Asked({ question, ...props }: PanelProps & { question: Question }) {
	const { names } = props;
	const { say, kase } = names;
	const to =
		"party" in question.to
			? partyName(names, question.to.party)
			: organisationName(names, question.to.organisation);
	const party = "party" in question.to ? question.to.party : "";
	const state = question.answer
		? say.ui("answered")
		: question.noReply
			? say.of("values", "no-reply")
			: say.ui("due-at", { time: timeText(names, question.due) });
	return (
		<Record
			side={kase.parties.find((one) => one.id === party)?.side ?? "company"}
			title={`${say.of("values", `about.${question.about}`)} → ${to}`}
			state={state}
		>
			<By names={names} at={question.at} by={question.by} />
			<p className="entry-words">{textOf(names, question.words)}</p>
			{question.answer && (
				<>
					<By names={names} at={question.answer.at} by={question.answer.by} />
					<p className="entry-words">{textOf(names, question.answer.words)}</p>
				</>
			)}
			{!question.answer && <Act {...props} command="AnswerQuestion" known={{ question: question.id }} />}
		</Record>
	);
}

/** Which fact, by whom, confirmed or not; and what was seen on the spot. */
function Verified(props: PanelProps) {
	const { names } = props;
	const { say, kase, pack } = names;
	return (
		<Records
			title={say.ui("verifications")}
			empty={kase.verifications.length === 0 ? say.ui("empty-verifications") : null}
			act={<Act {...props} command="RecordVerification" />}
		>
			{kase.verifications.map((one) => (
				<Record
					key={one.id}
					title={`${factName(names, one.fact)}: ${factValue(names, one.fact, one.value)}`}
					state={say.of("values", `confirmed.${one.confirmed}`)}
				>
					<p className="quiet">
						{say.bi(pack?.data.evidence.sources[one.source]) || one.source} · {personName(names, one.by)} ·{" "}
						{timeText(names, one.at)}
					</p>
					<p className="entry-words">{textOf(names, one.words)}</p>
				</Record>
			))}
			{kase.inspections.map((one) => (
				<Record
					key={one.id}
					title={say.of("commands", "OrderInspection")}
					state={timeText(names, one.planned)}
				>
					<p>
						{textOf(names, one.place)} · {personName(names, one.inspector)}
					</p>
					<p className="entry-words">{textOf(names, one.result?.words)}</p>
				</Record>
			))}
		</Records>
	);
}
