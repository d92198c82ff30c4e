import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import { type Case, emptyCase, isRestricted, remedyRound } from "./case.ts";
import { scoreAt } from "./conduct.ts";
import { REASONS } from "./decision.ts";
import { COMPANY, cast, linkTo, Stage } from "./given.ts";
import { type Played, playRandomly, type Turn } from "./given-random.ts";
import { filed } from "./given-story.ts";
import { guardText } from "./guard.ts";
import { allowed, COMMANDS, EVENTS, evolve, obligations, timersOf } from "./journey.ts";
import { committed } from "./steps/approval-committed.ts";
import { limitFor } from "./steps/approval-limits.ts";
import type { Event } from "./steps/event.ts";
import { isPaid } from "./steps/execution-items.ts";
import { dayOf } from "./time/instant.ts";
import { clockTimeIn } from "./time/wall.ts";

/**
 * The laws of the engine over random plays of forty to sixty commands, by anybody, with time passing. One seed, so that
 * every law looks at the same plays and each is played once; a law that breaks is shrunk to a short play.
 */
const express = await readShippedPack("express");
/** `LAWS_SEED=7` looks at other plays. */
const other = process.env.LAWS_SEED;
const PLAYS = { numRuns: 80, seed: Number(other ?? 20260302), endOnFailure: other !== undefined };

interface Play {
	stage: Stage;
	played: Played[];
}
const tape = fc.array(fc.array(fc.nat(99_999), { minLength: 6, maxLength: 6 }), {
	minLength: 30,
	maxLength: 60,
});
const known = new Map<string, Play>();
function playOf(turns: readonly Turn[]): Play {
	const key = JSON.stringify(turns);
	const play = known.get(key) ?? playRandomly(express, turns);
	known.set(key, play);
	return play;
}
function law(name: string, holds: (play: Play) => void): void {
	test(
		name,
		() =>
			fc.assert(
				fc.property(tape, (turns) => holds(playOf(turns))),
				PLAYS,
			),
		120_000,
	);
}

const eventsOf = ({ stage }: Play, one: Played): Event[] =>
	stage.history.slice(...one.events).map((entry) => entry.event);
/** Every event with the turn that brought it; those of timers have none. */
function each(play: Play, type: string, look: (data: never, one: Played, event: Event) => void): void {
	for (const one of play.played)
		for (const event of eventsOf(play, one)) if (event.type === type) look(event.data as never, one, event);
}

/** Places that JSON would leave out. */
function undefinedIn(value: unknown, at = ""): string[] {
	if (value === undefined) return [at];
	if (value === null || typeof value !== "object") return [];
	return Object.entries(value).flatMap(([key, one]) => undefinedIn(one, `${at}.${key}`));
}

describe("law 1: history is everything", () => {
	law("the case is the fold of its history", ({ stage }) => {
		const start = emptyCase(stage.kase.id, COMPANY, stage.kase.number, stage.kase.pack);
		const folded = stage.history.reduce((kase, { event, meta }) => evolve(kase, event, meta), start);
		expect(JSON.stringify(folded)).toBe(JSON.stringify(stage.kase));
	});
	law(
		"case and history are plain data: JSON gives them back unchanged, and folds to the same",
		({ stage }) => {
			expect([...undefinedIn(stage.kase), ...undefinedIn(stage.history)]).toEqual([]);
			const read = JSON.parse(JSON.stringify(stage.history)) as Stage["history"];
			const start = emptyCase(stage.kase.id, COMPANY, stage.kase.number, stage.kase.pack);
			const folded = read.reduce((kase, { event, meta }) => evolve(kase, event, meta), start);
			expect(JSON.stringify(folded)).toBe(JSON.stringify(stage.kase));
		},
	);
});

describe("law 2: nobody at fault unheard", () => {
	law(
		"a share of fault comes after an explanation, a no-reply after its due time, or an attestation by another",
		(play) => {
			each(play, "FindingDecided", (data: { shares: Record<string, number> }, { before, act: { by } }) => {
				for (const party of before.parties) {
					if (!data.shares[party.id] || party.side === "complainant" || party.side === "company") continue;
					const heard = before.hearings.filter((one) => one.party === party.id && one.attestedBy !== by.id);
					expect(heard.map((one) => one.how)).not.toEqual([]);
				}
			});
			for (const { event, meta } of play.stage.history) {
				if (event.type !== "NoReplyRecorded") continue;
				const question = play.stage.kase.questions.find(
					(one) => one.id === (event.data as { about: string }).about,
				);
				expect(meta.at >= (question?.due ?? "")).toBe(true);
			}
		},
	);
	law("what the company owes is decided without waiting for fault", ({ played }) => {
		for (const {
			act: { type },
			foretold,
		} of played)
			if (type === "MakeOffer" || type === "ComputeRemedy") expect(foretold).not.toBe("Unheard");
	});
});

