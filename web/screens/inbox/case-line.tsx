import "../../styles/case-line.css";
import { Link } from "@tanstack/react-router";
import { type MouseEvent, memo } from "react";
import type { CaseRow } from "../../api.ts";
import type { PackAnswer } from "../../pack.ts";
import { bandShape } from "../../parts/band.ts";
import { bandWords } from "../../parts/band-words.ts";
import { Band } from "../../parts/clock-band.tsx";
import { GradeTag } from "../../parts/grade-tag.tsx";
import { Presence } from "../../parts/presence.tsx";
import { formatRelative } from "../../parts/time.ts";
import { type RoomWords, type Say, TradeWords, useRoomWords, useSay } from "../../words.ts";
import { content } from "./words.yaml";

export interface LineProps {
	row: CaseRow;
	pack: PackAnswer | null;
	/** What the office calls the owner; null: nobody yet. */
	owner: string | null;
	/** The accused, where they are of the office's people. */
	respondent: string | null;
	now: string;
	marked: boolean;
	onMark: (id: string, range: boolean) => void;
}

/** A case in the list: two lines that say how grave, what and who, until when, where it stands, and whose it is. */
export const CaseLine = memo(function CaseLine(props: LineProps) {
	return (
		<TradeWords value={props.pack?.data.head.words ?? {}}>
			<Lines {...props} />
		</TradeWords>
	);
});

function Lines({ row, pack, owner, respondent, now, marked, onMark }: LineProps) {
	const say = useSay();
	const t = useRoomWords(content as RoomWords);
	const categories = row.categories.map((id) => categoryIn(pack, id, say));
	const mark = (event: MouseEvent) => onMark(row.id, event.shiftKey);
	return (
		<>
			<input
				type="checkbox"
				className="case-mark"
				checked={marked}
				onClick={mark}
				onChange={() => {}}
				aria-label={t("mark-case", { number: row.number })}
				tabIndex={-1}
			/>
			<Link
				to="/cases/$id"
				params={{ id: row.id }}
				search={(before) => ({ ...before, do: undefined, about: undefined })}
				className="case-line"
				data-case={row.id}
			>
				<span className="case-what">
					<GradeTag urgency={row.urgency} severity={row.severity} />
					<b>{categories.join(say.language === "zh" ? "、" : ", ")}</b>
					{row.restricted && <span className="tag">{t("restricted")}</span>}
					<WhoAndWhat row={row} accused={respondent ?? row.respondent} say={say} />
					<Presence case={row.id} />
				</span>
				<span className="case-where">
					<RowClock row={row} pack={pack} now={now} say={say} />
					<span className="case-step">
						{row.closedAt && row.outcome && !row.due
							? say.of("outcomes", row.outcome)
							: say.of("steps", row.step)}
					</span>
					<span className={owner ? "case-owner" : "case-owner quiet"}>{owner ?? t("nobody")}</span>
					<span className="case-number">{row.number}</span>
				</span>
			</Link>
		</>
	);
}

/** The complainant ⇄ the accused, each in their colour, and the words; outside of the office the order instead. */
function WhoAndWhat({ row, accused, say }: { row: CaseRow; accused: string | null; say: Say }) {
	const [order] = row.orders;
	const about = row.words ?? (order ? `${say.ui("order")} ${shortened(order)}` : "");
	return (
		<span className="case-who">
			{row.complainant && <span className="side-complainant">{row.complainant}</span>}
			{row.complainant && accused && " ⇄ "}
			{accused && <span className="side-respondent">{accused}</span>}
			{(row.complainant || accused) && " · "}
			{about}
		</span>
	);
}

/** Long numbers are known by their end. */
function shortened(number: string): string {
	return number.length > 12 ? `…${number.slice(-6)}` : number;
}

function categoryIn(pack: PackAnswer | null, id: string, say: Say): string {
	const category = pack?.data.categories.categories.find((one) => one.id === id);
	return category ? say.bi(category.name) : say.of("values", id);
}

function RowClock({ row, pack, now, say }: { row: CaseRow; pack: PackAnswer | null; now: string; say: Say }) {
	// closed, and the customer is still to be asked again: that has its time
	if (!row.due)
		return (
			<span className="case-clock quiet">
				{row.closedAt
					? `${say.ui("closed")} ${formatRelative(row.closedAt, now, say.language)}`
					: say.ui("no-due")}
			</span>
		);
	const kind = row.dueKind ?? (row.due === row.statutoryDue ? "statutory" : "promise");
	const input = {
		startedAt: row.dueFrom ?? row.receivedAt,
		due: row.due,
		pauses: [],
		stoppedAt: null,
		now,
	};
	const rule = pack?.data.clocks.clocks.find((one) => one.name === row.dueClock);
	const label = [say.of("clockKinds", kind), say.bi(rule?.label)].filter(Boolean).join(" · ");
	return (
		<span className="case-clock" title={label}>
			<Band {...input} kind={kind} label={label} words={bandWords(bandShape(input), say)} />
		</span>
	);
}
