import { Fragment } from "react";

/** Cuts a text where any of the words occurs, regardless of case; `hit` tells the found parts. */
export function cutAt(text: string, words: readonly string[]): { text: string; hit: boolean }[] {
	const wanted = words.filter(Boolean).map((one) => one.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
	if (wanted.length === 0) return [{ text, hit: false }];
	const pattern = new RegExp(`(${wanted.join("|")})`, "gi");
	return text
		.split(pattern)
		.map((part, n) => ({ text: part, hit: n % 2 === 1 }))
		.filter((part) => part.text !== "");
}

/** A text with the words looked for marked. */
export function Marked({ text, words }: { text: string; words: readonly string[] }) {
	let at = 0;
	return (
		<>
			{cutAt(text, words).map((part) => {
				const key = at;
				at += part.text.length;
				return part.hit ? <mark key={key}>{part.text}</mark> : <Fragment key={key}>{part.text}</Fragment>;
			})}
		</>
	);
}
