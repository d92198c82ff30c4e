import { Checkbox, Input, Radio, Select } from "antd";
import { factName, type Names } from "../labels.ts";
import { type RoomWords, useRoomWords } from "../words.ts";
import type { Choice } from "./choices.ts";
import { content } from "./words.yaml";

/** The things one types in or picks from. Each takes a value and tells of its change, as a form wants it. */

interface Control<V> {
	id?: string;
	value?: V;
	onChange?: (value: V) => void;
	/** Read out where no label stands beside it. */
	label?: string;
}

/** Its value stands on each option of a list, for whoever drives the page. */
const marked = (choices: readonly Choice[]) => choices.map((one) => ({ ...one, "data-value": one.value }));

/** Up to so many choices stand side by side, more go into a list. */
const SIDE_BY_SIDE = 4;

export function Choose({
	choices,
	clear,
	hint,
	label,
	...control
}: Control<string | undefined> & { choices: Choice[]; clear: boolean; hint: string }) {
	return (
		<Select
			{...control}
			aria-label={label}
			options={marked(choices)}
			virtual={false}
			allowClear={clear}
			placeholder={hint}
			showSearch={{ optionFilterProp: "label" }}
			popupMatchSelectWidth={false}
		/>
	);
}

export function ChooseMany({
	choices,
	hint,
	label,
	...control
}: Control<string[]> & { choices: Choice[]; hint: string }) {
	const t = useRoomWords(content as RoomWords);
	if (choices.length === 0) return <p className="quiet">{t("nothing-to-choose")}</p>;
	if (choices.length <= 6)
		return (
			<Checkbox.Group
				{...(control.id ? { id: control.id } : {})}
				className="stack"
				value={control.value ?? []}
				onChange={(values) => control.onChange?.(values)}
				options={choices}
			/>
		);
	return (
		<Select
			{...control}
			aria-label={label}
			mode="multiple"
			options={marked(choices)}
			virtual={false}
			placeholder={hint}
			showSearch={{ optionFilterProp: "label" }}
		/>
	);
}

/** Choices of a closed set: side by side when few. */
export function Pick({
	choices,
	clear,
	hint,
	...control
}: Control<string | undefined> & { choices: Choice[]; clear: boolean; hint: string }) {
	const short = choices.every((one) => one.label.length <= 8);
	if (choices.length > SIDE_BY_SIDE || (clear && choices.length > 2) || !short)
		return <Choose {...control} choices={choices} clear={clear} hint={hint} />;
	return (
		<Radio.Group
			{...(control.id ? { id: control.id } : {})}
			value={control.value}
			onChange={(event) => control.onChange?.(String(event.target.value))}
			options={choices}
		/>
	);
}

export function YesNo({ yes, no, ...control }: Control<boolean | undefined> & { yes: string; no: string }) {
	return (
		<Radio.Group
			{...(control.id ? { id: control.id } : {})}
			value={control.value}
			onChange={(event) => control.onChange?.(event.target.value === true)}
			options={[
				{ value: true, label: yes },
				{ value: false, label: no },
			]}
		/>
	);
}

export function MoneyInput({ label, ...control }: Control<string>) {
	return (
		<Input
			{...(control.id ? { id: control.id } : {})}
			aria-label={label}
			className="short"
			prefix="¥"
			inputMode="decimal"
			autoComplete="off"
			value={control.value ?? ""}
			onChange={(event) => control.onChange?.(event.target.value)}
		/>
	);
}

export function NumberInput({ label, suffix, ...control }: Control<string> & { suffix?: string }) {
	return (
		<Input
			{...(control.id ? { id: control.id } : {})}
			aria-label={label}
			className="short"
			inputMode="numeric"
			autoComplete="off"
			suffix={suffix}
			value={control.value ?? ""}
			onChange={(event) => control.onChange?.(event.target.value)}
		/>
	);
}

/** One fact of the trade's fact sheet, typed as its kind asks. */
export function FactInput({ fact, names, ...control }: Control<unknown> & { fact: string; names: Names }) {
	const { say, pack } = names;
	const declared = pack?.sheet[fact];
	const label = control.label ?? factName(names, fact);
	const text = control.value === undefined || control.value === null ? undefined : String(control.value);
	const own = {
		...(control.id ? { id: control.id } : {}),
		label,
		...(text === undefined ? {} : { value: text }),
	};
	const change = (value: unknown) => control.onChange?.(value);
	const word = (one: string) => ({ value: one, label: say.of("values", `${fact}.${one}`) });
	if (declared?.type === "bool")
		return (
			<Choose
				{...own}
				onChange={change}
				choices={["true", "false"].map(word)}
				clear
				hint={say.ui("choose")}
			/>
		);
	if (declared?.type === "strings")
		return (
			<ChooseMany
				{...(control.id ? { id: control.id } : {})}
				label={label}
				value={Array.isArray(control.value) ? control.value : []}
				onChange={change}
				choices={(declared.values ?? []).map(word)}
				hint={say.ui("choose")}
			/>
		);
	if (declared?.values)
		return (
			<Choose {...own} onChange={change} choices={declared.values.map(word)} clear hint={say.ui("choose")} />
		);
	if (declared?.type === "money") return <MoneyInput {...own} onChange={change} />;
	if (declared?.type === "int" || declared?.type === "decimal")
		return <NumberInput {...own} onChange={change} {...(declared.unit === "%" ? { suffix: "%" } : {})} />;
	return (
		<Input {...own} aria-label={label} value={text ?? ""} onChange={(event) => change(event.target.value)} />
	);
}
