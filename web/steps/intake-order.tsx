import { useQuery } from "@tanstack/react-query";
import { Form, Input } from "antd";
import { useDeferredValue } from "react";
import { moneyText } from "../labels.ts";
import type { PackAnswer } from "../pack.ts";
import { Icon } from "../parts/icon.tsx";
import { formatInstant } from "../parts/time.ts";
import { directoryQuery, packsQuery } from "../queries.ts";
import { ZONE } from "../screens/who.ts";
import { useRoomWords, useSay } from "../words.ts";
import type { Filing as Typed } from "./intake-filing.ts";
import { type Order, orderQuery } from "./intake-queries.ts";
import { words } from "./intake-words.ts";

/** The order complained of: its number, and what will be frozen of it. */
export function OrderPart({ pack }: { pack: PackAnswer }) {
	const say = useSay();
	const form = Form.useFormInstance<Typed>();
	const number = useDeferredValue(((Form.useWatch("order", form) as string | undefined) ?? "").trim());
	return (
		<div className="intake-order">
			<Form.Item name="order" label={say.of("fields", "number")}>
				<Input autoComplete="off" maxLength={80} placeholder={say.ui("order-help")} />
			</Form.Item>
			{number !== "" && <Frozen number={number} pack={pack} />}
		</div>
	);
}

function Frozen({ number, pack }: { number: string; pack: PackAnswer }) {
	const say = useSay();
	const t = useRoomWords(words);
	const found = useQuery(orderQuery(number));
	const packs = useQuery(packsQuery).data ?? [];
	if (number.length < 4 || found.isPending) return null;
	if (found.isError) return <p className="intake-note">{t("order-unreached")}</p>;
	if (found.data === null) return <p className="intake-note">{t("order-unknown")}</p>;
	const trade = packs.find((one) => one.name === found.data?.trade);
	if (trade && trade.name !== pack.name)
		return (
			<p className="intake-note fault" role="alert">
				<Icon name="warn" size={14} /> {t("order-other-trade", { trade: say.bi(trade.title) })}
			</p>
		);
	return <OrderFacts order={found.data} pack={pack} heading={t("order-frozen")} />;
}

/** What is known of an order, in one glance. */
export function OrderFacts({ order, pack, heading }: { order: Order; pack: PackAnswer; heading?: string }) {
	const say = useSay();
	const t = useRoomWords(words);
	const directory = useQuery(directoryQuery).data;
	const now = new Date().toISOString();
	const who = [
		order.worker && (directory?.people[order.worker]?.alias ?? order.worker),
		order.organisation && say.bi(directory?.organisations[order.organisation]),
		order.plate,
	].filter(Boolean);
	const last = order.events.at(-1);
	return (
		<div className="order-facts">
			{heading && <p className="order-facts-head">{heading}</p>}
			<dl>
				{order.takenAt && (
					<div>
						<dt>{t("taken-at")}</dt>
						<dd>{formatInstant(order.takenAt, ZONE, say.language, now)}</dd>
					</div>
				)}
				{order.amount && (
					<div>
						<dt>{say.bi(pack.data.head.words.fee)}</dt>
						<dd>{moneyText(say, order.amount)}</dd>
					</div>
				)}
				{who.length > 0 && (
					<div>
						<dt>{say.bi(pack.data.head.words.worker)}</dt>
						<dd>{who.join(" · ")}</dd>
					</div>
				)}
				{last && (
					<div>
						<dt>{formatInstant(last.at, ZONE, say.language, now)}</dt>
						<dd>{last.what}</dd>
					</div>
				)}
			</dl>
		</div>
	);
}
