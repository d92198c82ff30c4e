import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ask, problemIn } from "../../../api.ts";
import { readStored, store } from "../../../parts/stored.ts";
import { type RoomWords, TradeWords, useRoomWords, useSay } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { ChooseOne } from "../../parts/choices.tsx";
import { CodeField, useAgain } from "../../parts/code.tsx";
import { DemoCode, DemoOrders } from "../../parts/demo-hint.tsx";
import { Field } from "../../parts/field.tsx";
import { Screen } from "../../parts/screen.tsx";
import { problemText } from "../../parts/states.tsx";
import { go, useRoute } from "../../route.ts";
import { content } from "../words.yaml";
import { ownOrderQuery, tradesQuery } from "./order-data.ts";

/** Before anything of an order is shown: which one, and a code to the phone that is on it. */
export function Access({ page, order }: { page: string; order: string }) {
	const { query } = useRoute();
	const company = query.get("company") ?? undefined;
	const [asked, setAsked] = useState({ order, phone: "" });
	if (page === "code" && asked.order && asked.phone)
		return <CodePage asked={{ ...asked, ...(company ? { company } : {}) }} />;
	return <OrderPage asked={asked} company={company} onChange={setAsked} fixed={order !== ""} />;
}

const TRADE = "complaining.trade";

function OrderPage({
	asked,
	company,
	fixed,
	onChange,
}: {
	asked: { order: string; phone: string };
	company: string | undefined;
	/** The order came with the address: a code on the receipt, a message. */
	fixed: boolean;
	onChange: (asked: { order: string; phone: string }) => void;
}) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const trades = useQuery(tradesQuery);
	const [chosen, setChosen] = useState(readStored(TRADE));
	const [faults, setFaults] = useState<{ order?: string; phone?: string }>({});
	const sending = useMutation({
		mutationFn: () => ask("POST", "/api/complain/code", { ...asked, ...(company ? { company } : {}) }),
		onSuccess: () => go(`/complain/code${location.search}`),
	});
	const known = trades.data ?? [];
	const trade = known.find((one) => one.name === chosen) ?? (known.length === 1 ? known[0] : undefined);
	if (!fixed && !trade && known.length > 1)
		return (
			<Screen title={t("complain")}>
				<h2 className="p-question">{t("which-trade")}</h2>
				<ChooseOne
					name={t("which-trade")}
					chosen={null}
					goesOn
					choices={known.map(({ name, title }) => ({ id: name, text: say.bi(title) }))}
					onChoose={(name) => {
						store(TRADE, name);
						setChosen(name);
					}}
				/>
			</Screen>
		);
	const word = trade?.order ? say.bi(trade.order) : t("order");
	const send = () => {
		const missing = {
			...(asked.order.trim() ? {} : { order: t("give-order", { order: word }) }),
			...(/\d{5,}/.test(asked.phone.replaceAll(/\D/g, "")) ? {} : { phone: t("give-phone") }),
		};
		setFaults(missing);
		if (Object.keys(missing).length === 0) sending.mutate();
	};
	return (
		<TradeWords value={trade?.order ? { order: trade.order } : {}}>
			<Screen
				title={t("complain")}
				{...(trade && known.length > 1 && !fixed ? { back: () => setChosen(null) } : {})}
				act={
					<Button strong busy={sending.isPending} onClick={send}>
						{say.ui("send-code")}
					</Button>
				}
			>
				<h2 className="p-question">{t("find-order", { order: word })}</h2>
				<Field
					label={t("order-number", { order: word })}
					help={t("order-where")}
					fault={faults.order ?? null}
				>
					{(control) => (
						<input
							{...control}
							value={asked.order}
							autoComplete="off"
							autoCapitalize="characters"
							enterKeyHint="next"
							onChange={({ target }) => onChange({ ...asked, order: target.value })}
						/>
					)}
				</Field>
				<Field label={t("phone-on-order")} help={t("phone-why")} fault={faults.phone ?? null}>
					{(control) => (
						<input
							{...control}
							value={asked.phone}
							type="tel"
							inputMode="tel"
							autoComplete="tel"
							enterKeyHint="send"
							onKeyDown={({ key }) => key === "Enter" && send()}
							onChange={({ target }) => onChange({ ...asked, phone: target.value })}
						/>
					)}
				</Field>
				<DemoOrders onChoose={(number, phone) => onChange({ order: number, phone })} />
				{sending.isError && (
					<p className="p-fault" role="alert">
						{problemText(problemIn(sending.error), say)}
					</p>
				)}
			</Screen>
		</TradeWords>
	);
}

function CodePage({ asked }: { asked: { order: string; phone: string; company?: string } }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const queries = useQueryClient();
	const [code, setCode] = useState("");
	const again = useAgain();
	const confirming = useMutation({
		mutationFn: (given: string) => ask("POST", "/api/complain/confirm", { ...asked, code: given }),
		onSuccess: async () => {
			await queries.invalidateQueries(ownOrderQuery);
			go("/complain", { replace: true });
		},
	});
	const resending = useMutation({
		mutationFn: () => ask("POST", "/api/complain/code", asked),
		onSuccess: again.start,
	});
	const failed = confirming.error ?? resending.error;
	return (
		<Screen
			title={t("complain")}
			back={() => history.back()}
			act={
				<Button
					strong
					busy={confirming.isPending}
					disabled={code.length < 4}
					onClick={() => confirming.mutate(code)}
				>
					{t("confirm-phone")}
				</Button>
			}
		>
			<h2 className="p-question">{t("give-code")}</h2>
			<p className="p-quiet">{t("code-if", { phone: asked.phone })}</p>
			<CodeField value={code} onChange={setCode} onWhole={(whole) => confirming.mutate(whole)} />
			<DemoCode onCode={setCode} />
			{failed && (
				<p className="p-fault" role="alert">
					{problemText(problemIn(failed), say)}
				</p>
			)}
			<Button
				disabled={again.seconds > 0}
				busy={resending.isPending}
				why={again.seconds > 0 ? t("again-in", { seconds: again.seconds }) : null}
				onClick={() => resending.mutate()}
			>
				{t("send-again")}
			</Button>
			<details className="p-more">
				<summary>{t("no-code")}</summary>
				<p>{t("no-code-why")}</p>
			</details>
		</Screen>
	);
}
