/** Keys as they stand on a keyboard: one after the other, or together. */
export function Pressed({ keys }: { keys: string }) {
	return keys.split(">").map((one) => <kbd key={one}>{one.replace("mod", "Ctrl").replaceAll("+", " ")}</kbd>);
}
