import { factName, factValue, type Names, personName, textOf, timeText } from "../labels.ts";
import { Records } from "../parts/record.tsx";
import type { PanelProps } from "../screens/case/subjects.tsx";
import { refusalText } from "../shown.ts";
import { type RoomWords, useRoomWords } from "../words.ts";
import { Act } from "./act.tsx";
import { type Cell, type FactRow, matrixOf } from "./verification-matrix.ts";
import { content } from "./words.yaml";

/** 多方核实: each fact against each source: confirmed, not, or not asked. A cell pressed records what that source says. */
export function VerificationMatrix(props: PanelProps) {
	const { names, answer } = props;
	const t = useRoomWords(content as RoomWords);
	const { sources, rows } = matrixOf(names.kase, names.pack);
	const may = answer.allowed.RecordVerification;
	const no = may && may !== true ? refusalText(names, "RecordVerification", may) : null;
	return (
		<Records
			title={t("matrix")}
			empty={rows.length === 0 ? t("matrix-empty") : null}
			act={<Act {...props} command="RecordVerification" />}
		>
			{rows.length > 0 && (
				<>
					{no && may !== true && may?.reason !== "NotAuthorised" && <p className="why-not">{no}</p>}
					<div className="matrix-room">
						<table className="matrix">
							<thead>
								<tr>
									<th scope="col">{t("matrix-fact")}</th>
									{sources.map((one) => (
										<th scope="col" key={one}>
											{sourceName(names, one)}
										</th>
									))}
								</tr>
							</thead>
							<tbody>
								{rows.map((row) => (
									<Row key={row.fact} row={row} no={no} {...props} />
								))}
							</tbody>
						</table>
					</div>
					<p className="source">{t("legend")}</p>
				</>
			)}
		</Records>
	);
}

function sourceName({ say, pack }: Names, source: string): string {
	return say.bi(pack?.data.evidence.sources[source]) || source;
}

function Row({ row, no, ...props }: PanelProps & { row: FactRow; no: string | null }) {
	const { names } = props;
	const t = useRoomWords(content as RoomWords);
	const short = row.need - row.have;
	return (
		<tr>
			<th scope="row">
				{factName(names, row.fact)}
				<span className="matrix-state">
					{row.need === 0 && t("matrix-optional")}
					{row.need > 0 && `${t("matrix-have", { have: row.have, need: row.need })} · `}
					{row.need > 0 && short <= 0 && <span className="good">{t("matrix-enough")}</span>}
					{short > 0 && <span className="fault">{t("matrix-short", { count: short })}</span>}
					{row.conflict && <span className="fault"> · {t("matrix-conflict")}</span>}
				</span>
			</th>
			{row.cells.map((cell) => (
				<CellOf key={cell.source} cell={cell} fact={row.fact} no={no} {...props} />
			))}
		</tr>
	);
}

function CellOf({
	cell,
	fact,
	no,
	names,
	open,
}: PanelProps & { cell: Cell; fact: string; no: string | null }) {
	const t = useRoomWords(content as RoomWords);
	const { said } = cell;
	const how = said ? (said.confirmed ? "confirmed" : "denied") : "unasked";
	const words = said?.confirmed
		? t("cell-confirmed", { value: factValue(names, fact, said.value) })
		: t(`cell-${how}`);
	const record = t("cell-record", { source: sourceName(names, cell.source), fact: factName(names, fact) });
	const more = said
		? [
				t("cell-by", { name: personName(names, said.by), time: timeText(names, said.at) }),
				textOf(names, said.words),
			]
		: [cell.wanted ? t("cell-wanted") : ""];
	return (
		<td className={cell.wanted ? "cell-wanted" : undefined}>
			<button
				type="button"
				className={`cell cell-${how}`}
				disabled={no !== null}
				title={[no ?? record, ...more].filter(Boolean).join("\n")}
				aria-label={`${record}: ${words}`}
				onClick={() =>
					open("RecordVerification", {
						fact,
						source: cell.source,
						...(said ? { value: said.value } : {}),
					})
				}
			>
				{words}
			</button>
		</td>
	);
}
