import { useQuery } from "@tanstack/react-query";
import { Button, Form, Progress } from "antd";
import { useMemo, useRef, useState } from "react";
import { ask, type CaseAnswer, type CommandInfo, type Problem, problemIn } from "../../api.ts";
import { newKey } from "../../form/draft.ts";
import { CommandField } from "../../form/field.tsx";
import { fieldsOf } from "../../form/schema.ts";
import { fieldsFrom, type Typed, typedAtFirst } from "../../form/values.ts";
import type { Names } from "../../labels.ts";
import type { PackAnswer } from "../../pack.ts";
import { Faults } from "../../parts/faults.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { caseQuery, directoryQuery } from "../../queries.ts";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { ZONE } from "../who.ts";
import { byReason, type Outcome, type Rehearsed, runEach } from "./bulk-run.ts";
import { content } from "./words.yaml";

interface BulkProps {
	info: CommandInfo;
	ids: readonly string[];
	numbers: ReadonlyMap<string, string>;
	packs: Record<string, PackAnswer>;
	/** With the cases that it was not done to. */
	onDone: (left: string[]) => void;
}

/** One form for many cases: filled in once, tried on all, then done to those that take it. */
export function BulkForm(props: BulkProps) {
	const model = useQuery(caseQuery(props.ids[0] ?? ""));
	if (model.isPending) return <Waiting />;
	if (model.isError) return <Failure problem={problemIn(model.error)} again={() => model.refetch()} />;
	return <Filling {...props} model={model.data} />;
}

type Stage =
	| { at: "filling"; problem: Problem | null }
	| { at: "rehearsed"; fields: Typed; answers: Rehearsed[] }
	| { at: "running"; of: number; outcomes: readonly Outcome[] }
	| { at: "done"; of: number; outcomes: readonly Outcome[] };

function Filling({ info, ids, numbers, packs, onDone, model }: BulkProps & { model: CaseAnswer }) {
	const t = useRoomWords(content as RoomWords);
	const [stage, setStage] = useState<Stage>({ at: "filling", problem: null });
	const stop = useRef(false);
	const keys = useRef(new Map<string, string>());
	const rehearse = async (fields: Typed) => {
		try {
			const body = { type: info.type, fields, cases: ids };
			const { answers } = await ask<{ answers: Rehearsed[] }>("POST", "/api/rehearsals", body);
			setStage({ at: "rehearsed", fields, answers });
		} catch (error) {
			setStage({ at: "filling", problem: problemIn(error) });
		}
	};
	const run = async (fields: Typed, answers: readonly Rehearsed[]) => {
		const taking = answers.flatMap((one) => (one.taken ? [one.case] : []));
		stop.current = false;
		setStage({ at: "running", of: taking.length, outcomes: [] });
		const send = (id: string) => {
			const key = keys.current.get(id) ?? newKey();
			keys.current.set(id, key);
			const path = `/api/cases/${encodeURIComponent(id)}/commands`;
			return ask("POST", path, { ...fields, type: info.type }, { "idempotency-key": key });
		};
		const told = (outcomes: readonly Outcome[]) => setStage({ at: "running", of: taking.length, outcomes });
		const outcomes = await runEach(taking, send, problemIn, told, () => stop.current);
		setStage({ at: "done", of: taking.length, outcomes });
	};
	if (stage.at === "filling")
		return <FieldsOnce info={info} model={model} packs={packs} problem={stage.problem} onFilled={rehearse} />;
	if (stage.at === "rehearsed") {
		const taken = stage.answers.filter((one) => one.taken).length;
		const refused = stage.answers.flatMap((one) =>
			one.taken ? [] : [{ id: one.case, problem: one.problem }],
		);
		return (
			<div className="bulk-stage">
				<p>{t("would-be-done", { count: taken })}</p>
				{refused.length > 0 && (
					<Refusals
						title={t("would-be-refused", { count: refused.length })}
						refused={refused}
						numbers={numbers}
					/>
				)}
				<div className="bulk-foot">
					<Button
						type="primary"
						disabled={taken === 0}
						title={taken === 0 ? t("nothing-to-do") : undefined}
						onClick={() => void run(stage.fields, stage.answers)}
					>
						{t("do-it", { count: taken })}
					</Button>
					<Button onClick={() => setStage({ at: "filling", problem: null })}>{t("change-form")}</Button>
				</div>
				{taken === 0 && <p className="quiet">{t("nothing-to-do")}</p>}
			</div>
		);
	}
	const done = stage.outcomes.filter((one) => one.done).length;
	const failed = stage.outcomes.flatMap((one) => (one.done ? [] : [one]));
	const left = ids.filter((id) => !stage.outcomes.some((one) => one.done && one.id === id));
	return (
		<div className="bulk-stage" aria-live="polite">
			<Progress
				percent={Math.round((100 * stage.outcomes.length) / Math.max(1, stage.of))}
				showInfo={false}
				status="normal"
			/>
			<p>{t("done-of", { count: done, of: stage.of })}</p>
			{failed.length > 0 && (
				<Refusals title={t("were-refused", { count: failed.length })} refused={failed} numbers={numbers} />
			)}
			<div className="bulk-foot">
				{stage.at === "running" ? (
					<Button
						onClick={() => {
							stop.current = true;
						}}
					>
						{t("stop")}
					</Button>
				) : (
					<Button type="primary" onClick={() => onDone(left)}>
						{left.length > 0 ? t("close-keep", { count: left.length }) : t("close-bulk")}
					</Button>
				)}
			</div>
		</div>
	);
}

