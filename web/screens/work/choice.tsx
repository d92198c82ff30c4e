/** One of a few, side by side. */
export function Choice<V extends string>({
	label,
	chosen,
	choices,
	onChoose,
}: {
	label: string;
	chosen: V;
	choices: readonly (readonly [V, string])[];
	onChoose: (value: V) => void;
}) {
	return (
		<span className="work-choice" role="toolbar" aria-label={label}>
			{choices.map(([value, name]) => (
				<button key={value} type="button" aria-pressed={value === chosen} onClick={() => onChoose(value)}>
					{name}
				</button>
			))}
		</span>
	);
}
