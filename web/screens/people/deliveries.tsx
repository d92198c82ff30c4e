import { useInfiniteQuery } from "@tanstack/react-query";
import { problemIn } from "../../api.ts";
import { Empty } from "../../parts/empty.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { useAct } from "./act.ts";
import { CaseNumber } from "./case-number.tsx";
import { faultName } from "./fault-name.ts";
import type { Names } from "./names.ts";
import { PagedTable, TryAgain } from "./paged-table.tsx";
import { type Delivery, deliveriesQuery, type Webhook } from "./queries.ts";

/** What was delivered to one webhook, each with its attempts; what failed can be tried again. */
export function Deliveries({ names, webhook }: { names: Names; webhook: Webhook }) {
	const { t } = names;
	const list = useInfiniteQuery(deliveriesQuery(webhook.id));
	if (list.isPending) return <Waiting rows={3} />;
	if (list.isError) return <Failure problem={problemIn(list.error)} again={() => list.refetch()} />;
	const deliveries = list.data.pages.flatMap((page) => page.deliveries);
	if (deliveries.length === 0) return <Empty text={t("deliveries-empty")} icon="clock" />;
	return (
		<PagedTable names={names} heads={["event", "case", "delivery-state", "attempts"]} acts pages={list}>
			{deliveries.map((one) => (
				<DeliveryRow key={one.id} names={names} webhook={webhook} delivery={one} />
			))}
		</PagedTable>
	);
}

function DeliveryRow({ names, webhook, delivery }: { names: Names; webhook: Webhook; delivery: Delivery }) {
	const { t, say, time } = names;
	const { act, busy, fault } = useAct("deliveries");
	const { attempts } = delivery;
	const ended = delivery.deliveredAt ?? delivery.givenUpAt;
	const why = !ended ? t("still-under-way") : webhook.active ? undefined : t("ping-paused");
	const path = `/api/webhooks/${encodeURIComponent(webhook.id)}/deliveries/${encodeURIComponent(delivery.id)}/redeliver`;
	return (
		<tr>
			<th scope="row">
				{delivery.event === "Ping" ? t("event-ping") : say.of("events", delivery.event)}
				<div className="quiet">{time(delivery.madeAt)}</div>
			</th>
			<td>
				{typeof delivery.body.number === "string" && (
					<CaseNumber id={delivery.stream} number={delivery.body.number} />
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
							{one.error && <span className="quiet"> · {faultName(t, one.error)}</span>}
						</li>
					))}
				</ol>
			</td>
			<TryAgain
				label={t("redeliver")}
				busy={busy}
				why={why}
				fault={fault}
				onTry={() => act({ method: "POST", path, done: t("redelivering") })}
			/>
		</tr>
	);
}
