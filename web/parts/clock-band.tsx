import { type BandInput, bandShape } from "./band.ts";

/** How strongly the due time binds, told by the edge: law double, promise single, internal thin. */
export type BandKind = "statutory" | "promise" | "internal";

/**
 * A clock as a band. Colour never speaks alone: `words` stand beside it.
 * @param label read out instead of the picture
 */
export function Band({
	kind,
	label,
	words,
	...input
}: BandInput & { kind: BandKind; label: string; words: string }) {
	const shape = bandShape(input);
	const percent = (part: number) => `${(100 * part).toFixed(2)}%`;
	return (
		<span className={`band band-${kind} band-${shape.state}`}>
			<span className="band-bar" role="img" aria-label={`${label}: ${words}`}>
				{shape.stretches.map((one) => (
					<i
						key={`${one.as}${one.from}`}
						className={`band-${one.as}`}
						style={{ left: percent(one.from), width: percent(one.to - one.from) }}
					/>
				))}
				{shape.dueAt < 1 && <i className="band-end" style={{ left: percent(shape.dueAt) }} />}
			</span>
			<span className="band-words">{words}</span>
		</span>
	);
}
