import type { Actor } from "./actor.ts";
import type { Case } from "./case.ts";
import { type Act, cast, Stage, type Step } from "./given.ts";
import { Dice, fieldsFor, filing } from "./given-fields.ts";
import { damageAgreed, faultDone, settled } from "./given-story.ts";
import { allowed, COMMANDS, obligations } from "./journey.ts";
import type { LoadedPack } from "./packs/loaded.ts";
import { type Instant, instantPlus } from "./time/instant.ts";

/**
 * The test kit's monkey: picks commands that may be plausible here and now, by anybody, with fields that mostly make
 * sense, and lets time pass. What it plays is decided by a tape of numbers, so that a failing play can be shortened.
 */

/** One turn: numbers from which everything in it is chosen. */
export type Turn = readonly number[];

/** What a turn did. */
export interface Played {
	act: Act;
	before: Case;
	after: Case;
	now: Instant;
	refusal: string | null;
	/** What `allowed` said beforehand. */
	foretold: string | null;
	/** Places in the stage's history: first and one after the last event of this turn. */
	events: readonly [number, number];
	effects: readonly [number, number];
}

const CAST: readonly Actor[] = Object.values(cast);
const PASSING = [1, 1, 1, 10, 10, 30, 60, 300, 720, 1440, 3 * 1440, 9 * 1440];

/** Where a play may begin: mostly with nothing, now and then far into a story. */
const BEGINNINGS: readonly (readonly Step[])[] = [[], [], [], faultDone, damageAgreed, settled];

/** Plays a tape on a pack, from the filing or from a chapter of the story on. */
export function playRandomly(pack: LoadedPack, tape: readonly Turn[]): { stage: Stage; played: Played[] } {
	const stage = new Stage(pack, { cases: OTHER_CASES });
	const played: Played[] = [];
	for (const [n, turn] of tape.entries()) {
		const dice = new Dice(turn);
		if (n === 0) for (const step of dice.of(BEGINNINGS)) stage.play(step);
		const act = stage.kase.intake ? choose(stage, dice) : { by: cast.agent, ...filing(dice, stage) };
		played.push(turnOf(stage, act));
		stage.pass(instantPlus(stage.now, { minutes: dice.of(PASSING) }));
	}
	return { stage, played };
}

function turnOf(stage: Stage, act: Act): Played {
	const before = stage.kase;
	const [history, effects] = [stage.history.length, stage.effects.length];
	const foretold = allowed(act.type, before, stage.context(act.by))?.reason ?? null;
	const { refusal } = stage.try(act);
	return {
		act,
		before,
		after: stage.kase,
		now: stage.now,
		refusal: refusal?.reason ?? null,
		foretold,
		events: [history, stage.history.length],
		effects: [effects, stage.effects.length],
	};
}

/** Half of the time what has to be done next, else anything that somebody may do, now and then anything at all. */
function choose(stage: Stage, dice: Dice): Act {
	const how = dice.below(10);
	if (how < 5) {
		const due = obligations(stage.kase, stage.pack, stage.now);
		const one = due.length > 0 ? dice.of(due) : null;
		const type = one && overTheLimit(one.command, stage) && dice.often() ? "RequestApproval" : one?.command;
		const able = type ? CAST.filter((by) => allowed(type, stage.kase, stage.context(by)) === null) : [];
		if (one && type && able.length > 0) {
			const { who } = one;
			const meant = able.filter((by) => "capability" in who && by.capabilities.includes(who.capability));
			const by = dice.of(meant.length > 0 ? meant : able);
			return fitting(stage, () => ({ by, type, fields: fieldsFor(type, stage, by, dice, one.about) }));
		}
	}
	const by = dice.of(CAST);
	const able = [...COMMANDS.keys()].filter((type) => allowed(type, stage.kase, stage.context(by)) === null);
	const anything = (how === 9 && dice.below(2) === 0) || able.length === 0;
	const draw = () => {
		const type = dice.of(anything ? [...COMMANDS.keys()] : able);
		return { by, type, fields: fieldsFor(type, stage, by, dice) };
	};
	return anything ? draw() : fitting(stage, draw);
}

/** What was reckoned is more than a handler may offer, and nobody has agreed to it yet. */
function overTheLimit(command: string, { kase }: Stage): boolean {
	const total = kase.computations.at(-1)?.total.amount ?? 0;
	return command === "MakeOffer" && total > 10_000 && !kase.approvals.some((one) => one.agreed);
}

/** The first of a few draws that would be accepted; the last one, if none is. */
function fitting(stage: Stage, draw: () => Act): Act {
	for (let left = 3; left > 0; left--) {
		const one = draw();
		if (stage.would(one)) return one;
	}
	return draw();
}

const OTHER_CASES = {
	"case-2": { id: "case-2", number: "N2", closed: false, orders: [], joined: false },
	"case-3": { id: "case-3", number: "N3", closed: true, orders: [], joined: false },
	"case-4": { id: "case-4", number: "N4", closed: false, orders: [], joined: true },
};