describe("law 3: no one decides twice", () => {
	const LINE = ["FindingDecided", "ApprovalGiven", "ApprovalRatified", "AppealDecided", "ReviewerAssigned"];
	law("none of the accused's own line finds, agrees, reviews or pays", (play) => {
		for (const one of play.played) {
			const accused = one.before.allegations.some((a) => !a.withdrawn && a.accused.includes("p2"));
			if (!accused || one.refusal) continue;
			for (const { type, data } of eventsOf(play, one)) {
				const pays = type === "ItemStarted" && (data as { key: string | null }).key !== null;
				const { person = one.act.by.id } = data as { person?: string };
				if (LINE.includes(type) || pays) expect(person).not.toBe("insider");
			}
		}
	});
	law("an approver proposed neither the ceiling nor an offer, and does not pay", (play) => {
		each(play, "ApprovalGiven", (data: { about: string }, { before, act: { by } }) => {
			expect(before.approvals.find((one) => one.id === data.about)?.by).not.toBe(by.id);
			expect(before.offers.filter((one) => one.from === "company").map((one) => one.by)).not.toContain(by.id);
		});
		each(play, "ItemStarted", (data: { key: string | null }, { before, act: { by } }) => {
			const agreed = before.approvals.flatMap((one) => [one.agreed?.by, one.ratify?.done?.by]);
			if (data.key) expect(agreed).not.toContain(by.id);
		});
	});
	law("an offer above the handler's limit rests on somebody else's agreement", (play) => {
		each(
			play,
			"OfferMade",
			(data: { from: string; total: { amount: number } }, { before, act: { by }, now }) => {
				const total = committed(before) + data.total.amount;
				if (data.from !== "company" || total === 0) return;
				const limit = limitFor(before, { amount: total, currency: "CNY" }, { pack: express, now });
				if ("reason" in limit || limit.by === "none") return;
				const others = before.approvals.filter(
					(one) => one.agreed && one.agreed.by !== by.id && !one.ratify?.refused,
				);
				expect(Math.max(0, ...others.map((one) => one.agreed?.ceiling.amount ?? 0))).toBeGreaterThanOrEqual(
					total,
				);
			},
		);
	});
	law("a reviewer has decided nothing in the case, and a new round is found by others", (play) => {
		each(play, "AppealDecided", (_: never, { before, act: { by } }) => {
			const deciders = [
				...before.findings.map((one) => one.by),
				...before.approvals.flatMap((one) => one.agreed?.by ?? []),
				before.closure?.by,
				before.owner?.person,
			];
			expect(deciders).not.toContain(by.id);
		});
		each(play, "FindingDecided", (_: never, { before, act: { by } }) => {
			expect(before.rounds.flatMap((one) => one.deciders)).not.toContain(by.id);
		});
	});
});

describe("law 4: clocks", () => {
	const MOVES = new Set(["ClockResumed", "ClockRegraded", "PromiseExtended", "ProceedingExtended"]);
	law(
		"a due time moves by a resumption, regrading or extension alone, and its past stays readable",
		({ stage }) => {
			let kase = emptyCase(stage.kase.id, COMPANY, stage.kase.number, stage.kase.pack);
			for (const { event, meta } of stage.history) {
				const next = evolve(kase, event, meta);
				for (const clock of kase.clocks) {
					const after = next.clocks.find((one) => one.id === clock.id);
					expect(after?.dues.slice(0, clock.dues.length)).toEqual(clock.dues);
					expect(after?.dues.at(-1)?.due).toBe(after?.due);
					if (clock.stopped) expect(after).toEqual(clock);
					if (after?.due !== clock.due) expect(MOVES).toContain(event.type);
					if (event.type === "ClockResumed") expect((after?.due ?? "") >= clock.due).toBe(true);
				}
				kase = next;
			}
		},
	);
	law("a statutory clock runs from receipt and never pauses", ({ stage }) => {
		for (const clock of stage.kase.clocks) {
			if (clock.kind !== "statutory") continue;
			expect(clock.pauses).toEqual([]);
			if (clock.name === "resolve") expect(clock.startedAt).toBe(stage.kase.intake?.receivedAt);
		}
	});
	law(
		"what has happened is never later than what is next, and one clock of a name runs at a time",
		({ stage }) => {
			const running = stage.kase.clocks
				.filter((one) => !one.stopped)
				.map((one) => `${one.name} ${one.party}`);
			expect(new Set(running).size).toBe(running.length);
		},
	);
});

