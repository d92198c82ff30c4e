import { Icon } from "../../parts/icon.tsx";

export interface Choice {
	id: string;
	text: string;
	more?: string | undefined;
}

/** A list to choose one of; choosing goes on by itself. */
export function ChooseOne({
	name,
	choices,
	chosen,
	onChoose,
}: {
	name: string;
	choices: readonly Choice[];
	chosen: string | null;
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
					<Icon name={chosen === id ? "check" : "next"} />
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
