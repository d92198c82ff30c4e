import { useCallback, useEffect, useRef, useState } from "react";
import { ask } from "../../../api.ts";
import { readStored, store } from "../../../parts/stored.ts";
import type { OwnOrder } from "./order-data.ts";
import { type Typed, typedFrom } from "./typed.ts";

/** After so long without a keystroke the draft also goes to the server. */
const PAUSE_MS = 1_500;

/** What has been typed about an order: in this phone at once, and on the server for another one. The later one counts. */
export function useDraft({ order, draft }: OwnOrder) {
	const name = `complaining.${order.number}`;
	const [typed, setTyped] = useState<Typed>(() => begin(name, draft));
	const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
	const set = useCallback(
		(how: Partial<Typed>) => {
			setTyped((before) => {
				const next = { ...before, ...how };
				store(name, JSON.stringify({ typed: next, at: new Date().toISOString() }));
				clearTimeout(timer.current);
				// a draft that does not reach the server is still in the phone
				timer.current = setTimeout(
					() => ask("PUT", "/api/complain/draft", { typed: next }).catch(() => {}),
					PAUSE_MS,
				);
				return next;
			});
		},
		[name],
	);
	const forget = useCallback(() => {
		clearTimeout(timer.current);
		store(name, null);
	}, [name]);
	useEffect(() => () => clearTimeout(timer.current), []);
	return { typed, set, forget };
}

function begin(name: string, draft: OwnOrder["draft"]): Typed {
	const here = parsed(readStored(name));
	const there = draft && { typed: typedFrom(draft.typed), at: draft.at };
	if (here && there) return here.at >= there.at ? here.typed : there.typed;
	return (here ?? there)?.typed ?? typedFrom(null);
}

function parsed(kept: string | null): { typed: Typed; at: string } | null {
	try {
		const found = JSON.parse(kept ?? "null") as { typed?: unknown; at?: unknown } | null;
		return found ? { typed: typedFrom(found.typed), at: String(found.at) } : null;
	} catch {
		return null; // not what we wrote
	}
}