describe("law 5: a rule shows itself", () => {
	law("every computed amount is the value of a row with its source and arithmetic", ({ stage }) => {
		for (const line of stage.kase.computations.flatMap((one) => one.lines)) {
			expect(line.explanation?.source.ref).toBeTruthy();
			const reckoned = line.explanation?.arithmetic.find((one) => one.result === "amount");
			if (line.amount) expect(reckoned?.value).toBe(line.amount.amount);
		}
		for (const one of stage.kase.findings)
			if (one.explanation) expect(one.explanation.source.ref).toBeTruthy();
		for (const clock of stage.kase.clocks) expect(clock.rule?.source).toBeTruthy();
	});
});

describe("law 6: money moves once, under its ceiling", () => {
	law(
		"every order to pay has a key of its own, none goes out while another is on its way, none after it arrived",
		({ stage, played }) => {
			const keys = stage.effects.flatMap((one) => (one.do === "pay" ? [one.key] : []));
			expect(new Set(keys).size).toBe(keys.length);
			for (const one of played)
				for (const effect of stage.effects.slice(...one.effects)) {
					if (effect.do !== "pay") continue;
					const item = one.before.items.find((known) => known.id === effect.item);
					expect([item?.pending, item?.done, item?.waived, item?.replacedBy]).toEqual([
						null,
						null,
						null,
						null,
					]);
				}
			const done = stage.history.flatMap(({ event }) =>
				event.type === "ItemDone" ? [(event.data as { item: string }).item] : [],
			);
			expect(new Set(done).size).toBe(done.length);
		},
	);
	law("nothing the company pays takes the case above what somebody may give or has agreed to", (play) => {
		each(play, "ItemStarted", (data: { item: string }, { before, now }) => {
			const item = before.items.find((one) => one.id === data.item);
			const own = before.offers.find((one) => one.id === item?.from)?.from === "respondent";
			if (!item || !isPaid(item) || own) return;
			const total = { amount: committed(before), currency: "CNY" };
			const limit = limitFor(before, total, { pack: express, now });
			const ceilings = before.approvals.flatMap((one) =>
				one.agreed && !one.ratify?.refused ? [one.agreed.ceiling.amount] : [],
			);
			if (!("reason" in limit) && limit.by !== "none")
				expect(Math.max(0, ...ceilings)).toBeGreaterThanOrEqual(total.amount);
		});
	});
	law("what arrived stays arrived, whatever is reversed later", (play) => {
		for (const { before, after } of play.played)
			for (const item of before.items)
				if (item.done) expect(after.items.find((one) => one.id === item.id)?.done).toEqual(item.done);
	});
});

describe("law 7: sanctions wait, and a reversal restores", () => {
	law("none comes into force before its window is over or while it is appealed against", (play) => {
		let kase = emptyCase(play.stage.kase.id, COMPANY, "", play.stage.kase.pack);
		for (const { event, meta } of play.stage.history) {
			if (event.type === "SanctionInForce") {
				const one = kase.sanctions.find(
					(known) => known.id === (event.data as { sanction: string }).sanction,
				);
				expect(meta.at >= (one?.effectiveFrom ?? "9")).toBe(true);
				expect((one?.effectiveFrom ?? "") > (one?.at ?? "9")).toBe(true);
				const pending = kase.appeals.filter((appeal) => !appeal.decided);
				expect(pending.map((appeal) => appeal.against.sanction)).not.toContain(one?.id);
				if (one?.finding)
					expect(pending.flatMap((appeal) => appeal.against.findings)).not.toContain(one.finding);
			}
			kase = evolve(kase, event, meta);
		}
	});
	law("a worker's score counts what is in force now, and nothing else", ({ stage }) => {
		const rules = express.data.reputation.score;
		for (const person of ["courier-1", "customer-1"]) {
			const counts = stage.kase.sanctions.filter(
				(one) =>
					one.subject === person &&
					one.inForce &&
					!one.lifted &&
					!one.reversed &&
					(!one.until || one.until > stage.now),
			);
			const sum = rules.base + counts.reduce((total, one) => total + one.points, 0);
			const file = stage.conduct[person];
			if (file)
				expect(scoreAt(file, stage.now, rules)).toBe(Math.max(rules.floor, Math.min(rules.ceiling, sum)));
			else expect(counts).toEqual([]);
		}
	});
	law("facts enter conduct files alone, and those of the case's own people", ({ stage }) => {
		const people = new Set(stage.kase.parties.map((one) => one.person));
		for (const effect of stage.effects) {
			if (effect.do !== "enter") continue;
			expect(effect.kind).toBe("conduct");
			expect(people).toContain(effect.stream);
		}
	});
});

