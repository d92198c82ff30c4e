import { useState } from "react";
import { moneyText } from "../../../labels.ts";
import { Empty } from "../../../parts/empty.tsx";
import { minorOf, typedOf } from "../../../parts/money.ts";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { Field } from "../../parts/field.tsx";
import { Screen } from "../../parts/screen.tsx";
import { go } from "../../route.ts";
import { content } from "../words.yaml";
import { Refused, useDoing, useFollowed } from "./link.tsx";
import { openOffer } from "./standing.ts";

/** Another sum, with reasons. */
export function Counter() {
	const t = useRoomWords(content as RoomWords);
	const { answer, names, base } = useFollowed();
	const { does, busy, refused } = useDoing();
	const offer = openOffer(answer.case);
	// what was asked for at first; never what is being declined
	const claimed = answer.case.intake?.claimed;
	const [amount, setAmount] = useState(() => (claimed ? typedOf(claimed.amount) : ""));
	const [words, setWords] = useState("");
	const sum = minorOf(amount);
	if (!offer)
		return (
			<Screen title={t("counter")} back={() => go(base)}>
				<Empty text={t("no-offer-open")} />
			</Screen>
		);
	const why =
		words.trim() === "" ? t("counter-words-missing") : sum === null || sum === 0 ? t("amount-wrong") : null;
	const send = () =>
		does(
			"CounterOffer",
			{ offer: offer.id, words: words.trim(), lines: [{ item: "compensation", amount: sum }] },
			t("counter"),
			(did) => typeof did !== "object" && go(base, { replace: true }),
		);
	return (
		<Screen
			title={t("counter")}
			back={() => history.back()}
			act={
				<Button strong busy={busy} why={why} onClick={send}>
					{t("send")}
				</Button>
			}
		>
			<h2 className="p-question">{t("counter-asks")}</h2>
			<p className="p-quiet">{t("counter-ours", { amount: moneyText(names.say, offer.total) })}</p>
			<Field label={t("amount")} fault={amount.trim() !== "" && sum === null ? t("amount-wrong") : null}>
				{(control) => (
					<input
						{...control}
						className="p-amount"
						inputMode="decimal"
						maxLength={16}
						value={amount}
						onChange={({ target }) => setAmount(target.value)}
					/>
				)}
			</Field>
			<Field label={t("counter-why")} help={t("counter-why-help")}>
				{(control) => (
					<textarea
						{...control}
						rows={4}
						maxLength={5000}
						value={words}
						onChange={({ target }) => setWords(target.value)}
					/>
				)}
			</Field>
			<Refused problem={refused} />
		</Screen>
	);
}
