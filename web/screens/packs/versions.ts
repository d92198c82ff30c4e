import type { PackListed } from "./whole.ts";

const numeric = new Intl.Collator("en", { numeric: true });

/** The version in force later comes first. */
export function laterFirst(a: PackListed, b: PackListed): number {
	return numeric.compare(b.from, a.from) || numeric.compare(b.version, a.version);
}

/** The versions of one pack, the latest first. */
export function versionsOf(packs: readonly PackListed[], name: string): PackListed[] {
	return packs.filter((one) => one.name === name).toSorted(laterFirst);
}
