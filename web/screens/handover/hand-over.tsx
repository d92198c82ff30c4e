import { Link } from "@tanstack/react-router";
import { Input, Select } from "antd";
import type { ReactNode } from "react";
import { type Names, timeText } from "../../labels.ts";
import { GradeTag } from "../../parts/grade-tag.tsx";
import { wallOf } from "../../parts/time.ts";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { useWho, ZONE } from "../who.ts";
import { Each } from "../work/each.tsx";
import { aboutOf } from "../work/item-head.tsx";
import { useKept } from "../work/kept-text.ts";
import type { WorkItem } from "../work/work-query.ts";
import type { Colleague } from "./handover.tsx";
import { colleagueFor, KEEP, type Notes, onShift, plansOf } from "./notes.ts";
import { content } from "./words.yaml";

const NOTHING: Notes = { all: null, to: {}, text: {} };

/** One's open cases with a line each, a colleague for all or for each; tried first, then handed over. */
export function HandOver({
	items,
	namesOf,
	colleagues,
	now,
	children,
}: {
	items: readonly WorkItem[];
	namesOf: (item: WorkItem) => Names;
	colleagues: readonly Colleague[];
	now: string;
	children: ReactNode;
}) {
	const t = useRoomWords(content as RoomWords);
	const me = useWho().person ?? "";
	const [notes, change] = useKept<Notes>(`handover.${me}`, NOTHING);
	const prefill = (item: WorkItem) => prefilled(item, namesOf(item), t);
	const plans = plansOf(items, notes, prefill);
	const bare = plans.filter((one) => one.fields.note === "").length;
	const choices = choicesOf(colleagues, now, t);
	const without = (gone: readonly string[]) => {
		const kept = (list: Record<string, string>) =>
			Object.fromEntries(Object.entries(list).filter(([id]) => !gone.includes(id)));
		change({ to: kept(notes.to), text: kept(notes.text) });
	};
	return (
		<section className="panel" aria-labelledby="mine">
			<h2 id="mine">{t("mine")}</h2>
			{items.length === 0 && <p className="quiet">{t("mine-none")}</p>}
			{items.length > 0 && (
				<>
					<div className="handover-all">
						<span id="to-all">{t("to-all")}</span>
						<Select
							aria-labelledby="to-all"
							className="work-pick"
							allowClear
							showSearch={{ optionFilterProp: "label" }}
							placeholder={t("keep")}
							value={notes.all}
							options={choices}
							onChange={(all) => change({ all: all ?? null })}
						/>
					</div>
					<ul className="lines">
						{items.map((item) => (
							<Mine
								key={item.case.id}
								item={item}
								names={namesOf(item)}
								choices={choices}
								person={colleagueFor(notes, item.case.id)}
								note={notes.text[item.case.id] ?? prefill(item)}
								onPerson={(person) => change({ to: { ...notes.to, [item.case.id]: person } })}
								onNote={(text) => change({ text: { ...notes.text, [item.case.id]: text } })}
							/>
						))}
					</ul>
					{children}
					<Each
						plans={plans}
						label={t("check", { count: plans.length })}
						why={
							plans.length === 0 ? t("choose-first") : bare > 0 ? t("notes-missing", { count: bare }) : null
						}
						onDone={without}
					/>
				</>
			)}
		</section>
	);
}

type Choices = { value: string; label: string }[];

/** Those at work first, then those with the least to do. */
function choicesOf(
	colleagues: readonly Colleague[],
	now: string,
	t: (key: string, fillings: Record<string, string | number>) => string,
): Choices {
	const time = wallOf(now, ZONE).slice(11);
	const there = (one: Colleague) => onShift(one.shifts, time);
	return colleagues
		.toSorted((a, b) => Number(there(b)) - Number(there(a)) || a.open - b.open)
		.map((one) => ({
			value: one.id,
			label: t(there(one) ? "colleague-now" : "colleague", { name: one.alias, count: one.open }),
		}));
}

/** Where it stands and what comes next, to be completed by hand. */
function prefilled(
	item: WorkItem,
	names: Names,
	t: (key: string, fillings?: Record<string, string>) => string,
): string {
	return t("prefill", { step: names.say.of("steps", item.step), next: nextOf(item, names, t) });
}

function isLate({ duties }: WorkItem, now: string): boolean {
	return duties.some((one) => one.due !== null && one.due < now);
}

function nextOf(
	item: WorkItem,
	names: Names,
	t: (key: string, fillings?: Record<string, string>) => string,
): string {
	const [duty] = item.duties.toSorted((a, b) => (a.due ?? "9999").localeCompare(b.due ?? "9999"));
	if (!duty) return t("nothing-next");
	const what = names.say.of("obligations", duty.what);
	return duty.due ? t("next-due", { what, time: timeText(names, duty.due) }) : t("next-act", { what });
}

function Mine({
	item,
	names,
	choices,
	person,
	note,
	onPerson,
	onNote,
}: {
	item: WorkItem;
	names: Names;
	choices: Choices;
	person: string | null;
	note: string;
	onPerson: (person: string) => void;
	onNote: (note: string) => void;
}) {
	const t = useRoomWords(content as RoomWords);
	return (
		<li className="handed">
			<div className="work-head-line">
				<GradeTag
					urgency={names.kase.triage?.urgency ?? null}
					severity={names.kase.triage?.severity ?? null}
				/>
				<b>{aboutOf(names)}</b>
				<Link to="/cases/$id" params={{ id: item.case.id }} className="case-number">
					{item.case.number}
				</Link>
				<span className="tag">{names.say.of("steps", item.step)}</span>
				<span className={isLate(item, names.now) ? "late" : "quiet"}>{nextOf(item, names, t)}</span>
				<Select
					className="work-pick handed-to"
					aria-label={`${t("to")} ${item.case.number}`}
					showSearch={{ optionFilterProp: "label" }}
					value={person ?? KEEP}
					options={[{ value: KEEP, label: t("keep") }, ...choices]}
					onChange={onPerson}
				/>
			</div>
			{person !== null && (
				<Input.TextArea
					aria-label={t("note-for", { number: item.case.number })}
					value={note}
					maxLength={2000}
					autoSize={{ minRows: 1, maxRows: 4 }}
					onChange={(event) => onNote(event.target.value)}
				/>
			)}
		</li>
	);
}
