import { z } from "zod";
import { type Actor, can } from "#engine/actor.ts";
import { epochOf, Instant } from "#engine/time/instant.ts";
import type { Desk } from "../handle.ts";
import { answerCall, type CallRow, endCall, insertCall, readCall } from "../store/calls.ts";
import { commit } from "../store/commit.ts";
import { lookupOf } from "../store/kept.ts";
import { ringSeconds, ringsIn } from "./call-times.ts";
import type { FieldProblem } from "./hostile.ts";

const Id = z.string().trim().min(1).max(100);
const at = Instant.optional().describe("When it happened, by the phone system's clock; without it: now");

/** What the phone system tells of a call. Each may be sent again: it then changes nothing. */
export const CallEvent = z.discriminatedUnion("event", [
	z.strictObject({
		event: z.literal("ringing"),
		call: Id,
		/** Left out when the number is withheld. */
		caller: z
			.string()
			.trim()
			.regex(/^\+?[\d\s()-]{3,40}$/, "a phone number: digits, blanks and hyphens")
			.optional(),
		line: z.string().trim().min(1).max(40),
		to: Id.optional(),
		at,
	}),
	z.strictObject({
		event: z.literal("answered"),
		call: Id,
		/** The person who took it; without it: whoever sends this. */
		by: Id.optional(),
		/** Where the phone system counts rings itself. */
		rings: z.int().min(0).max(1_000).optional(),
		at,
	}),
	z.strictObject({
		event: z.literal("ended"),
		call: Id,
		/** Where the recording lies, in the phone system's own terms. */
		recording: z.string().trim().min(1).max(500).optional(),
		at,
	}),
]);
export type CallEvent = z.output<typeof CallEvent>;

export type Taken =
	| { is: "new" | "known"; call: CallRow }
	| { is: "unknown" }
	/** Told otherwise before; `by`: somebody else has it. */
	| { is: "conflict"; by: string | null }
	| { is: "malformed"; fields: FieldProblem[] };

/** A phone system's clock may be a little ahead of ours. */
const AHEAD_MS = 300_000;

/** Takes what was told of a call, once; whoever listens hears of it at once. */
export async function takeEvent(desk: Desk, actor: Actor, event: CallEvent, pretend = false): Promise<Taken> {
	const taken = await takenAs(desk, actor, event, pretend);
	if (taken.is === "new") desk.committed({ company: actor.company, case: "", seq: 0, due: false });
	return taken;
}

async function takenAs(desk: Desk, actor: Actor, event: CallEvent, pretend: boolean): Promise<Taken> {
	const now = desk.clock();
	const { people } = await desk.offices.of(actor.company);
	const wrong = problemsIn(event, actor, now, (id) => people.has(id));
	if (wrong.length > 0) return { is: "malformed", fields: wrong };
	const when = event.at ?? now;
	if (event.event === "ringing") return await ring(desk, actor.company, event, when, pretend);
	const known = await callOf(desk, actor.company, event.call);
	if (!known) return { is: "unknown" };
	if (when < known.ringingAt)
		return { is: "malformed", fields: [{ at: "at", problem: "lies before the first ring" }] };
	return event.event === "answered"
		? await answer(desk, actor, event, known, when)
		: await end(desk, actor.company, event, known, when);
}

/** What only the phone system measures is not for people to state. */
function problemsIn(
	event: CallEvent,
	actor: Actor,
	now: string,
	isPerson: (id: string) => boolean,
): FieldProblem[] {
	const measures = can(actor, "file-by-api");
	const named =
		event.event === "ringing"
			? (["to", event.to] as const)
			: event.event === "answered"
				? (["by", event.by] as const)
				: null;
	const problems: FieldProblem[] = [];
	const stated = (field: string) =>
		problems.push({ at: field, problem: "is stated by the phone system alone" });
	if (!measures && event.at !== undefined) stated("at");
	if (!measures && "rings" in event && event.rings !== undefined) stated("rings");
	if (!measures && event.event === "answered" && event.by !== undefined && event.by !== actor.id)
		stated("by");
	if (event.at !== undefined && epochOf(event.at) > epochOf(now) + AHEAD_MS)
		problems.push({ at: "at", problem: "lies in the future" });
	if (named?.[1] !== undefined && !isPerson(named[1]))
		problems.push({ at: named[0], problem: "there is no such person" });
	return problems;
}

export async function callOf(
	desk: Pick<Desk, "database">,
	company: string,
	id: string,
): Promise<CallRow | null> {
	const [[row] = []] = (await desk.database.read([readCall(company, id)])) as CallRow[][];
	return row ?? null;
}

async function ring(
	desk: Desk,
	company: string,
	{ call: id, line, ...event }: Extract<CallEvent, { event: "ringing" }>,
	when: string,
	pretend: boolean,
): Promise<Taken> {
	const caller = event.caller ?? null;
	const to = event.to ?? null;
	const [rows = []] = await commit(
		desk.database,
		insertCall(company, { id, line, caller, to, at: when, pretend }, desk.keys),
	);
	const call = await callOf(desk, company, id);
	if (!call) return { is: "unknown" };
	if (rows.length > 0) return { is: "new", call };
	const same =
		call.line === line &&
		call.to === to &&
		(caller === null
			? call.lookup === null
			: call.lookup !== null && lookupOf(caller, desk.keys).equals(call.lookup));
	return same ? { is: "known", call } : { is: "conflict", by: null };
}

async function answer(
	desk: Desk,
	actor: Actor,
	event: Extract<CallEvent, { event: "answered" }>,
	known: CallRow,
	when: string,
): Promise<Taken> {
	const by = event.by ?? actor.id;
	const rings = event.rings ?? ringsIn(ringSeconds(known.ringingAt, when));
	const [rows = []] = await commit(
		desk.database,
		answerCall(actor.company, known.id, { by, at: when, rings }),
	);
	const call = (await callOf(desk, actor.company, known.id)) ?? known;
	if (rows.length > 0) return { is: "new", call };
	return call.answeredBy === by ? { is: "known", call } : { is: "conflict", by: call.answeredBy };
}

async function end(
	desk: Desk,
	company: string,
	event: Extract<CallEvent, { event: "ended" }>,
	known: CallRow,
	when: string,
): Promise<Taken> {
	const recording = event.recording ?? null;
	const news = known.endedAt === null || (recording !== null && known.recording === null);
	const otherwise = recording !== null && known.recording !== null && known.recording !== recording;
	if (otherwise) return { is: "conflict", by: null };
	if (!news) return { is: "known", call: known };
	const [rows = []] = await commit(desk.database, endCall(company, known.id, when, recording));
	if (rows.length === 0)
		return { is: "malformed", fields: [{ at: "at", problem: "lies before the answer" }] };
	return { is: "new", call: (await callOf(desk, company, known.id)) ?? known };
}