const urgencyOf = (one: Case["allegations"][number]) =>
	express.categories.get(one.category ?? one.proposed?.category ?? "")?.urgency;

describe("law 8: the two sides speak through the platform", () => {
	law("attempts to reach the complainant are counted, capped, and quiet at night", ({ played }) => {
		const { perDay, inAll, quiet } = express.data.contact;
		const zone = express.data.head.zone;
		for (const { act: one, before, after, refusal } of played) {
			const made = after.contacts.at(-1);
			if (one.type !== "RecordContact" || refusal || !made || made.outcome === "reached") continue;
			const party = before.parties.find((known) => known.id === made.party);
			if (party?.side !== "complainant") continue;
			const tries = after.contacts.filter(
				(other) => other.party === made.party && other.outcome !== "reached",
			);
			expect(tries.length).toBeLessThanOrEqual(inAll);
			const sameDay = tries.filter((other) => dayOf(other.at, zone) === dayOf(made.at, zone));
			expect(sameDay.length).toBeLessThanOrEqual(perDay);
			const critical = [before.triage?.urgency, ...before.allegations.map(urgencyOf)].includes("critical");
			const time = clockTimeIn(made.at, zone);
			if (made.through !== "mail" && !critical) expect(time < quiet[0] && time >= quiet[1]).toBe(true);
		}
	});
	law("no message of staff or worker goes out against the guard", ({ stage, played }) => {
		for (const { act: one, refusal, after } of played) {
			const sent = after.messages.at(-1);
			const customers = after.parties.filter((party) => party.seat === "recipient").map((party) => party.id);
			if (one.type !== "SendMessage" || refusal || customers.includes(sent?.from ?? "")) continue;
			const findings = guardText(stage.words[sent?.words.ref ?? ""] ?? "", express);
			expect(findings.filter((found) => found.act === "block")).toEqual([]);
			expect(sent?.guard).toEqual(findings.map((found) => found.rule));
		}
	});
	law(
		"a restricted case has no direct talk, no offer by the accused, and is open to nobody uncalled",
		(play) => {
			for (const { before, act: one, refusal, after } of play.played) {
				if (isRestricted(after)) expect(after.directTalk?.closed ?? "none").toBeTruthy();
				if (!isRestricted(before)) continue;
				if (one.type === "OfferAsWorker" || one.type === "OpenDirectTalk") expect(refusal).not.toBeNull();
				// a corrective action of their own is the one thing that brings quality in
				const charged = before.improvement.actions.some((action) => action.owner === one.by.id);
				const outsider = one.by.id === "handler" || (one.by.id === "quality" && !charged);
				if (outsider) expect(refusal, `${one.by.id} ${one.type}`).not.toBeNull();
			}
		},
	);
});

describe("law 9: a block needs proof, and complaining stays open", () => {
	law("every block has proof and a term, costs no points, and is told", ({ stage }) => {
		for (const one of stage.kase.sanctions) {
			if (one.kind !== "block") continue;
			expect([one.evidence.length > 0, one.until !== null, one.points, one.against !== null]).toEqual([
				true,
				true,
				0,
				true,
			]);
			const told = stage.effects.filter((effect) => effect.do === "notify" && effect.notice === "block-made");
			expect(told).not.toEqual([]);
		}
	});
	law("the complainant may add to the complaint at any time, and file another", ({ stage, played }) => {
		for (const { after } of played) {
			const party = after.parties.find((one) => one.side === "complainant")?.id ?? "";
			expect(allowed("AmendComplaint", after, stage.context(linkTo(party)))).toBeNull();
		}
		const again = new Stage(express, { now: stage.now });
		expect(again.try({ ...filed(), by: cast.complainant }).refusal).toBeNull();
	});
});

