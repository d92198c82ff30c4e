import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { problemIn } from "../../api.ts";
import { Empty, Failure, Waiting } from "../../parts/states.tsx";
import { useAct } from "./act.ts";
import type { Names } from "./names.ts";
import { type Delivery, deliveriesQuery } from "./queries.ts";

/** What was delivered to one webhook, each with its attempts; what failed can be tried again. */
export function Deliveries({ names, webhook }: { names: Names; webhook: string }) {
	const { t, say } = names;
	const list = useInfiniteQuery(deliveriesQuery(webhook));
	if (list.isPending) return <Waiting rows={3} />;
	if (list.isError) return <Failure problem={problemIn(list.error)} again={() => list.refetch()} />;
	const deliveries = list.data.pages.flatMap((page) => page.deliveries);
	if (deliveries.length === 0) return <Empty text={t("deliveries-empty")} icon="clock" />;
	return (
		<div className="people-scroll">
			<table className="people-table">
				<thead>
					<tr>
						{["event", "case", "delivery-state", "attempts"].map((one) => (
							<th scope="col" key={one}>
								{t(one)}
							</th>
						))}
						<th scope="col">
							<span className="unseen">{t("actions")}</span>
						</th>
					</tr>
				</thead>
				<tbody>
					{deliveries.map((one) => (
						<DeliveryRow key={one.id} names={names} webhook={webhook} delivery={one} />
					))}
				</tbody>
			</table>
			{list.hasNextPage && (
				<Button className="more" loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
					{say.ui("more")}
				</Button>
			)}
		</div>
	);
}

function DeliveryRow({ names, webhook, delivery }: { names: Names; webhook: string; delivery: Delivery }) {
	const { t, say, time } = names;
	const { act, busy } = useAct("deliveries");
	const { attempts } = delivery;
	const ended = delivery.deliveredAt ?? delivery.givenUpAt;
	const path = `/api/webhooks/${encodeURIComponent(webhook)}/deliveries/${encodeURIComponent(delivery.id)}/redeliver`;
	return (
		<tr>
			<th scope="row">
				{delivery.event === "Ping" ? t("event-ping") : say.of("events", delivery.event)}
				<div className="quiet">{time(delivery.madeAt)}</div>
			</th>
			<td>
				{typeof delivery.body.number === "string" && (
					<Link to="/cases/$id" params={{ id: delivery.stream }}>
						{delivery.body.number}
					</Link>
				)}
			</td>
			<td className={delivery.givenUpAt ? "fault" : undefined}>
				{t(delivery.deliveredAt ? "delivered" : delivery.givenUpAt ? "given-up-state" : "under-way")}
				{ended && <div className="quiet">{time(ended)}</div>}
			</td>
			<td>
				{attempts.length === 0 && <span className="quiet">{t("no-attempt")}</span>}
				<ol className="attempts">
					{attempts.map((one) => (
						<li key={one.at}>
							<span className="tag">{one.status ?? t("no-answer")}</span> {time(one.at)} · {one.ms} ms
							{one.error && <span className="quiet"> · {one.error}</span>}
						</li>
					))}
				</ol>
			</td>
			<td className="people-last">
				<Button
					size="small"
					loading={busy}
					disabled={!ended}
					title={ended ? undefined : t("still-under-way")}
					onClick={() => act({ method: "POST", path, done: t("redelivering") })}
				>
					{t("redeliver")}
				</Button>
			</td>
		</tr>
	);
}
