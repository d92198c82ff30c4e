import type { z } from "zod";
import type { Actor, Capability } from "../actor.ts";
import type { Case } from "../case.ts";
import type { ConductEvent, ConductFile } from "../conduct.ts";
import type { Decision, Refusal } from "../decision.ts";
import type { LoadedPack } from "../packs/loaded.ts";
import type { Moment } from "../packs/schema.ts";
import type { NoticeKey } from "../packs/wording.ts";
import type { DayTable } from "../time/calendar.ts";
import type { Instant } from "../time/instant.ts";
import type { Event, Meta } from "./event.ts";
import type { StepName } from "./names.ts";

/** The world as values: everything that a decision may know besides the case. */
export interface Context {
	now: Instant;
	actor: Actor;
	pack: LoadedPack;
	days: DayTable;
	/** The plain text of kept words that came with this command, by ref: for the guard and for proposals. */
	words: Record<string, string>;
	/** Loaded only for commands that declare the need. */
	conduct?: Record<string, ConductFile>;
	/** Other cases named by the command that exist and may be seen: number, standing, parties. */
	cases?: Record<string, { id: string; number: string; closed: boolean; orders: string[]; joined: boolean }>;
	/** Who could do a thing, for duties that rise: ids by capability, with their organisations. */
	people?: { id: string; capabilities: readonly Capability[]; belongsTo: readonly string[] }[];
}

export type Need = "conduct" | "cases" | "people";

/** How each event changes what is known. Old names stay for ever. */
export type Fold<E extends Event> = {
	[T in E["type"]]: (kase: Case, data: Extract<E, { type: T }>["data"], meta: Meta) => Case;
};

/** What follows in the world; rows in the same transaction, performed at least once. */
export type Effect =
	| {
			do: "notify";
			/** A party of the case, a person, or everybody with a capability who may see the case. */
			to: { party: string } | { person: string } | { capability: Capability };
			notice: NoticeKey;
			/** Values for the placeholders, beyond the case's own. */
			values?: Record<string, string | number>;
	  }
	| { do: "pay"; item: string; key: string }
	/** Facts entering a conduct file in the same transaction. */
	| { do: "enter"; kind: "conduct"; stream: string; event: ConductEvent };

/** A wake-up: at that time the system submits this command. The full set is computed from the case after each event. */
export interface Timer {
	key: string;
	at: Instant;
	command: { type: string } & Record<string, unknown>;
}

export type Standing = "waiting" | "open" | "done" | "not-needed";

/** What must be done next. `what` is a wording key; `blocks` are the steps that can't end before. */
export interface Obligation {
	step: StepName;
	what: string;
	/** A capability, a party id or a person id, said apart. */
	who: { capability: Capability } | { party: string } | { person: string };
	due: Instant | null;
	/** The command that fulfils it. */
	command: string;
	blocks: StepName[];
	about?: string;
}

export interface CommandRule<S extends z.ZodType = z.ZodType, E extends Event = Event> {
	schema: S;
	/** Any one of these capabilities suffices. */
	by: readonly Capability[];
	needs?: readonly Need[];
	/** May still be done when the case is closed, joined into another, or under police: those are refused otherwise. */
	evenWhen?: readonly ("closed" | "joined" | "police" | "unfiled")[];
	/** The step's own guards, whatever the fields: asked by buttons and by the server alike. */
	guard?: (kase: Case, context: Context) => Refusal | null | undefined | false;
	decide: (command: z.output<S>, kase: Case, context: Context) => Decision<E>;
}

/** Ties a command's schema to its decision, so that fields are typed. */
export function command<S extends z.ZodType, E extends Event>(rule: CommandRule<S, E>): CommandRule<S, E> {
	return rule;
}

/** `E`: the events it folds; `All`: also those of other steps that its commands may bring about. */
export interface Step<E extends Event = Event, All extends Event = E> {
	name: StepName | "clocks";
	commands: Record<string, CommandRule<z.ZodType, All>>;
	fold: Fold<E>;
	/** Which moments an event marks: clocks start and stop at them. */
	moments?: {
		[T in E["type"]]?:
			| readonly Moment[]
			| ((data: Extract<E, { type: T }>["data"], kase: Case) => readonly Moment[]);
	};
	/** `kase` is the case after the event. */
	react?: (event: E, kase: Case, context: Context) => Effect[];
	timers?: (kase: Case, pack: LoadedPack, days: DayTable) => Timer[];
	standing: (kase: Case, pack: LoadedPack) => Standing;
	obligations?: (kase: Case, pack: LoadedPack, now: Instant) => Obligation[];
}
