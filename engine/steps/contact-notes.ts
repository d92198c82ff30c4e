import { z } from "zod";
import { accept } from "../decision.ts";
import { type Kept, Words } from "../kept.ts";
import type { Event } from "./event.ts";
import { command, type Effect } from "./step.ts";

/** 备注: what the office writes for itself. It stands in the history alone, which nobody outside reads. */

const AddNote = z.strictObject({
	words: Words,
	/** People of the office who are told that they were named. */
	mentions: z.array(z.string().max(100)).max(20).default([]),
});

export type NoteEvent = Event<"NoteAdded", { words: Kept; mentions: string[] }>;

/** Anybody who reads the history may write into it, whatever the state of the case. */
export const noteCommand = command<typeof AddNote, NoteEvent>({
	schema: AddNote,
	by: [
		"handle",
		"triage",
		"intake",
		"duty",
		"approve",
		"review",
		"safety",
		"liaise",
		"legal",
		"pay",
		"quality",
		"manage",
	],
	evenWhen: ["closed", "joined", "police"],
	decide: ({ words, mentions }) =>
		accept({ type: "NoteAdded", data: { words, mentions: [...new Set(mentions)] } }),
});

/** Whoever was named is told, but for the author. */
export function tellMentioned({ data }: NoteEvent, author: string): Effect[] {
	return data.mentions
		.filter((person) => person !== author)
		.map((person) => ({ do: "notify", to: { person }, notice: "mentioned" }));
}
