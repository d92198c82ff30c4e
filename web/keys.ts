import { useEffect, useSyncExternalStore } from "react";
import { useHotkeys } from "react-hotkeys-hook";

/** Keys of the desk: single letters, and letters after `g`. The sheet behind `?` lists those that work right now. */

export interface KeyInUse {
	keys: string;
	says: string;
}

let inUse: readonly KeyInUse[] = [];
const listeners = new Set<() => void>();

function change(next: readonly KeyInUse[]): void {
	inUse = next;
	for (const one of listeners) one();
}

/**
 * Does something when keys are pressed outside of fields and dialogs.
 * @param keys as react-hotkeys-hook writes them: `j`, `shift+a`, `g>i` (one after the other), `mod+k`
 * @param says what it does, for the sheet
 */
export function useKey(keys: string, says: string, run: () => void, enabled = true): void {
	const everywhere = keys.includes("mod+");
	useHotkeys(
		keys,
		run,
		{
			enabled,
			preventDefault: true,
			useKey: true,
			enableOnFormTags: everywhere,
			enableOnContentEditable: everywhere,
			ignoreEventWhen: (event) => !everywhere && isBusy(event.target),
		},
		[run],
	);
	useEffect(() => {
		if (!enabled) return;
		const one = { keys, says };
		change([...inUse, one]);
		return () => change(inUse.filter((other) => other !== one));
	}, [keys, says, enabled]);
}

/** Within a dialog, a menu or a list of choices keys are its own. */
function isBusy(target: EventTarget | null): boolean {
	return (
		target instanceof Element && target.closest("[role=dialog],[role=listbox],[role=menu],select") !== null
	);
}

export function useKeysInUse(): readonly KeyInUse[] {
	return useSyncExternalStore(
		(listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		() => inUse,
	);
}
