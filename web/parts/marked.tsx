import { Fragment } from "react";

/** Cuts a text at places (from and to, in UTF-16 units, in reading order); `hit` tells the parts within them. */
export function cutAt(
	text: string,
	places: readonly (readonly [number, number])[],
): { text: string; hit: boolean }[] {
	const parts: { text: string; hit: boolean }[] = [];
	let at = 0;
	for (const [from, to] of places.toSorted(([a], [b]) => a - b)) {
		if (from < at || to > text.length) continue;
		parts.push({ text: text.slice(at, from), hit: false }, { text: text.slice(from, to), hit: true });
		at = to;
	}
	parts.push({ text: text.slice(at), hit: false });
	return parts.filter((part) => part.text !== "");
}

/** A text with the places that were looked for marked. */
export function Marked({ text, at }: { text: string; at: readonly (readonly [number, number])[] }) {
	let place = 0;
	return (
		<>
			{cutAt(text, at).map((part) => {
				const key = place;
				place += part.text.length;
				return part.hit ? <mark key={key}>{part.text}</mark> : <Fragment key={key}>{part.text}</Fragment>;
			})}
		</>
	);
}
