import { Popover } from "antd";
import type { StepName } from "#engine/steps/names.ts";
import { TRACKS } from "#engine/steps/names.ts";
import type { CaseAnswer } from "../../api.ts";
import type { Names } from "../../labels.ts";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { aboutOf, DueWords, keyOf, whoOf } from "./duty.tsx";
import { content } from "./words.yaml";

type How = CaseAnswer["standings"][number]["standing"] | "blocked";

/**
 * The four tracks and their steps as one picture: done, open, waiting, held up, not needed. What holds a step up is told
 * when it is pointed at; pressing it leads to its records.
 */
export function Road({
	names,
	answer,
	onStep,
}: {
	names: Names;
	answer: CaseAnswer;
	onStep: (step: StepName) => void;
}) {
	const { say } = names;
	return (
		<section className="road" aria-label={say.ui("progress")}>
			{TRACKS.map((track) => (
				<div className="track" key={track}>
					<h2>{say.of("tracks", track)}</h2>
					<ol>
						{answer.standings
							.filter((one) => one.track === track)
							.map(({ step, standing }) => {
								const held = standing === "waiting" && holding(answer, step).length > 0;
								return (
									<li key={step} className={`step step-${held ? "blocked" : standing}`}>
										<StepMark
											names={names}
											answer={answer}
											step={step}
											how={held ? "blocked" : standing}
											onStep={onStep}
										/>
									</li>
								);
							})}
					</ol>
				</div>
			))}
		</section>
	);
}

/** What must be done before a step can end. */
function holding(answer: CaseAnswer, step: StepName) {
	return answer.obligations.filter((one) => one.blocks.includes(step));
}

function StepMark({
	names,
	answer,
	step,
	how,
	onStep,
}: {
	names: Names;
	answer: CaseAnswer;
	step: StepName;
	how: How;
	onStep: (step: StepName) => void;
}) {
	const { say } = names;
	const t = useRoomWords(content as RoomWords);
	const word = how === "blocked" ? t("blocked") : say.of("standings", how);
	return (
		<Popover
			trigger={["hover", "focus"]}
			placement="bottom"
			title={`${say.of("steps", step)} · ${word}`}
			content={<Why names={names} answer={answer} step={step} />}
		>
			<button type="button" onClick={() => onStep(step)} aria-label={`${say.of("steps", step)}: ${word}`}>
				<Mark how={how} />
				<span className="step-name">{say.of("steps", step)}</span>
			</button>
		</Popover>
	);
}

/** Why a step stands as it does: what is to be done in it, what holds it up, why it is not needed. */
function Why({ names, answer, step }: { names: Names; answer: CaseAnswer; step: StepName }) {
	const { say, kase } = names;
	const t = useRoomWords(content as RoomWords);
	const own = answer.obligations.filter((one) => one.step === step);
	const held = holding(answer, step).filter((one) => one.step !== step);
	const skipped = kase.skipped[step]?.why;
	return (
		<div className="step-why">
			{skipped && <p>{t("not-needed-because", { why: say.of("values", skipped) })}</p>}
			{[...own, ...held].map((one) => (
				<p key={keyOf(names, one)}>
					<b>{say.of("obligations", one.what)}</b> {aboutOf(names, one)}
					<br />
					<span className="quiet">{say.ui("next-by", { who: whoOf(names, one) })}</span>{" "}
					{one.due && <DueWords names={names} due={one.due} />}
				</p>
			))}
			<p className="quiet">{t("step-open", { step: say.of("steps", step) })}</p>
		</div>
	);
}

/** Done: full with a tick. Open: half. Held up: two bars. Waiting: empty. Not needed: a dash. */
function Mark({ how }: { how: How }) {
	return (
		<svg className="mark" width="16" height="16" viewBox="0 0 20 20" aria-hidden="true">
			{how === "not-needed" ? (
				<path d="M5 10h10" className="mark-line" />
			) : (
				<circle cx="10" cy="10" r="7.5" className="mark-ring" />
			)}
			{how === "open" && <path d="M10 2.5a7.5 7.5 0 0 1 0 15z" className="mark-fill" />}
			{how === "done" && <path d="M6.3 10.2 9 12.9l4.9-5.3" className="mark-tick" />}
			{how === "blocked" && <path d="M8 7v6M12 7v6" className="mark-bars" />}
		</svg>
	);
}
