import { useState } from "react";

/** While the pointer is over a list it stays as it is: what one is about to press must not move away. */
export function useHeld<T>(fresh: T) {
	const [held, setHeld] = useState<{ value: T } | null>(null);
	const over = {
		onPointerEnter: () => setHeld({ value: fresh }),
		onPointerLeave: () => setHeld(null),
	};
	return [held ? held.value : fresh, over] as const;
}
