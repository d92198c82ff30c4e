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

/** Whoever handles complaints reads the rules they go by, and so do those who keep them. */
const PACK_READERS: readonly Capability[] = ["handle", "triage", "quality", "manage", "review", "administer"];

/** In the order of the head. */
const ROOMS: readonly Room[] = [
	{ to: "/", name: "inbox", key: "i", by: null },
	{ to: "/phone", name: "phone", key: "c", by: ["intake"] },
	{ to: "/new", name: "new-complaint", key: "n", by: ["intake", "liaise"] },
	{
		to: "/approvals",
		name: "approvals-room",
		key: "a",
		by: ["approve", "duty", "manage", "legal", "review"],
	},
	{ to: "/questions", name: "questions-room", key: "q", by: ["answer"] },
	{ to: "/appeals", name: "appeals-room", key: "r", by: ["review", "triage", "manage"] },
	{ to: "/outside", name: "outside-room", key: "o", by: ["liaise", "legal", "safety", "handle"] },
	{ to: "/incidents", name: "incidents-room", key: "m", by: ["intake", "triage", "handle", "manage"] },
	{
		to: "/follow-ups",
		name: "follow-ups-room",
		key: "f",
		by: ["quality", "handle", "settle", "review", "safety", "manage"],
	},
	{ to: "/handover", name: "handover-room", key: "h", by: ["handle", "triage"] },
	{ to: "/today", name: "today-room", key: "t", by: ["manage"] },
	{ to: "/packs", name: "packs-room", key: "k", by: PACK_READERS },
	{ to: "/people", name: "people-room", key: "e", by: ["administer"] },
];

/** The rooms that somebody with these capabilities may enter. */
export function roomsFor(capabilities: readonly Capability[]): Room[] {
	return ROOMS.filter(({ by }) => by === null || by.some((one) => capabilities.includes(one)));
}
