import { Icon } from "../../parts/icon.tsx";

export interface Choice {
	id: string;
	text: string;
	more?: string | undefined;
}

/** A list to choose one of. */
export function ChooseOne({
	name,
	choices,
	chosen,
	goesOn = false,
	onChoose,
}: {
	name: string;
	choices: readonly Choice[];
	chosen: string | null;
	/** Choosing leads to the next page by itself. */
	goesOn?: boolean;
	onChoose: (id: string) => void;
}) {
	return (
		<fieldset className="p-choices">
			<legend className="p-hidden">{name}</legend>
			{choices.map(({ id, text, more }) => (
				<button
					key={id}
					type="button"
					aria-pressed={chosen === id}
					className="p-choice"
					onClick={() => onChoose(id)}
				>
					<span>
						{text}
						{more && <small className="p-quiet">{more}</small>}
					</span>
					{chosen === id ? <Icon name="check" /> : goesOn ? <Icon name="next" /> : <i className="p-ring" />}
				</button>
			))}
		</fieldset>
	);
}

/** A list to choose several of. */
export function ChooseSome({
	name,
	choices,
	chosen,
	onChange,
}: {
	name: string;
	choices: readonly Choice[];
	chosen: readonly string[];
	onChange: (ids: string[]) => void;
}) {
	return (
		<fieldset className="p-choices">
			<legend className="p-hidden">{name}</legend>
			{choices.map(({ id, text }) => (
				<label key={id} className="p-choice">
					<span>{text}</span>
					<input
						type="checkbox"
						checked={chosen.includes(id)}
						onChange={({ currentTarget }) =>
							onChange(currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
						}
					/>
				</label>
			))}
		</fieldset>
	);
}
