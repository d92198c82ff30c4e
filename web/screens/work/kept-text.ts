import { useState } from "react";
import { readStored, store } from "../../parts/stored.ts";

/** What is typed in a room, kept here under a name until it was sent; survives leaving the page. */
export function useKept<V extends object>(
	name: string,
	first: V,
): [V, (changed: Partial<V>) => void, () => void] {
	const [value, setValue] = useState<V>(() => ({ ...first, ...read(name) }));
	const change = (changed: Partial<V>) => {
		const next = { ...value, ...changed };
		setValue(next);
		store(`kept.${name}`, JSON.stringify(next));
	};
	const drop = () => {
		store(`kept.${name}`, null);
		setValue(first);
	};
	return [value, change, drop];
}

function read(name: string): object {
	try {
		return JSON.parse(readStored(`kept.${name}`) ?? "{}") as object;
	} catch {
		return {};
	}
}
