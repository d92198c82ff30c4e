import { Input, Select } from "antd";
import { useId } from "react";
import type { Names } from "../../labels.ts";
import { LabelledText } from "../../parts/labelled-text.tsx";
import { minorOf } from "../../parts/money.ts";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { Each } from "../work/each.tsx";
import { useKept } from "../work/kept-text.ts";
import type { Planned } from "../work/plan.ts";
import type { WorkItem } from "../work/work-query.ts";
import { content } from "./words.yaml";

/** What one may give to many at once: nothing that has to be arranged case by case. */
const GIVEN = ["compensation", "refund", "voucher", "apology"] as const;

/** The same words to the complainant of each case. */
export function ReplyToEach({ incident, items }: { incident: string; items: readonly WorkItem[] }) {
	const t = useRoomWords(content as RoomWords);
	const [typed, change, drop] = useKept(`incident.${incident}.reply`, { words: "" });
	const words = typed.words.trim();
	const plans = toCustomers(items, (to) => ({ type: "SendMessage", fields: { to, words } }));
	return (
		<>
			<LabelledText
				least={3}
				most={4000}
				label={t("words")}
				value={typed.words}
				onChange={(value) => change({ words: value })}
			/>
			<Each
				plans={plans}
				label={t("try", { count: plans.length })}
				why={plans.length === 0 ? t("none-chosen") : words ? null : t("words-missing")}
				onDone={drop}
			/>
		</>
	);
}

/** The same offer to the complainant of each case; what is above somebody's limit is refused in the trial already. */
export function OfferToEach({
	incident,
	items,
	names,
}: {
	incident: string;
	items: readonly WorkItem[];
	names: Names;
}) {
	const t = useRoomWords(content as RoomWords);
	const [typed, change, drop] = useKept(`incident.${incident}.offer`, {
		amount: "",
		item: "compensation" as (typeof GIVEN)[number],
		grounds: "",
	});
	const amount = minorOf(typed.amount);
	const grounds = typed.grounds.trim();
	const free = typed.item === "apology";
	const line = { item: typed.item, ...(free ? {} : { amount }), legal: "goodwill" };
	const plans = toCustomers(items, (party) => ({
		type: "MakeOffer",
		fields: { party, lines: [line], grounds },
	}));
	const wrong = !free && typed.amount.trim() !== "" && amount === null;
	const ready = grounds !== "" && (free || amount !== null);
	const id = useId();
	return (
		<>
			<div className="two">
				<div className="labelled-text">
					<label htmlFor={`${id}item`}>{t("item")}</label>
					<Select
						id={`${id}item`}
						value={typed.item}
						options={GIVEN.map((value) => ({ value, label: names.say.of("items", value) }))}
						onChange={(item) => change({ item })}
					/>
				</div>
				{!free && (
					<div className="labelled-text">
						<label htmlFor={`${id}amount`}>{t("amount")}</label>
						<Input
							id={`${id}amount`}
							className="short"
							inputMode="decimal"
							prefix="¥"
							value={typed.amount}
							onChange={(event) => change({ amount: event.target.value })}
						/>
						{wrong && <p className="fault">{t("amount-wrong")}</p>}
					</div>
				)}
			</div>
			<LabelledText
				least={3}
				most={4000}
				label={t("grounds")}
				value={typed.grounds}
				onChange={(value) => change({ grounds: value })}
			/>
			<Each
				plans={plans}
				label={t("try", { count: plans.length })}
				why={plans.length === 0 ? t("none-chosen") : ready ? null : t("grounds-missing")}
				onDone={drop}
			/>
		</>
	);
}

function toCustomers(
	items: readonly WorkItem[],
	make: (party: string) => Pick<Planned, "type" | "fields">,
): Planned[] {
	return items.flatMap((item) => {
		const customer = item.case.parties?.find((one) => one.side === "complainant");
		return customer ? [{ case: item.case.id, number: item.case.number, ...make(customer.id) }] : [];
	});
}
