import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Input, Select } from "antd";
import { Icon } from "../../../parts/icon.tsx";
import { instantOf, wallOf } from "../../../parts/time.ts";
import { type Book, factLabel, factOf } from "../book.ts";
import type { FactGiven, Situation } from "../pack-search.ts";
import { examplesQuery } from "../whole.ts";
import { CalmInput } from "./calm-input.tsx";
import { FactInput } from "./fact-input.tsx";

/** Facts that follow from others, or are raised as flags: nobody states them here. */
const FOLLOW = new Set(["category", "group", "base-urgency", "base-severity", "on-the-spot", "total"]);

/** A situation being put together; what is not filled in is not known. */
export function SituationForm({
	book,
	situation,
	asked,
	onChange,
	onAsk,
}: {
	book: Book;
	situation: Situation;
	/** Facts that somebody wants to fill in. */
	asked: readonly string[];
	onChange: (situation: Situation) => void;
	onAsk: (fact: string) => void;
}) {
	const { t, pack, say } = book;
	const set = (changed: Partial<Situation>) => onChange({ ...situation, ...changed });
	const wall = wallOf(situation.received, pack.zone);
	return (
		<form className="situation" onSubmit={(event) => event.preventDefault()}>
			<ExampleChoice book={book} onChoose={onChange} />
			<Field name={t("their-words")}>
				<CalmInput
					label={t("their-words")}
					rows={2}
					value={situation.words ?? ""}
					placeholder={t("words-hint")}
					onChange={(text) => set({ words: text })}
				/>
			</Field>
			<div className="situation-two">
				<Field name={t("category")}>
					<Select
						aria-label={t("category")}
						allowClear
						showSearch={{ optionFilterProp: "label" }}
						placeholder={t("category-hint")}
						value={situation.category ?? null}
						options={Object.entries(pack.categories.groups).map(([group, name]) => ({
							label: say.bi(name),
							options: pack.categories.categories
								.filter((one) => one.group === group)
								.map((one) => ({ value: one.id, label: say.bi(one.name) })),
						}))}
						onChange={(category?: string) => set({ category: category ?? "" })}
					/>
				</Field>
				<Field name={t("received")}>
					<Input
						type="datetime-local"
						aria-label={t("received")}
						value={wall}
						onChange={({ target }) =>
							set({ received: instantOf(target.value, pack.zone) ?? situation.received })
						}
					/>
				</Field>
			</div>
			<Field name={t("flags-raised")}>
				<Checkbox.Group
					value={situation.flags}
					options={pack.routes.flags.map((one) => ({ value: one.id, label: say.bi(one.name) }))}
					onChange={(flags: string[]) => set({ flags })}
				/>
			</Field>
			<Facts
				book={book}
				situation={situation}
				asked={asked}
				onChange={(facts) => set({ facts })}
				onAsk={onAsk}
			/>
		</form>
	);
}

function Field({ name, children }: { name: string; children: React.ReactNode }) {
	return (
		<div className="situation-field">
			<span className="situation-name">{name}</span>
			{children}
		</div>
	);
}

function ExampleChoice({ book, onChoose }: { book: Book; onChoose: (situation: Situation) => void }) {
	const { t, pack } = book;
	const examples = useQuery(examplesQuery(pack.name, pack.version)).data ?? [];
	return (
		<Field name={t("example")}>
			<Select
				aria-label={t("example")}
				showSearch={{ optionFilterProp: "label" }}
				placeholder={t("example-hint")}
				value={null}
				options={examples.map((one, n) => ({ value: n, label: one.example }))}
				onChange={(n: number) => {
					const given = examples[n]?.given;
					if (given) onChoose(given as Situation);
				}}
			/>
		</Field>
	);
}

function Facts({
	book,
	situation,
	asked,
	onChange,
	onAsk,
}: {
	book: Book;
	situation: Situation;
	asked: readonly string[];
	onChange: (facts: Situation["facts"]) => void;
	onAsk: (fact: string) => void;
}) {
	const { t, pack } = book;
	const flags = new Set(pack.routes.flags.map((one) => one.id));
	const shown = [...new Set([...Object.keys(situation.facts), ...asked])];
	const others = Object.keys(pack.facts).filter(
		(fact) => !FOLLOW.has(fact) && !flags.has(fact) && !shown.includes(fact),
	);
	const set = (fact: string, value: FactGiven | undefined) => {
		const { [fact]: _, ...rest } = situation.facts;
		onChange(value === undefined ? rest : { ...rest, [fact]: value });
	};
	return (
		<fieldset>
			<legend>{t("facts")}</legend>
			{shown.map((fact) => (
				<div className="fact" key={fact}>
					<span className="fact-name">{factLabel(book, fact)}</span>
					<div>
						<FactInput
							book={book}
							fact={fact}
							value={situation.facts[fact]}
							onChange={(value) => set(fact, value)}
						/>
					</div>
					<Button
						type="text"
						size="small"
						icon={<Icon name="minus" size={16} />}
						aria-label={t("fact-remove", { fact: factLabel(book, fact) })}
						title={t("fact-remove", { fact: factLabel(book, fact) })}
						onClick={() => {
							set(fact, undefined);
							onAsk(`-${fact}`);
						}}
					/>
				</div>
			))}
			<Select
				aria-label={t("fact-add")}
				className="fact-add"
				showSearch={{ optionFilterProp: "label" }}
				placeholder={t("fact-add")}
				value={null}
				options={others
					.filter((fact) => factOf(book, fact))
					.map((value) => ({ value, label: factLabel(book, value) }))}
				onChange={(fact: string) => onAsk(fact)}
			/>
		</fieldset>
	);
}
