import { factName, factValue, type Names, timeText } from "../../labels.ts";
import { Pairs } from "../../parts/pairs.tsx";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { content } from "./words.yaml";

/** Each order with its own events and facts, as it stood when the complaint came. */
export function Orders({ names }: { names: Names }) {
	const { say, kase } = names;
	const t = useRoomWords(content as RoomWords);
	if (kase.orders.length === 0) return <p className="quiet">{say.ui("empty-orders")}</p>;
	const frozenAt = kase.intake?.recordedAt;
	return kase.orders.map((order) => (
		<div key={order.id} className="order">
			<h3 className="case-number">{order.number}</h3>
			<p className="source">{frozenAt ? t("frozen-at", { time: timeText(names, frozenAt) }) : t("frozen")}</p>
			<Pairs
				rows={[
					[t("ordered-at"), order.takenAt && timeText(names, order.takenAt)],
					...Object.entries(order.facts).map(
						([fact, value]) => [orderFactName(names, fact), orderFactValue(names, fact, value)] as const,
					),
				]}
			/>
			{order.events.length > 0 && (
				<ol className="order-events" aria-label={t("order-events")}>
					{order.events.map((event) => (
						<li key={`${event.at}${event.what}`}>
							<time dateTime={event.at}>{timeText(names, event.at)}</time>
							<span>{event.what}</span>
						</li>
					))}
				</ol>
			)}
		</div>
	));
}

/** Facts of an order are named by where the fact sheet has them from: order.delayDays is the fact delay-days. */
function sheetFactOf({ pack }: Names, orderFact: string): string {
	const found = Object.entries(pack?.sheet ?? {}).find(([, one]) => one.from === `order.${orderFact}`);
	return found?.[0] ?? orderFact;
}

function orderFactName(names: Names, fact: string): string {
	return factName(names, sheetFactOf(names, fact));
}

function orderFactValue(names: Names, fact: string, value: unknown): string {
	return factValue(names, sheetFactOf(names, fact), value);
}
