import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { App, Form } from "antd";
import { useState } from "react";
import { Choose } from "../form/controls.tsx";
import type { PackAnswer } from "../pack.ts";
import { readStored, store } from "../parts/stored.ts";
import { packQuery, packsQuery } from "../queries.ts";
import { TradeWords, useRoomWords, useSay } from "../words.ts";
import "./intake.css";
import type { Filing as Typed } from "./intake-filing.ts";
import { type Filed, IntakeForm } from "./intake-form.tsx";
import { orderQuery } from "./intake-queries.ts";
import { words } from "./intake-words.ts";

/** 受理: a complaint taken down that did not come by a call. */
export function Filing() {
	const say = useSay();
	const { order = "" } = useSearch({ strict: false }) as { order?: string };
	const about = useQuery(orderQuery(order)).data ?? null;
	const { packs, name, pack, choose } = useTrade(about?.trade ?? null);
	return (
		<TradeWords value={pack?.data.head.words ?? {}}>
			<section className="filing panel">
				<h1>{say.ui("new-complaint")}</h1>
				<div className="labelled">
					<label htmlFor="trade">{say.ui("trade")}</label>
					<Choose
						id="trade"
						value={name || undefined}
						onChange={choose}
						choices={packs.map((one) => ({ value: one.name, label: say.bi(one.title) }))}
						clear={false}
						hint={say.ui("choose")}
					/>
				</div>
				{pack && <FilingForm key={`${pack.name}${order}`} pack={pack} order={order} />}
			</section>
		</TradeWords>
	);
}

/** The trade that a complaint is of: chosen here, or what the circumstances say, or else the last one chosen. */
export function useTrade(likely: string | null) {
	const packs = useQuery(packsQuery).data ?? [];
	const [chosen, setChosen] = useState<string | null>(null);
	const wanted = [chosen, likely, readStored("trade")];
	const name = wanted.find((one) => packs.some((pack) => pack.name === one)) ?? packs[0]?.name ?? "";
	const pack = useQuery(packQuery(name)).data ?? null;
	const choose = (next: string | undefined) => {
		setChosen(next ?? null);
		store("trade", next ?? null);
	};
	return { packs, name, pack, choose };
}

function FilingForm({ pack, order }: { pack: PackAnswer; order: string }) {
	const t = useRoomWords(words);
	const navigate = useNavigate();
	const { message } = App.useApp();
	const [form] = Form.useForm<Typed>();
	const open = (id: string) => navigate({ to: "/cases/$id", params: { id } });
	const filed = ({ case: id, notJoined }: Filed) => {
		if (notJoined) message.warning(t("not-joined", { why: notJoined }));
		void open(id);
	};
	return (
		<IntakeForm
			pack={pack}
			form={form}
			call={null}
			order={order}
			said={[]}
			onFiled={filed}
			onUrged={(one) => void open(one.id)}
		/>
	);
}