function Refusals({
	title,
	refused,
	numbers,
}: {
	title: string;
	refused: readonly { id: string; problem: Problem }[];
	numbers: ReadonlyMap<string, string>;
}) {
	return (
		<section className="bulk-refused">
			<h3>{title}</h3>
			<ul>
				{byReason(refused).map((group) => (
					<li key={group.title}>
						<p>{group.title}</p>
						<p className="quiet">{group.ids.map((id) => numbers.get(id) ?? id).join("  ")}</p>
					</li>
				))}
			</ul>
		</section>
	);
}

/** The command's form. What may be chosen is taken from the first case: people and reasons are the same for all. */
function FieldsOnce({
	info,
	model,
	packs,
	problem,
	onFilled,
}: {
	info: CommandInfo;
	model: CaseAnswer;
	packs: Record<string, PackAnswer>;
	problem: Problem | null;
	onFilled: (fields: Typed) => Promise<void>;
}) {
	const say = useSay();
	const t = useRoomWords(content as RoomWords);
	const directory = useQuery(directoryQuery).data;
	const [form] = Form.useForm<Typed>();
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState<Problem | null>(null);
	const pack = packs[model.case.pack.name] ?? null;
	const names = useMemo<Names>(
		() => ({
			say,
			kase: model.case,
			pack,
			texts: model.texts,
			people: model.people,
			organisations: directory?.organisations ?? {},
			zone: pack?.data.head.zone ?? ZONE,
			now: model.now,
		}),
		[say, model, pack, directory],
	);
	const setting = { zone: names.zone, currency: pack?.data.head.currency ?? "CNY", sheet: pack?.sheet ?? {} };
	const fields = fieldsOf(info.type, info.schema);
	const send = async (typed: Typed) => {
		setBusy(true);
		setFault(null);
		try {
			await onFilled({ ...fieldsFrom(fields, typed, setting), ...(await incidentNamed(typed)) });
		} catch (error) {
			setFault(problemIn(error));
		}
		setBusy(false);
	};
	const told = fault ?? problem;
	return (
		<Form
			form={form}
			layout="vertical"
			requiredMark="optional"
			disabled={busy}
			initialValues={typedAtFirst(fields, {}, setting)}
			onFinish={send}
			scrollToFirstError={{ block: "center", focus: true }}
		>
			<p className="quiet gap-after">{say.of("commandHelp", info.type)}</p>
			{fields.map((field) => (
				<CommandField
					key={field.name}
					command={info.type}
					field={field}
					names={names}
					setting={setting}
					path={[field.name]}
				/>
			))}
			{told && <Faults problem={told} />}
			<Button type="primary" htmlType="submit" loading={busy} block>
				{t("rehearse")}
			</Button>
		</Form>
	);
}

/** The incident is named by its number; the command wants its id. */
async function incidentNamed({ incident }: Typed): Promise<Typed> {
	if (typeof incident !== "string" || incident.trim() === "") return {};
	const path = `/api/cases/${encodeURIComponent(incident.trim())}`;
	return { incident: (await ask<CaseAnswer>("GET", path)).case.id };
}
