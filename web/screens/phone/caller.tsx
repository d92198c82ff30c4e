import type { UseQueryResult } from "@tanstack/react-query";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Form, type FormInstance } from "antd";
import { useState } from "react";
import { problemIn } from "../../api.ts";
import { categoryName } from "../../labels.ts";
import type { PackAnswer } from "../../pack.ts";
import { GradeTag } from "../../parts/grade-tag.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { formatInstant, formatRelative } from "../../parts/time.ts";
import { packQuery } from "../../queries.ts";
import type { Filing as Typed } from "../../steps/intake-filing.ts";
import { useRoomWords, useSay } from "../../words.ts";
import { ZONE } from "../who.ts";
import type { Call, CallerKnown } from "./queries.ts";
import { words } from "./words.ts";

type KnownOrder = CallerKnown["orders"][number];

/** Who calls, by their number: orders to choose from, and what there was before. */
export function Caller({
	known,
	call,
	form,
	onOrder,
}: {
	known: UseQueryResult<CallerKnown>;
	call: Call;
	pack: PackAnswer | null;
	form: FormInstance<Typed>;
	onOrder: (order: KnownOrder) => void;
}) {
	const t = useRoomWords(words);
	const chosen = (Form.useWatch("order", form) as string | undefined)?.trim();
	if (known.isPending) return <Waiting rows={2} />;
	if (known.isError) return <Failure problem={problemIn(known.error)} again={() => known.refetch()} />;
	const { name, orders, ordersUnreached, cases, history } = known.data;
	return (
		<>
			<section className="panel">
				<h2>{name ?? call.caller ?? t("withheld")}</h2>
				<h3>{t("caller-orders")}</h3>
				{orders.length === 0 ? (
					<p className="quiet">{t(ordersUnreached ? "orders-unreached" : "orders-none")}</p>
				) : (
					<ul className="caller-orders">
						{orders.map((one) => (
							<OneOrder
								key={one.number}
								order={one}
								chosen={one.number === chosen}
								onUse={() => onOrder(one)}
							/>
						))}
					</ul>
				)}
			</section>
			<section className="panel">
				<h3>{t("caller-cases")}</h3>
				{cases.length === 0 ? (
					<p className="quiet">{t("cases-none")}</p>
				) : (
					<Past history={history} cases={cases} />
				)}
			</section>
		</>
	);
}

function OneOrder({ order, chosen, onUse }: { order: KnownOrder; chosen: boolean; onUse: () => void }) {
	const say = useSay();
	const t = useRoomWords(words);
	const pack = useQuery(packQuery(order.trade)).data ?? null;
	const last = order.events.at(-1)?.what;
	const taken = order.takenAt && formatInstant(order.takenAt, ZONE, say.language, new Date().toISOString());
	return (
		<li className={chosen ? "caller-order caller-order-chosen" : "caller-order"}>
			<b className="case-number">{order.number}</b>
			<span className="quiet">{[say.bi(pack?.data.head.name), taken, last].filter(Boolean).join(" · ")}</span>
			{chosen ? (
				<span className="tag">{t("used")}</span>
			) : (
				<Button size="small" onClick={onUse}>
					{t("use-order")}
				</Button>
			)}
		</li>
	);
}

const SHOWN = 4;

function Past({ history, cases }: Pick<CallerKnown, "history" | "cases">) {
	const say = useSay();
	const t = useRoomWords(words);
	const [all, setAll] = useState(false);
	const grades = Object.entries(history.bySeverity).sort(([a], [b]) => a.localeCompare(b));
	return (
		<>
			<p className="caller-history">
				<span className="tag">{t("cases-open", { count: history.open })}</span>
				{grades.map(([grade, count]) => (
					<span key={grade} className="tag">
						{t("severity", { grade, count })}
					</span>
				))}
			</p>
			<ul className="caller-cases">
				{cases.slice(0, all ? cases.length : SHOWN).map((one) => (
					<li key={one.id}>
						<Link to="/cases/$id" params={{ id: one.id }} target="_blank">
							<GradeTag urgency={one.urgency} severity={one.severity} />
							<CategoryOf one={one} />
							<span className="quiet">
								{one.closedAt && one.outcome ? say.of("outcomes", one.outcome) : say.of("steps", one.step)} ·{" "}
								{formatRelative(one.receivedAt, new Date().toISOString(), say.language)}
							</span>
						</Link>
					</li>
				))}
			</ul>
			{!all && cases.length > SHOWN && (
				<Button type="link" size="small" onClick={() => setAll(true)}>
					{t("cases-shown", { count: cases.length - SHOWN })}
				</Button>
			)}
		</>
	);
}

function CategoryOf({ one }: { one: CallerKnown["cases"][number] }) {
	const say = useSay();
	const pack = useQuery(packQuery(one.pack)).data ?? null;
	return <b>{one.categories.map((id) => categoryName({ say, pack }, id)).join(" ") || one.number}</b>;
}
