import type { Capability } from "#engine/actor.ts";

/** A room of the desk, as the head and the search know it. */
export interface Room {
	to: string;
	/** Its name among the words of the pages (`ui`). */
	name: string;
	/** Pressed after `g`, it leads here. */
	key: string;
	/** Any one of these opens it; null: everybody. */
	by: readonly Capability[] | null;
}

/** In the order of the head. */
const ROOMS: readonly Room[] = [
	{ to: "/", name: "inbox", key: "i", by: null },
	{ to: "/new", name: "new-complaint", key: "n", by: ["intake", "liaise"] },
];

/** The rooms that somebody with these capabilities may enter. */
export function roomsFor(capabilities: readonly Capability[]): Room[] {
	return ROOMS.filter(({ by }) => by === null || by.some((one) => capabilities.includes(one)));
}
