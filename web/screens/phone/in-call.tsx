import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form } from "antd";
import { useState } from "react";
import { problemIn } from "../../api.ts";
import { Choose } from "../../form/controls.tsx";
import { callsKey } from "../../live.ts";
import { Faults } from "../../parts/faults.tsx";
import { useTrade } from "../../steps/intake.tsx";
import type { Filing as Typed } from "../../steps/intake-filing.ts";
import { type Filed, IntakeForm, startOf } from "../../steps/intake-form.tsx";
import type { Duplicate, Order } from "../../steps/intake-queries.ts";
import { Script } from "../../steps/intake-script.tsx";
import { TradeWords, useRoomWords, useSay } from "../../words.ts";
import { useWho } from "../who.ts";
import { Caller } from "./caller.tsx";
import { type Call, callerQuery, companyQuery, tellCall } from "./queries.ts";
import { ReadOut } from "./read-out.tsx";
import { useNow } from "./ringing.tsx";
import { words } from "./words.ts";

/** What became of the call. */
export type Outcome = { filed: Filed } | { urged: Duplicate };

/** One call: who it is at the left, the form in the middle, what to say at the right; at its end what to read out. */
export function InCall({ call, onLeave }: { call: Call; onLeave: () => void }) {
	const t = useRoomWords(words);
	const known = useQuery(callerQuery(call.id));
	const { packs, name, pack, choose } = useTrade(known.data?.orders[0]?.trade ?? null);
	const say = useSay();
	const [outcome, setOutcome] = useState(() => outcomeOf(call));
	const [said, setSaid] = useState<string[]>([]);
	const [form] = Form.useForm<Typed>();
	const leaving = useLeaving(call, onLeave);
	const chooseTrade = (next: string | undefined) => {
		choose(next);
		form.setFieldsValue({ category: undefined as never });
	};
	const useOrder = (order: Order & { role: string | null }) => {
		if (order.trade !== name) chooseTrade(order.trade);
		form.setFieldsValue({ order: order.number });
		const seat = pack && seatOf(order.role, pack.data.head.seats);
		if (pack && seat && order.trade === name) {
			const parties = [
				...((form.getFieldValue("parties") as Typed["parties"]) ?? startOf(pack, true).parties ?? []),
			];
			parties[0] = { ...parties[0], seat };
			form.setFieldsValue({ parties });
		}
	};
	const another = () => {
		setSaid([]);
		form.resetFields();
		setOutcome(null);
	};
	if (outcome)
		return (
			<TradeWords value={pack?.data.head.words ?? {}}>
				<ReadOut
					call={call}
					pack={pack}
					outcome={outcome}
					onNext={() => leaving.mutate()}
					onAnother={() => another()}
					leaving={leaving.isPending}
				/>
			</TradeWords>
		);
	return (
		<TradeWords value={pack?.data.head.words ?? {}}>
			<div className="in-call">
				<aside className="in-call-caller">
					<CallHead call={call} onEnd={() => leaving.mutate()} ending={leaving.isPending} />
					{leaving.isError && <Faults problem={problemIn(leaving.error)} />}
					<Caller known={known} call={call} pack={pack} form={form} onOrder={useOrder} />
				</aside>
				<section className="in-call-form panel">
					<div className="in-call-trade">
						<label htmlFor="trade">{say.ui("trade")}</label>
						<Choose
							id="trade"
							value={name || undefined}
							onChange={chooseTrade}
							choices={packs.map((one) => ({ value: one.name, label: say.bi(one.title) }))}
							clear={false}
							hint={say.ui("choose")}
						/>
						{call.endedAt !== null && <span className="quiet">{t("late-note")}</span>}
					</div>
					{pack && (
						<IntakeForm
							key={pack.name}
							pack={pack}
							form={form}
							call={call}
							said={said}
							onSaid={setSaid}
							onFiled={(filed) => setOutcome({ filed })}
							onUrged={(urged) => setOutcome({ urged })}
						/>
					)}
				</section>
				<aside className="in-call-script panel" aria-label={t("script")}>
					<h2>{t("script")}</h2>
					{pack && <CallScript pack={pack} form={form} said={said} onSaid={setSaid} />}
				</aside>
			</div>
		</TradeWords>
	);
}

/** A page opened anew on a call that was filed already. */
function outcomeOf({ filedAs }: Call): Outcome | null {
	return filedAs === null ? null : { filed: { case: filedAs, number: "", joinedTo: null, notJoined: null } };
}

function seatOf(
	role: string | null,
	seats: Record<string, { name: { zh: string; en: string }; side: string }>,
) {
	if (role === null) return null;
	const found = Object.entries(seats).find(
		([id, { name }]) =>
			id === role || name.en.toLowerCase() === role.toLowerCase() || name.zh.startsWith(role),
	);
	return found?.[1].side === "complainant" ? found[0] : null;
}

/** The call is over, or was before: back to what rings next. */
function useLeaving(call: Call, onLeave: () => void) {
	const queries = useQueryClient();
	return useMutation({
		mutationFn: async () => (call.endedAt === null ? tellCall("ended", call.id) : call),
		onSuccess: async () => {
			onLeave();
			await queries.invalidateQueries({ queryKey: callsKey });
		},
	});
}

function CallHead({ call, onEnd, ending }: { call: Call; onEnd: () => void; ending: boolean }) {
	const t = useRoomWords(words);
	const now = useNow();
	const seconds = Math.max(0, Math.floor((now - Date.parse(call.answeredAt ?? call.ringingAt)) / 1000));
	const over = call.endedAt !== null;
	return (
		<header className="call-head panel">
			<p className="call-number">{call.caller ?? t("withheld")}</p>
			<p className="quiet">
				{call.rings !== null && t("answered-at", { count: call.rings, seconds: call.ringSeconds })}{" "}
				{call.pretend && <span className="tag">{t("pretended")}</span>}
			</p>
			<div className="call-time">
				{!over && (
					<span>
						{t("talking")} {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, "0")}
					</span>
				)}
				<Button size="small" loading={ending} onClick={onEnd}>
					{t(over ? "leave" : "hang-up")}
				</Button>
			</div>
		</header>
	);
}

function CallScript({
	pack,
	form,
	said,
	onSaid,
}: {
	pack: NonNullable<ReturnType<typeof useTrade>["pack"]>;
	form: ReturnType<typeof Form.useForm<Typed>>[0];
	said: readonly string[];
	onSaid: (said: string[]) => void;
}) {
	const { name } = useWho();
	const company = useQuery(companyQuery).data;
	const typed = Form.useWatch((values: Typed) => values, form) as Typed | undefined;
	const verbatim = typed?.verbatim?.trim() ?? "";
	const known = {
		company,
		handler: name,
		order: typed?.order,
		customer: typed?.parties?.[0]?.name,
		restated: [...verbatim].length > 60 ? `${[...verbatim].slice(0, 60).join("")}…` : verbatim,
	};
	return <Script pack={pack} category={typed?.category ?? null} known={known} said={said} onSaid={onSaid} />;
}
