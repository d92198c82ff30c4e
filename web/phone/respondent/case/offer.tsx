import { useState } from "react";
import { moneyText } from "../../../labels.ts";
import { Empty } from "../../../parts/empty.tsx";
import { minorOf } from "../../../parts/money.ts";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { ChooseOne } from "../../parts/choices.tsx";
import { Field } from "../../parts/field.tsx";
import { Screen } from "../../parts/screen.tsx";
import { go } from "../../route.ts";
import { GuardAdvice, GuardReason, useGuard } from "../guarded.tsx";
import { Ground } from "../parts.tsx";
import { useTyped } from "../typed.ts";
import { content } from "../words.yaml";
import { beginsTalk, Refused, useDoing, useWork, whyNot } from "./work.tsx";

/** Offering what I may: each with its limit and why; what is agreed goes into the chat as text, and is kept. */
export function Offer() {
	const t = useRoomWords(content as RoomWords);
	const work = useWork();
	const { names, base, coach } = work;
	const { offers, needs } = coach.mayOffer;
	const no = whyNot(work, "OfferAsWorker");
	const begins = beginsTalk(work);
	const { does, busy, refused } = useDoing();
	if (!no && offers.length > 0) return <OfferForm />;
	return (
		<Screen
			title={t("act-offer")}
			back={() => history.back()}
			act={
				begins && offers.length > 0 ? (
					<Button strong busy={busy} onClick={() => does("OpenDirectTalk", {}, t("talk"))}>
						{t("begin-talk")}
					</Button>
				) : (
					<Button onClick={() => go(`${base}/chat`)}>{t("write-desk")}</Button>
				)
			}
		>
			<Refused problem={refused} />
			<Empty
				icon="lock"
				text={begins && offers.length > 0 ? t("begin-talk-help") : (no ?? t("offer-nothing"))}
			>
				{!begins && (
					<p className="p-quiet">
						{needs.length > 0
							? t("offer-needs", { facts: needs.map((one) => names.say.bi(one)) })
							: t("offer-desk")}
					</p>
				)}
			</Empty>
		</Screen>
	);
}

/** What is typed of an offer, and what is still wrong with it. */
function useOffer() {
	const t = useRoomWords(content as RoomWords);
	const { coach, names, answer } = useWork();
	const [item, setItem] = useState<string | null>(null);
	const [amount, setAmount] = useState("");
	const [words, type] = useTyped(`m.offer.${answer.case.id}`);
	const [reason, setReason] = useState("");
	const guard = useGuard(words, coach.guard);
	const chosen = coach.mayOffer.offers.find((one) => one.item === item);
	const currency = names.pack?.data.head.currency ?? "CNY";
	const money = (cents: number) => moneyText(names.say, { amount: cents, currency });
	const cents = chosen && chosen.ceiling > 0 ? minorOf(amount) : null;
	const above = chosen !== undefined && cents !== null && cents > chosen.ceiling;
	const none = chosen && chosen.ceiling > 0 && !cents;
	const wrong =
		chosen && (above || none)
			? t(above ? "offer-above" : "offer-amount", { most: money(chosen.ceiling) })
			: null;
	const wordless = words.trim() === "" ? t("offer-say") : guard.blocked ? t("offer-blocked") : null;
	const missing = chosen ? (wrong ?? wordless) : t("offer-choose");
	const fields = {
		lines: [{ item, ...(cents ? { amount: cents } : {}) }],
		grounds: words.trim(),
		...(guard.asks ? { reason } : {}),
	};
	const set = { setItem, setAmount, type, setReason };
	return { item, amount, words, reason, guard, chosen, money, above, wrong, missing, fields, ...set };
}

function OfferForm() {
	const t = useRoomWords(content as RoomWords);
	const { coach, names, base } = useWork();
	const { does, busy, refused } = useDoing();
	const { offers } = coach.mayOffer;
	const offer = useOffer();
	const { item, amount, words, reason, guard, chosen, money, wrong, missing, setItem, setAmount, type } =
		offer;
	const { places, asks } = guard;
	const send = () =>
		does("OfferAsWorker", offer.fields, t("offer"), (did) => {
			if (typeof did === "object") return;
			type("");
			go(base);
		});
	return (
		<Screen
			title={t("act-offer")}
			back={() => history.back()}
			act={
				<Button strong busy={busy} why={missing} onClick={send}>
					{t("offer-send")}
				</Button>
			}
		>
			<h2 className="r-question">{t("offer-what")}</h2>
			<ChooseOne
				name={t("offer-what")}
				chosen={item}
				choices={offers.map((one) => ({
					id: one.item,
					text: names.say.of("items", one.item),
					more: one.ceiling > 0 ? t("offer-most", { most: money(one.ceiling) }) : t("offer-free"),
				}))}
				onChoose={setItem}
			/>
			{chosen && <Ground source={chosen.source} open={offer.above} />}
			{chosen && chosen.ceiling > 0 && (
				<Field
					label={t("offer-how-much")}
					help={t("offer-most", { most: money(chosen.ceiling) })}
					fault={amount && wrong}
				>
					{(control) => (
						<input
							{...control}
							className="r-amount"
							inputMode="decimal"
							value={amount}
							onChange={({ target }) => setAmount(target.value)}
						/>
					)}
				</Field>
			)}
			<Field label={t("offer-words")} help={t("offer-words-help")}>
				{(control) => (
					<textarea
						{...control}
						rows={3}
						maxLength={1_000}
						value={words}
						onChange={({ target }) => type(target.value)}
					/>
				)}
			</Field>
			<GuardAdvice words={words} places={places} onReplace={type} />
			{asks && <GuardReason reason={reason} onChange={offer.setReason} />}
			<p className="p-quiet">{t("offer-platform")}</p>
			<Refused problem={refused} />
		</Screen>
	);
}
