import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import type { Party } from "#engine/case.ts";
import { ask, problemIn } from "../../api.ts";
import {
	factName,
	factValue,
	type Names,
	organisationName,
	partyName,
	personName,
	seatName,
	textOf,
	timeText,
} from "../../labels.ts";
import { Faults } from "../../parts/faults.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Pairs } from "../../parts/pairs.tsx";
import { useSay } from "../../words.ts";
import { useWho } from "../who.ts";

/** The parties in their seats; what is masked may be revealed with a reason, which is recorded. */
export function Parties({ names }: { names: Names }) {
	const { say, kase } = names;
	const mayReveal = useWho().capabilities.includes("reveal");
	const [revealed, setRevealed] = useState<Record<string, string>>({});
	const [wanted, setWanted] = useState<string | null>(null);
	const shown = (kept: Party["name"]) => {
		if (!kept) return null;
		const open = revealed[kept.ref];
		return (
			<>
				{open ?? textOf(names, kept)}{" "}
				{mayReveal && open === undefined && (
					<Button
						size="small"
						type="text"
						icon={<Icon name="eye" size={16} />}
						aria-label={say.ui("reveal")}
						title={say.ui("reveal")}
						onClick={() => setWanted(kept.ref)}
					/>
				)}
			</>
		);
	};
	return (
		<section className="panel" aria-labelledby="parties">
			<h2 id="parties">{say.ui("parties")}</h2>
			{kase.parties.length === 0 && <p className="quiet">{say.ui("empty-parties")}</p>}
			{kase.parties.map((one) => (
				<div className={`party side-${one.side}`} key={one.id}>
					<h3>
						{seatName(names, one.seat)} <span className="quiet">{say.of("sides", one.side)}</span>
					</h3>
					<Pairs
						rows={[
							[
								say.of("fields", "name"),
								one.name ? shown(one.name) : one.person && personName(names, one.person),
							],
							[say.of("fields", "phone"), shown(one.phone)],
							[say.of("fields", "address"), shown(one.address)],
							[say.of("fields", "plate"), shown(one.plate)],
							[
								say.of("fields", "organisation"),
								one.organisation && organisationName(names, one.organisation),
							],
							[say.of("fields", "actsFor"), one.actsFor && partyName(names, one.actsFor)],
						]}
					/>
				</div>
			))}
			<Reveal
				kase={kase.id}
				wanted={wanted}
				onClose={() => setWanted(null)}
				onRevealed={(ref, content) => setRevealed((before) => ({ ...before, [ref]: content }))}
			/>
		</section>
	);
}

/** Asks why before anything personal is shown. */
function Reveal({
	kase,
	wanted,
	onClose,
	onRevealed,
}: {
	kase: string;
	wanted: string | null;
	onClose: () => void;
	onRevealed: (ref: string, content: string) => void;
}) {
	const say = useSay();
	const reveal = useMutation({
		mutationFn: ({ ref, why }: { ref: string; why: string }) =>
			ask<{ ref: string; content: string }>("POST", `/api/cases/${kase}/reveal`, { ref, why }),
		onSuccess: ({ ref, content }) => {
			onRevealed(ref, content);
			onClose();
		},
	});
	const label = say.of("fields", "why");
	return (
		<Modal open={wanted !== null} onCancel={onClose} footer={null} title={say.ui("reveal")} destroyOnHidden>
			<Form
				layout="vertical"
				onFinish={({ why }: { why: string }) => wanted && reveal.mutate({ ref: wanted, why })}
			>
				<Form.Item
					name="why"
					label={label}
					extra={say.ui("reveal-logged")}
					rules={[
						{ required: true, min: 2, whitespace: true, message: say.ui("field-required", { field: label }) },
					]}
				>
					<Input autoFocus maxLength={500} />
				</Form.Item>
				{reveal.isError && <Faults problem={problemIn(reveal.error)} />}
				<Button type="primary" htmlType="submit" loading={reveal.isPending}>
					{say.ui("reveal")}
				</Button>
			</Form>
		</Modal>
	);
}

/** Each order as it stood when the complaint came. */
export function Orders({ names }: { names: Names }) {
	const { say, kase } = names;
	return (
		<section className="panel" aria-labelledby="orders">
			<h2 id="orders">{say.ui("order")}</h2>
			{kase.orders.length === 0 && <p className="quiet">{say.ui("empty-orders")}</p>}
			{kase.orders.map((order) => (
				<div key={order.id} className="order">
					<h3 className="case-number">{order.number}</h3>
					<Pairs
						rows={[
							[say.of("fields", "FileComplaint.takenAt"), order.takenAt && timeText(names, order.takenAt)],
							...Object.entries(order.facts).map(
								([fact, value]) => [orderFactName(names, fact), orderFactValue(names, fact, value)] as const,
							),
						]}
					/>
					{order.events.length > 0 && (
						<ol className="order-events">
							{order.events.map((event) => (
								<li key={`${event.at}${event.what}`}>
									<span className="quiet">{timeText(names, event.at)}</span> {event.what}
								</li>
							))}
						</ol>
					)}
				</div>
			))}
		</section>
	);
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
