import { useEffect, useRef } from "react";
import { bodyName, type Names, timeText } from "../../labels.ts";
import { Icon } from "../../parts/icon.tsx";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { DueBand } from "../work/due-band.tsx";
import type { Entry } from "../work/work-query.ts";
import type { Shown } from "../work/work-room.tsx";
import { COLUMNS, type Column, type Order, pressed, proceedingOf } from "./order.ts";
import { content } from "./words.yaml";

/** What the bodies want, one a row; each column sorts. Where it is narrow a row folds into two lines. */
export function BodiesTable({
	shown,
	order,
	onOrder,
}: {
	shown: Shown;
	order: Order;
	onOrder: (order: Order) => void;
}) {
	const t = useRoomWords(content as RoomWords);
	return (
		<table className="bodies" aria-label={shown.title}>
			<thead>
				<tr>
					{COLUMNS.map((one) => (
						<Head key={one} column={one} label={t(one)} order={order} onOrder={onOrder} />
					))}
				</tr>
			</thead>
			<tbody>
				{shown.entries.map((one) => (
					<Row
						key={one.id}
						entry={one}
						names={shown.namesOf(one.item)}
						chosen={one === shown.chosen}
						onChoose={() => shown.onChoose(one.id)}
					/>
				))}
			</tbody>
		</table>
	);
}

function Head({
	column,
	label,
	order,
	onOrder,
}: {
	column: Column;
	label: string;
	order: Order;
	onOrder: (order: Order) => void;
}) {
	const sorted = order.by === column;
	return (
		<th aria-sort={sorted ? (order.down ? "descending" : "ascending") : "none"} scope="col">
			<button type="button" onClick={() => onOrder(pressed(order, column))}>
				{label}
				{sorted && (
					<span className={order.down ? "bodies-down" : "bodies-up"}>
						<Icon name="fold" size={12} />
					</span>
				)}
			</button>
		</th>
	);
}

function Row({
	entry,
	names,
	chosen,
	onChoose,
}: {
	entry: Entry;
	names: Names;
	chosen: boolean;
	onChoose: () => void;
}) {
	const t = useRoomWords(content as RoomWords);
	const place = useRef<HTMLTableRowElement>(null);
	useEffect(() => {
		if (chosen) place.current?.scrollIntoView({ block: "nearest" });
	}, [chosen]);
	const one = proceedingOf(entry);
	if (!one) return null;
	const replied = one.replies.some((reply) => reply.final);
	return (
		<tr ref={place} aria-current={chosen ? "true" : undefined}>
			<th scope="row">
				<button type="button" className="bodies-open" onClick={onChoose}>
					{bodyName(names, one.body)}
				</button>
			</th>
			<td className="bodies-number">
				{one.number} {one.direction === "outbound" && <span className="tag">{t("outbound")}</span>}
			</td>
			<td className="quiet">{timeText(names, one.receivedAt)}</td>
			<td className="bodies-due">
				{replied || !one.due ? (
					<span className="quiet">{t(replied ? "replied" : "no-term")}</span>
				) : (
					<DueBand
						names={names}
						about={one.id}
						since={one.receivedAt}
						due={one.due}
						kind="statutory"
						label={t("by-law")}
					/>
				)}
			</td>
			<td className="quiet">{names.kase.number}</td>
		</tr>
	);
}