describe("law 10: no word enters the history", () => {
	law("what was said is nowhere in events, case or effects: only where it is kept", ({ stage }) => {
		const all = JSON.stringify([stage.history, stage.kase, stage.effects]);
		for (const text of Object.values(stage.words)) expect(all.includes(text), text).toBe(false);
		expect(all).not.toContain("token");
	});
});

describe("law 11: a machine proposes, a person decides and says why", () => {
	law("overriding a category, a grade, a fault or a sanction carries a reason", (play) => {
		each(play, "AllegationClassified", (data: { from: string | null; category: string; why: unknown }) => {
			if (data.from !== null && data.from !== data.category) expect(data.why).not.toBeNull();
		});
		const graded = ({ triage }: { triage: NonNullable<Case["triage"]> }) => {
			const same = triage.urgency === triage.proposed.urgency && triage.severity === triage.proposed.severity;
			if (!same) expect(triage.why).not.toBeNull();
		};
		each(play, "CaseGraded", graded as never);
		each(play, "CaseRegraded", graded as never);
		each(play, "SanctionImposed", (data: { rule: unknown; kind: string; override: unknown }) => {
			if (!data.rule && data.kind !== "block" && data.kind !== "safety-measure")
				expect(data.override).not.toBeNull();
		});
	});
});

describe("law 12: every refusal says why, and changes nothing", () => {
	law("the reason is of the closed list, and the case is the same", ({ played }) => {
		for (const { refusal, before, after, events, effects } of played) {
			if (refusal === null) continue;
			expect(REASONS).toContain(refusal);
			expect(after).toBe(before);
			expect([events[0], effects[0]]).toEqual([events[1], effects[1]]);
		}
	});
	law("what is not allowed is refused for the same reason", ({ played }) => {
		for (const { foretold, refusal } of played)
			if (foretold !== null && refusal !== "Malformed") expect(refusal).toBe(foretold);
	});
});

describe("what is next", () => {
	law("every obligation has a command that somebody may do now", ({ stage, played }) => {
		for (const { after } of played.filter((_, n) => n % 4 === 0))
			for (const one of obligations(after, express, stage.now)) {
				expect(COMMANDS.has(one.command)).toBe(true);
				const able = Object.values(cast).filter(
					(by) => allowed(one.command, after, stage.context(by)) === null,
				);
				expect(able.length, `${one.step} ${one.what} ${one.command}`).toBeGreaterThan(0);
			}
	});
	law("every timer has a key of its own and fields that its command takes", ({ stage, played }) => {
		for (const { after } of played.filter((_, n) => n % 4 === 0)) {
			const timers = timersOf(after, express, stage.days);
			expect(new Set(timers.map((one) => one.key)).size).toBe(timers.length);
			for (const {
				command: { type, ...fields },
			} of timers)
				expect(COMMANDS.get(type)?.schema.safeParse(fields).success).toBe(true);
		}
	});
	law("an agreement of a round stays the round's, and the rounds only grow", ({ played }) => {
		for (const { before, after } of played)
			expect(remedyRound(after)).toBeGreaterThanOrEqual(remedyRound(before));
	});
});

test("the plays go deep: most commands are accepted, nearly every kind of event is met, many cases end", () => {
	const plays = fc.sample(tape, PLAYS).map(playOf);
	const turns = plays.flatMap((one) => one.played);
	const accepted = turns.filter((one) => one.refusal === null).length / turns.length;
	const met = new Set(plays.flatMap(({ stage }) => stage.history.map(({ event }) => event.type)));
	const share = (type: string) =>
		plays.filter(({ stage }) => stage.history.some(({ event }) => event.type === type)).length / plays.length;
	expect(accepted).toBeGreaterThan(0.6);
	expect(EVENTS.filter((type) => !met.has(type)).length).toBeLessThan(16);
	expect(share("CaseClosed")).toBeGreaterThan(0.3);
	expect(share("FindingDecided")).toBeGreaterThan(0.3);
	expect(share("ItemStarted")).toBeGreaterThan(0.1);
	expect(share("AppealDecided")).toBeGreaterThan(0.02);
});
