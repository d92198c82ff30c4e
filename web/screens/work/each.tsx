import { useQueryClient } from "@tanstack/react-query";
import { Button, Progress } from "antd";
import { useRef, useState } from "react";
import { ask, type Problem, problemIn } from "../../api.ts";
import { newKey } from "../../form/draft.ts";
import { Faults } from "../../parts/faults.tsx";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { byReason, type Outcome, type Rehearsed, runEach } from "../inbox/bulk-run.ts";
import { type Planned, rehearsalsOf, takenOf } from "./plan.ts";
import { content } from "./words.yaml";

type Stage =
	| { at: "planning"; problem: Problem | null; asking: boolean }
	| { at: "rehearsed"; answers: Rehearsed[] }
	| { at: "running" | "done"; of: number; outcomes: readonly Outcome[] };

const PLANNING: Extract<Stage, { at: "planning" }> = { at: "planning", problem: null, asking: false };

/** One thing done to each of several cases: tried first, with what would be refused and why; then done, with counts. */
export function Each({
	plans,
	label,
	why,
	onDone,
}: {
	plans: readonly Planned[];
	/** On the button that begins. */
	label: string;
	/** Why it can't begin yet. */
	why: string | null;
	onDone: (done: readonly string[]) => void;
}) {
	const queries = useQueryClient();
	const [stage, setStage] = useState<Stage>(PLANNING);
	const stop = useRef(false);
	const keys = useRef(new Map<string, string>());
	const numbers = new Map(plans.map((one) => [one.case, one.number]));
	const rehearse = async () => {
		setStage({ ...PLANNING, asking: true });
		try {
			const answers: Rehearsed[] = [];
			for (const body of rehearsalsOf(plans))
				answers.push(...(await ask<{ answers: Rehearsed[] }>("POST", "/api/rehearsals", body)).answers);
			setStage({ at: "rehearsed", answers });
		} catch (error) {
			setStage({ ...PLANNING, problem: problemIn(error) });
		}
	};
	const run = async (answers: readonly Rehearsed[]) => {
		const taking = new Map(takenOf(plans, answers).map((one) => [one.case, one]));
		const send = (id: string) => {
			const key = keys.current.get(id) ?? newKey();
			keys.current.set(id, key);
			const { type, fields } = taking.get(id) ?? { type: "", fields: {} };
			return ask(
				"POST",
				`/api/cases/${encodeURIComponent(id)}/commands`,
				{ ...fields, type },
				{ "idempotency-key": key },
			);
		};
		stop.current = false;
		const of = taking.size;
		setStage({ at: "running", of, outcomes: [] });
		const told = (outcomes: readonly Outcome[]) => setStage({ at: "running", of, outcomes });
		const outcomes = await runEach([...taking.keys()], send, problemIn, told, () => stop.current);
		setStage({ at: "done", of, outcomes });
		keys.current.clear();
		for (const key of ["work", "cases", "case", "case-list"])
			void queries.invalidateQueries({ queryKey: [key] });
	};
	if (stage.at === "planning")
		return (
			<div className="each">
				{stage.problem && <Faults problem={stage.problem} />}
				<Button
					type="primary"
					disabled={why !== null}
					title={why ?? undefined}
					loading={stage.asking}
					onClick={() => void rehearse()}
				>
					{label}
				</Button>{" "}
				{why && <span className="quiet">{why}</span>}
			</div>
		);
	if (stage.at === "rehearsed")
		return (
			<Rehearsal
				answers={stage.answers}
				numbers={numbers}
				onRun={() => void run(stage.answers)}
				onBack={() => setStage(PLANNING)}
			/>
		);
	return (
		<Running
			stage={stage}
			numbers={numbers}
			onStop={() => {
				stop.current = true;
			}}
			onClose={(done) => {
				setStage(PLANNING);
				onDone(done);
			}}
		/>
	);
}

function Running({
	stage,
	numbers,
	onStop,
	onClose,
}: {
	stage: Extract<Stage, { at: "running" | "done" }>;
	numbers: ReadonlyMap<string, string>;
	onStop: () => void;
	onClose: (done: readonly string[]) => void;
}) {
	const t = useRoomWords(content as RoomWords);
	const done = stage.outcomes.flatMap((one) => (one.done ? [one.id] : []));
	const failed = stage.outcomes.flatMap((one) => (one.done ? [] : [one]));
	return (
		<div className="each" role="status">
			<Progress
				percent={Math.round((100 * stage.outcomes.length) / Math.max(1, stage.of))}
				showInfo={false}
				status="normal"
			/>
			<p>{t("each-done", { count: done.length, of: stage.of })}</p>
			<Refused refused={failed} numbers={numbers} />
			{stage.at === "running" ? (
				<Button onClick={onStop}>{t("each-stop")}</Button>
			) : (
				<Button onClick={() => onClose(done)}>{t("each-close")}</Button>
			)}
		</div>
	);
}

function Rehearsal({
	answers,
	numbers,
	onRun,
	onBack,
}: {
	answers: readonly Rehearsed[];
	numbers: ReadonlyMap<string, string>;
	onRun: () => void;
	onBack: () => void;
}) {
	const t = useRoomWords(content as RoomWords);
	const taken = answers.filter((one) => one.taken).length;
	const refused = answers.flatMap((one) => (one.taken ? [] : [{ id: one.case, problem: one.problem }]));
	return (
		<div className="each" role="status">
			<p>{t("each-would", { count: taken })}</p>
			{refused.length > 0 && <p className="fault">{t("each-would-not", { count: refused.length })}</p>}
			<Refused refused={refused} numbers={numbers} />
			<Button
				type="primary"
				disabled={taken === 0}
				title={taken === 0 ? t("each-none") : undefined}
				onClick={onRun}
			>
				{t("each-do", { count: taken })}
			</Button>{" "}
			<Button onClick={onBack}>{t("each-back")}</Button>
		</div>
	);
}

/** By reason, each with the numbers of its cases. */
function Refused({
	refused,
	numbers,
}: {
	refused: readonly { id: string; problem: Problem }[];
	numbers: ReadonlyMap<string, string>;
}) {
	return (
		<ul className="lines">
			{byReason(refused).map(({ title, ids }) => (
				<li key={title}>
					{title} <span className="quiet">{ids.map((id) => numbers.get(id) ?? id).join(" · ")}</span>
				</li>
			))}
		</ul>
	);
}
