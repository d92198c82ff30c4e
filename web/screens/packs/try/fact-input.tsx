import { InputNumber, Radio, Select } from "antd";
import { minorOf } from "../../../parts/money.ts";
import { type Book, factLabel, factOf, seatName, valueName } from "../book.ts";
import type { FactGiven } from "../pack-search.ts";
import { CalmInput } from "./calm-input.tsx";

/** A fact of a situation, in the field that its kind asks for. `undefined`: not filled in yet. */
export function FactInput({
	book,
	fact,
	value,
	onChange,
}: {
	book: Book;
	fact: string;
	value: FactGiven | undefined;
	onChange: (value: FactGiven | undefined) => void;
}) {
	const declared = factOf(book, fact);
	const label = factLabel(book, fact);
	const choices = choicesOf(book, fact);
	switch (declared?.type) {
		case "bool":
			return (
				<Radio.Group
					aria-label={label}
					optionType="button"
					size="small"
					value={value}
					options={[
						{ value: true, label: book.t("yes") },
						{ value: false, label: book.t("no") },
					]}
					onChange={({ target }) => onChange(target.value as boolean)}
				/>
			);
		case "money":
			return <Amount book={book} label={label} value={value} onChange={onChange} />;
		case "int":
		case "decimal":
			return (
				<InputNumber
					aria-label={label}
					className="fact-number"
					precision={declared.type === "int" ? 0 : undefined}
					suffix={declared.unit === "%" ? "%" : undefined}
					value={typeof value === "number" ? value : null}
					onChange={(next) => onChange(next ?? undefined)}
				/>
			);
		case "strings":
			return (
				<Select
					aria-label={label}
					mode={choices ? "multiple" : "tags"}
					value={Array.isArray(value) ? value : []}
					options={choices ?? []}
					onChange={(next: string[]) => onChange(next)}
				/>
			);
		default:
			if (!choices)
				return (
					<CalmInput
						label={label}
						value={String(value ?? "")}
						onChange={(next) => onChange(next || undefined)}
					/>
				);
			return (
				<Select
					aria-label={label}
					showSearch={{ optionFilterProp: "label" }}
					value={typeof value === "string" ? value : null}
					options={choices}
					onChange={(next: string) => onChange(next)}
				/>
			);
	}
}

/** As a pack writes it: text with two decimals. */
function Amount({
	book,
	label,
	value,
	onChange,
}: {
	book: Book;
	label: string;
	value: FactGiven | undefined;
	onChange: (value: FactGiven | undefined) => void;
}) {
	return (
		<CalmInput
			label={label}
			prefix="¥"
			value={String(value ?? "")}
			problem={(typed) => (typed !== "" && minorOf(typed) === null ? book.t("not-an-amount") : null)}
			onChange={(typed) => {
				const minor = minorOf(typed);
				onChange(minor === null ? undefined : (minor / 100).toFixed(2));
			}}
		/>
	);
}

/** What a word may be: the closed set of the fact, or the pack's own causes and seats. */
function choicesOf(book: Book, fact: string): { value: string; label: string }[] | null {
	const { pack } = book;
	const named = (ids: readonly string[]) =>
		ids.map((value) => ({ value, label: valueName(book, fact, value) }));
	const values = factOf(book, fact)?.values;
	if (values) return named(values);
	if (fact === "cause") return named(Object.keys(pack.responsibility.causes));
	if (fact.endsWith("-by") || fact === "seat")
		return Object.keys(pack.head.seats).map((value) => ({ value, label: seatName(book, value) }));
	return null;
}
