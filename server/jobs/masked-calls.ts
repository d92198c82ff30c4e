import { rm } from "node:fs/promises";
import { join } from "node:path";
import { systemOf } from "#engine/actor.ts";
import type { Case } from "#engine/case.ts";
import { dayOf, type Instant } from "#engine/time/instant.ts";
import { receive } from "../adapters/disk/receive.ts";
import { handle } from "../handle.ts";
import { takeEvidence } from "../http/evidence-intake.ts";
import { actorOf, lineOf } from "../office.ts";
import { rehearse } from "../rehearse.ts";
import { commit } from "../store/commit.ts";
import type { Claim } from "../store/due-claims.ts";
import { type Entry, readHistory } from "../store/history.ts";
import {
	type LineRow,
	type MaskedCallRow,
	noteCallTaken,
	readLines,
	readMaskedCall,
	releaseLine,
} from "../store/masked-lines.ts";
import { readCaseOf } from "./cases.ts";
import { DONE, later, MOST_ATTEMPTS, type Outcome } from "./outcome.ts";
import type { Batch } from "./units.ts";

/** Effects of a call over a masked line that has ended, or whose recording can be fetched. */
export type CallEffect = { do: "take-call"; call: string } | { do: "take-recording"; call: string };

interface Told {
	call: MaskedCallRow;
	line: LineRow;
	kase: Case;
}

async function toldOf({ desk }: Batch, claim: Claim, id: string): Promise<Told | null> {
	const { kase, rows } = await readCaseOf(desk, claim, [readMaskedCall(claim.company, id)]);
	const [call] = rows[0] as MaskedCallRow[];
	if (!kase || !call) return null;
	const [[line] = []] = (await desk.database.read([
		readLines([{ company: claim.company, id: call.line }]),
	])) as LineRow[][];
	return line ? { call, line, kase } : null;
}

/** The call becomes an attempt of whoever asked for the line: it counts as one made by them, and is capped as such. */
export async function takeCall(batch: Batch, claim: Claim, { call: id }: CallEffect): Promise<Outcome> {
	const told = await toldOf(batch, claim, id);
	if (!told || told.call.contact || told.call.refused || !told.call.outcome) return DONE;
	const note = (taken: Parameters<typeof noteCallTaken>[2]) =>
		commit(batch.desk.database, noteCallTaken(claim.company, id, taken));
	const none = noAttempt(told);
	if (none) {
		await note({ refused: none });
		return DONE;
	}
	const request = await requestFor(batch, told);
	if (!request) {
		await note({ refused: "no-such-person" });
		return DONE;
	}
	const answer = await handle(batch.desk, { ...request, idempotencyKey: `masked-call ${id}` });
	if (answer.ok) {
		const seq = answer.events.find((one) => one.type === "ContactRecorded")?.seq ?? 0;
		await note({ contact: await contactAt(batch, claim, seq) });
	} else await note({ refused: "refusal" in answer ? answer.refusal.reason : "malformed" });
	// once they may be tried no more, the number leads nowhere
	const next = await rehearse(batch.desk, {
		...request,
		fields: { ...request.fields, outcome: "no-answer", at: undefined },
	});
	if (!next.ok && "refusal" in next && next.refusal.reason === "TooManyAttempts")
		await giveBack(batch, told.line);
	return DONE;
}

/** Why a call is no attempt of the one who asked for the line. */
function noAttempt({ call, line }: Told): string | null {
	if (call.outcome === "barred") return "barred";
	// a complainant's call is no contact by the company, nor is one by the other side that nobody took
	if (!line.caller.startsWith("person:")) return "by-party";
	return call.back && call.outcome !== "reached" ? "rang-back" : null;
}

async function requestFor({ desk, now }: Batch, { call, line, kase }: Told) {
	const office = await desk.offices.of(line.company);
	const person = office.people.get(line.caller.slice("person:".length));
	if (!person) return null;
	const above = person.organisation
		? lineOf(person.organisation, office.relations, dayOf(now, office.zone))
		: [];
	// the provider's clock is not ours: no call began before its line was lent, or in the future
	const since = call.startedAt > line.madeAt ? call.startedAt : line.madeAt;
	const at: Instant = since < now ? since : now;
	return {
		actor: actorOf(line.company, person, above),
		case: kase.id,
		type: "RecordContact",
		fields: { party: line.toParty, through: "call", outcome: call.outcome, at },
	};
}

async function contactAt({ desk }: Batch, { company, stream }: Claim, seq: number): Promise<string> {
	const [[entry] = []] = (await desk.database.read([readHistory(company, stream, seq - 1, 1)])) as Entry[][];
	const { contact } = JSON.parse(entry?.data ?? "{}") as { contact?: { id: string } };
	return contact?.id ?? "";
}

async function giveBack({ desk, outside, now }: Batch, line: LineRow): Promise<void> {
	const given = await outside.caller.release(line.binding);
	// it runs out of itself where that fails
	if (given.ok) await commit(desk.database, releaseLine(line.company, line.id, now));
}

/** A recording is there some minutes after the call; asked for again as long as it may yet come. */
const LATER_MS = 600_000;
const TITLE = { zh: "平台号码通话录音", en: "Recording of a call over the masked line" } as const;

/** Fetches the recording and adds it to the case as evidence of the company's. */
export async function takeRecording(batch: Batch, claim: Claim, { call: id }: CallEffect): Promise<Outcome> {
	const { desk, outside, now } = batch;
	const told = await toldOf(batch, claim, id);
	if (!told || told.call.evidence || told.call.recordingFault) return DONE;
	const { call, kase } = told;
	const giveUp = async (why: string, forGood: boolean): Promise<Outcome> => {
		await commit(desk.database, noteCallTaken(claim.company, id, { recordingFault: why }));
		return forGood ? { is: "failed", why, forGood: true } : DONE;
	};
	const fetched = await outside.caller.recording({ id, at: call.startedAt });
	const { place } = outside;
	const received = fetched.ok
		? await receive(fetched.content, join(place.uploads, "incoming"), place.maxBytes)
		: fetched;
	if (!received.ok) {
		const hope = received.retry || received.reason === "not-found";
		if (hope && claim.attempts + 1 < MOST_ATTEMPTS)
			return received.reason === "not-found" &&
				claim.attempts === 0 &&
				now < later(call.startedAt, 6 * LATER_MS)
				? { is: "later", at: later(now, LATER_MS), why: received.reason }
				: { is: "failed", why: received.reason };
		return await giveUp(received.reason, received.reason === "misconfigured");
	}
	try {
		const fields = {
			...{ kind: "audio", from: "company", takenAt: call.startedAt },
			title: TITLE[kase.intake?.language ?? "zh"],
		};
		const taken = await takeEvidence(
			{ desk, orders: outside.orders },
			place,
			{ actor: systemOf(claim.company), language: null },
			kase,
			{
				...{ path: received.path, fields },
				idempotencyKey: `masked-call ${id}`,
			},
		);
		if (taken.ok) {
			await commit(desk.database, noteCallTaken(claim.company, id, { evidence: taken.evidence }));
			return DONE;
		}
		if ("answer" in taken)
			return await giveUp("refusal" in taken.answer ? taken.answer.refusal.reason : "malformed", false);
		return taken.problem === "unavailable"
			? { is: "failed", why: taken.problem }
			: await giveUp(taken.problem, false);
	} finally {
		await rm(received.path, { force: true });
	}
}
