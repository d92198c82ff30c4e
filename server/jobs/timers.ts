import { systemOf } from "#engine/actor.ts";
import { type Case, FOLD } from "#engine/case.ts";
import type { Refusal } from "#engine/decision.ts";
import { COMMANDS, decide, timersOf } from "#engine/journey.ts";
import type { Timer } from "#engine/steps/step.ts";
import type { Instant } from "#engine/time/instant.ts";
import { handle } from "../handle.ts";
import type { Statement } from "../store/database/database.ts";
import type { Claim } from "../store/due-claims.ts";
import type { Snapshot } from "../store/snapshots.ts";
import { DONE, type Outcome, settled } from "./outcome.ts";
import { type Batch, performUnits, settle, unitsBy } from "./units.ts";

/**
 * Wake-ups of cases. What a case no longer wants, or would refuse, is found out from the snapshots of the whole batch,
 * read at once; only what it would accept goes through the write path, which decides anew.
 */
export async function runTimers(batch: Batch, claims: readonly Claim[]): Promise<void> {
	const cases = await readCases(batch, claims);
	const wanted: Claim[] = [];
	const known = [];
	for (const claim of claims) {
		const outcome = foreseen(batch, claim, cases.get(caseOf(claim)) ?? null);
		if (outcome) known.push(settled(claim, outcome, batch.now));
		else wanted.push(claim);
	}
	await settle(batch, known);
	const atOnce = batch.desk.database.kind === "postgres" ? 4 : 1;
	await performUnits(batch, unitsBy(wanted, caseOf), atOnce, (claim) => submit(batch, claim));
}

function caseOf({ company, stream }: Pick<Claim, "company" | "stream">): string {
	return `${company} ${stream}`;
}

async function readCases({ desk }: Batch, claims: readonly Claim[]): Promise<Map<string, Snapshot<Case>>> {
	const companies = [...Map.groupBy(claims, (one) => one.company)];
	const found = await desk.database.read(companies.map(([company, of]) => snapshotsOf(company, of)));
	return new Map(
		companies.flatMap(([company], n) =>
			(found[n] as Snapshot<Case>[]).map((row) => [caseOf({ company, stream: row.stream }), row] as const),
		),
	);
}

function snapshotsOf(company: string, claims: readonly Claim[]): Statement {
	return {
		name: "snapshots-of",
		sql: `select s.stream, s.seq, s.fold, s.head, s.state from unnest($2::text[]) as t(stream)
cross join lateral (select stream, seq, fold, head, state from snapshot where company = $1 and stream = t.stream limit 1) s`,
		parameters: [company, [...new Set(claims.map((one) => one.stream))]],
	};
}

/**
 * What will come of a timer as the case stands; null: it is to be submitted. The case's own set of wake-ups decides
 * whether it is still wanted, and when.
 */
function foreseen({ desk, now }: Batch, claim: Claim, row: Snapshot<Case> | null): Outcome | null {
	if (!row) return DONE;
	const { name, version } = row.state.pack;
	const pack = desk.packs.find(name, version);
	const { type, ...fields } = claim.payload as Timer["command"];
	const parsed = COMMANDS.get(type)?.schema.safeParse(fields);
	// whatever is out of order is for the write path to say
	if (row.fold !== FOLD || !pack || !parsed?.success) return null;
	const days = desk.days.current;
	const context = { now, actor: systemOf(claim.company), pack, days, words: {} };
	const decided = decide({ type, fields: parsed.data }, row.state, context);
	if (!decided.ok && decided.refusal.reason !== "TooEarly") return afterRefusal(decided.refusal, now);
	const wanted = timersOf(row.state, pack, days).find((one) => one.key === claim.key);
	if (!wanted) return DONE;
	if (wanted.at > now) return { is: "later", at: wanted.at };
	return decided.ok ? null : afterRefusal(decided.refusal, now);
}

async function submit({ desk, now }: Batch, claim: Claim): Promise<Outcome> {
	const { type, ...fields } = claim.payload as Timer["command"];
	const answer = await handle(desk, { actor: systemOf(claim.company), case: claim.stream, type, fields });
	if (answer.ok || "unknown" in answer) return DONE;
	if ("refusal" in answer) return afterRefusal(answer.refusal, now);
	const problems = "malformed" in answer ? answer.malformed.map((one) => `${one.at}: ${one.problem}`) : [];
	return { is: "failed", why: `${type} is malformed: ${problems.join("; ")}`, forGood: true };
}

/**
 * A refused timer has nothing more to do, with two exceptions: it came too early; or the system may not do what the
 * engine asked of it, which is a mistake to be seen.
 */
function afterRefusal({ reason, detail }: Refusal, now: Instant): Outcome {
	const due = detail.due;
	if (reason === "TooEarly" && typeof due === "string" && due > now) return { is: "later", at: due };
	const mistaken = reason === "NotAuthorised" || reason === "Malformed";
	return mistaken ? { is: "failed", why: reason, forGood: true } : DONE;
}
