import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { problemIn } from "../../api.ts";
import { Empty, Failure, Waiting } from "../../parts/states.tsx";
import { useAct } from "./act.ts";
import type { Names } from "./names.ts";
import { type Delivery, deliveriesQuery, type Webhook } from "./queries.ts";

/** What was delivered to one webhook, each with its attempts; what failed can be tried again. */
export function Deliveries({ names, webhook }: { names: Names; webhook: Webhook }) {
	const { t, say } = names;
	const list = useInfiniteQuery(deliveriesQuery(webhook.id));
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
							{one.error && <span className="quiet"> · {faultOf(t, one.error)}</span>}
						</li>
					))}
				</ol>
			</td>
			<td className="people-last">
				<Button
					size="small"
					loading={busy}
					disabled={why !== undefined}
					title={why}
					onClick={() => act({ method: "POST", path, done: t("redelivering") })}
				>
					{t("redeliver")}
				</Button>
				{fault && (
					<p className="fault" role="alert">
						{fault}
					</p>
				)}
			</td>
		</tr>
	);
}

/** Why nothing came back, as server/adapters/post.ts and the network name it; a rare word is shown as it is. */
const FAULTS: Record<string, string> = {
	ENOTFOUND: "fault-unknown-host",
	EAI_AGAIN: "fault-unknown-host",
	ECONNREFUSED: "fault-refused",
	ECONNRESET: "fault-cut",
	EPIPE: "fault-cut",
	timeout: "fault-timeout",
	ETIMEDOUT: "fault-timeout",
	"private-address": "fault-private",
	"not-a-web-address": "webhook-url-wrong",
	unreachable: "fault-unreachable",
	EHOSTUNREACH: "fault-unreachable",
	ENETUNREACH: "fault-unreachable",
	CERT_HAS_EXPIRED: "fault-certificate",
	DEPTH_ZERO_SELF_SIGNED_CERT: "fault-certificate",
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: "fault-certificate",
	ERR_TLS_CERT_ALTNAME_INVALID: "fault-certificate",
	"switched-off": "webhook-paused",
};

function faultOf(t: Names["t"], error: string): string {
	const word = FAULTS[error];
	return word ? t(word) : error;
}
