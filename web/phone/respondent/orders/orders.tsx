import "./orders.css";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { problemIn } from "../../../api.ts";
import { Empty } from "../../../parts/empty.tsx";
import { formatInstant } from "../../../parts/time.ts";
import { type RoomWords, TradeWords, useRoomWords, useSay } from "../../../words.ts";
import { Screen } from "../../parts/screen.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { go } from "../../route.ts";
import { FileList } from "../../uploads.tsx";
import { roadOf, useSendingOfOrders } from "../../uploads-sending.ts";
import { dropFile, useFiles } from "../../uploads-shelf.ts";
import { Kept } from "../kept.tsx";
import { mineQuery, packToldQuery } from "../my-data.ts";
import { Rooms, Row } from "../parts.tsx";
import { groupOf } from "../standing.ts";
import { content } from "../words.yaml";
import { Noting } from "./noting.tsx";
import { type MyOrder, type MyOrders, myOrdersQuery } from "./order-data.ts";

/** My orders, and on each what was noted on the road. */
export function Orders({ number, act }: { number: string; act: string }) {
	const t = useRoomWords(content as RoomWords);
	const queries = useQueryClient();
	const mine = useQuery(mineQuery);
	const orders = useQuery(myOrdersQuery);
	const found = orders.data?.orders.find((one) => one.number === number);
	const pack = useQuery(packToldQuery(found?.trade ?? mine.data?.trade ?? ""));
	const read = useCallback(() => void queries.invalidateQueries(myOrdersQuery), [queries]);
	useSendingOfOrders(read);
	if (orders.isPending) return <Waiting rows={5} />;
	if (!orders.data) return <Failure problem={problemIn(orders.error)} again={() => void orders.refetch()} />;
	const words = pack.data?.sent.head.words ?? {};
	if (number && found)
		return (
			<TradeWords value={words}>
				{act && act in orders.data.kinds ? (
					<Noting order={found} kind={act as keyof MyOrders["kinds"]} kinds={orders.data.kinds} />
				) : (
					<One order={found} data={orders.data} />
				)}
			</TradeWords>
		);
	const waiting = mine.data ? groupOf(mine.data).answer.length : 0;
	return (
		<TradeWords value={words}>
			<Screen title={t("tab-orders")} act={<Rooms waiting={waiting} />}>
				<Kept />
				<List orders={orders.data.orders} />
			</Screen>
		</TradeWords>
	);
}

/** Those on the road first. */
function List({ orders }: { orders: readonly MyOrder[] }) {
	const t = useRoomWords(content as RoomWords);
	const done = orders.filter((one) => one.status === "done");
	const running = orders.filter((one) => one.status !== "done");
	const rows = (some: readonly MyOrder[]) =>
		some.map((one) => (
			<Row
				key={one.number}
				icon="box"
				title={t("order-is", { number: one.number })}
				more={[
					one.status === "done" ? t("status-done") : one.status,
					t("noted", { count: one.acts.length }),
				].join(" · ")}
				to={`/m/orders/${encodeURIComponent(one.number)}`}
			/>
		));
	if (orders.length === 0) return <Empty icon="box" text={t("no-orders")} />;
	return (
		<>
			{running.length > 0 && <h2 className="r-group">{t("on-the-road")}</h2>}
			{rows(running)}
			{done.length > 0 && <h2 className="r-group">{t("orders-done")}</h2>}
			{rows(done)}
		</>
	);
}

const BEFORE = ["need", "loading"] as const;
const ROAD = ["delay", "second", "left", "refused", "abnormal"] as const;
const END = ["unloading", "handover"] as const;

function One({ order, data }: { order: MyOrder; data: MyOrders }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const time = (at: string) => formatInstant(at, "Asia/Shanghai", say.language, data.now);
	const files = useFiles(roadOf(order.number));
	const done = new Set(order.acts.map((one) => one.kind));
	const rows = (kinds: readonly (keyof MyOrders["kinds"])[]) =>
		kinds.map((kind) => (
			<Row
				key={kind}
				icon={done.has(kind) ? "check" : data.kinds[kind].asks.includes("photo") ? "camera" : "plus"}
				title={say.bi(data.kinds[kind].name)}
				more={say.bi(data.kinds[kind].ask)}
				to={`/m/orders/${encodeURIComponent(order.number)}/${kind}`}
			/>
		));
	return (
		<Screen title={t("order-is", { number: order.number })} back={() => go("/m/orders")}>
			<Kept about={`order:${order.number}`} />
			<FileList files={files} onDrop={(id) => void dropFile(id)} />
			<p className="p-quiet">{t("order-why")}</p>
			<h2 className="r-group">{t("before")}</h2>
			{rows(BEFORE)}
			<h2 className="r-group">{t("on-the-road")}</h2>
			{rows(ROAD)}
			<h2 className="r-group">{t("at-the-end")}</h2>
			{rows(END)}
			<h2 className="r-group">{t("noted-so-far")}</h2>
			<section className="p-card">
				{order.acts.length === 0 && <p className="p-quiet">{t("nothing-noted")}</p>}
				{order.acts.map((one) => (
					<p key={one.id} className="r-line">
						<span>
							{say.bi(data.kinds[one.kind].name)}
							{one.details.words && `：${one.details.words}`}
							{one.details.place && `：${one.details.place}`}
							{one.details.until && ` ${time(one.details.until)}`}
							{one.photo && ` · ${t("with-photo")}`}
							{one.confirmedAt && ` · ${t("customer-confirmed")}`}
						</span>
						<small className="p-quiet">{time(one.at)}</small>
					</p>
				))}
			</section>
		</Screen>
	);
}
