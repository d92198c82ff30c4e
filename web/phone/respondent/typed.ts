import { useState } from "react";
import { readStored, store } from "../../parts/stored.ts";

/** What is typed stays in the phone until it has been sent. */
export function useTyped(name: string): [string, (text: string) => void] {
	const [text, setText] = useState(() => readStored(name) ?? "");
	return [
		text,
		(typed) => {
			setText(typed);
			store(name, typed || null);
		},
	];
}
