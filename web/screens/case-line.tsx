import { Link } from "@tanstack/react-router";
import type { CaseRow, Directory } from "../api.ts";
import type { PackAnswer } from "../pack.ts";
import { bandShape } from "../parts/band.ts";
import { bandWords } from "../parts/band-words.ts";
import { Band } from "../parts/clock-band.tsx";
import { formatRelative } from "../parts/time.ts";
import { type Say, TradeWords, useSay } from "../words.ts";

/** A case in a list: two lines that say how grave, what, where it stands, until when, and whose it is. */
export function CaseLine({
	row,
	pack,
	people,
}: {
	row: CaseRow;
	pack: PackAnswer | null;
	people: Directory["people"];
}) {
	return (
		<TradeWords value={pack?.data.head.words ?? {}}>
			<Lines row={row} pack={pack} people={people} />
		</TradeWords>
	);
}

function Lines({
	row,
	pack,
	people,
}: {
	row: CaseRow;
	pack: PackAnswer | null;
	people: Directory["people"];
}) {
	const say = useSay();
	const categories = row.categories.map((id) => categoryIn(pack, id, say));
	return (
		<li>
			<Link
				to="/cases/$id"
				params={{ id: row.id }}
				search={(before) => ({ ...before, do: undefined, about: undefined })}
				className="case-line"
			>
				<span className="case-what">
					<GradeTag urgency={row.urgency} severity={row.severity} />
					<b>{categories.join(say.language === "zh" ? "、" : ", ")}</b>
					{row.restricted && <span className="tag">{say.of("commands", "RestrictCase")}</span>}
					<span className="case-who">{whatOf(row, say)}</span>
				</span>
				<span className="case-number">{row.number}</span>
				<RowClock row={row} say={say} />
				<span className="case-where">
					<span>{say.bi(pack?.data.head.name)}</span>
					<span>
						{row.closedAt && row.outcome ? say.of("outcomes", row.outcome) : say.of("steps", row.step)}
					</span>
					<span>{row.owner ? (people[row.owner]?.alias ?? row.owner) : say.ui("nobody-yet")}</span>
				</span>
			</Link>
		</li>
	);
}

function whatOf(row: CaseRow, say: Say): string {
	const orders = row.orders.map((number) => `${say.ui("order")} ${shortened(number)}`);
	const source = row.source === "customer" ? [] : [say.of("values", `source.${row.source}`)];
	return [...orders.slice(0, 1), ...source, say.of("values", `channel.${row.channel}`)].join(" · ");
}

/** Long numbers are known by their end. */
function shortened(number: string): string {
	return number.length > 12 ? `…${number.slice(-6)}` : number;
}

function categoryIn(pack: PackAnswer | null, id: string, say: Say): string {
	const category = pack?.data.categories.categories.find((one) => one.id === id);
	return category ? say.bi(category.name) : say.of("values", id);
}

/** Urgency and severity together: 特急 A. Only 特急 is red. */
export function GradeTag({ urgency, severity }: { urgency: string | null; severity: string | null }) {
	const say = useSay();
	if (!urgency || !severity) return <span className="grade grade-none">{say.ui("ungraded")}</span>;
	return (
		<span className={`grade grade-${urgency}`}>
			{say.of("values", urgency)} {severity}
		</span>
	);
}

function RowClock({ row, say }: { row: CaseRow; say: Say }) {
	if (row.closedAt || !row.due) {
		const when = formatRelative(row.closedAt ?? row.changedAt, new Date().toISOString(), say.language);
		return (
			<span className="case-clock quiet">
				{row.closedAt ? `${say.ui("closed")} ${when}` : say.ui("no-due")}
			</span>
		);
	}
	const kind = row.due === row.statutoryDue ? "statutory" : "promise";
	const input = {
		startedAt: row.receivedAt,
		due: row.due,
		pauses: [],
		stoppedAt: null,
		now: new Date().toISOString(),
	};
	const label = say.of("clockKinds", kind);
	return (
		<span className="case-clock">
			<Band {...input} kind={kind} label={label} words={bandWords(bandShape(input), say)} />
		</span>
	);
}
