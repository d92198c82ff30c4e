import fc from "fast-check";
import { expect, test } from "vitest";
import {
	blacklisting,
	type ConductEntry,
	type ConductEvent,
	emptyConduct,
	entriesInForce,
	evolveConduct,
	scoreAt,
} from "./conduct.ts";
import { instantPlus } from "./time/instant.ts";

const RULES = { base: 20, floor: 0, ceiling: 24 };
const DAY1 = "2026-03-02T02:00:00.000Z";
const day = (n: number) => instantPlus(DAY1, { days: n });

const entered = (id: string, fields: Partial<ConductEntry> = {}): ConductEvent => ({
	type: "ConductEntered",
	data: {
		id,
		case: "case-1",
		kind: "points",
		points: -3,
		until: day(365),
		against: null,
		rule: "t/r",
		inForce: DAY1,
		...fields,
	},
});
const lifted = (id: string): ConductEvent => ({ type: "ConductLifted", data: { id } });
const reversed = (id: string): ConductEvent => ({ type: "ConductReversed", data: { id } });
const counted = (kase: string, provedFalse: boolean): ConductEvent => ({
	type: "ComplaintCounted",
	data: { case: kase, upheld: false, provedFalse },
});
/** Each event on its own day. */
const file = (...events: ConductEvent[]) =>
	events.reduce(
		(known, event, n) => evolveConduct(known, event, { at: day(n), by: "quality", seq: n + 1 }),
		emptyConduct("courier-1", "acme"),
	);

test("points count from the day they are in force until their term is over", () => {
	const known = file(entered("a", { inForce: day(3), until: day(10) }));
	expect([day(2), day(3), day(9), day(10)].map((at) => scoreAt(known, at, RULES))).toEqual([20, 17, 17, 20]);
	expect(entriesInForce(file(entered("a", { until: null })), day(9999))).toHaveLength(1);
});

test("a lifted entry counts until it was lifted, a reversed one never", () => {
	const off = file(entered("a"), entered("b"), lifted("a"));
	expect([day(1), day(2)].map((at) => scoreAt(off, at, RULES))).toEqual([14, 17]);
	const back = file(entered("a"), entered("b"), reversed("a"));
	expect([day(0), day(1), day(2)].map((at) => scoreAt(back, at, RULES))).toEqual([17, 17, 17]);
	expect(back.entries.map((one) => one.reversed !== null)).toEqual([true, false]);
});

test("the score stays between floor and ceiling, and what is above it is not saved up", () => {
	expect(scoreAt(file(entered("a", { points: -50 })), day(1), RULES)).toBe(0);
	expect(scoreAt(file(entered("a", { points: 9 })), day(1), RULES)).toBe(24);
	expect(scoreAt(file(entered("a", { points: 9 }), entered("b", { points: -9 })), day(1), RULES)).toBe(20);
});

test("reversing an entry leaves the score that there would have been without it", () => {
	const points = fc.integer({ min: -10, max: 5 });
	fc.assert(
		fc.property(fc.array(points, { minLength: 1, maxLength: 8 }), fc.nat(), (list, pick) => {
			const gone = pick % list.length;
			const entries = list.map((value, n) => entered(`s${n}`, { points: value }));
			const without = entries.filter((_, n) => n !== gone);
			expect(scoreAt(file(...entries, reversed(`s${gone}`)), day(20), RULES)).toBe(
				scoreAt(file(...without), day(20), RULES),
			);
		}),
	);
});

test("a safety measure that was kept ends on its day", () => {
	const known = file(entered("m", { kind: "safety-measure", points: 0, until: null }), {
		type: "ConductTermSet",
		data: { id: "m", until: day(5) },
	});
	expect([day(4), day(5)].map((at) => entriesInForce(known, at).length)).toEqual([1, 0]);
});

test("a complaint counts once, as it ended last", () => {
	const known = file(counted("c1", false), counted("c2", false), counted("c1", true));
	expect(known.complaints.map((one) => [one.case, one.provedFalse])).toEqual([
		["c2", false],
		["c1", true],
	]);
	expect(known.seq).toBe(3);
});

test("a blacklist entry looks at count and proportion within its period, and for a warning that stands", () => {
	const warning = entered("w", { kind: "customer-warning", points: 0 });
	const known = file(warning, counted("c1", true), counted("c2", true), counted("c3", false));
	expect(blacklisting(known, day(10), 30)).toEqual({ proved: 2, percent: 66, warned: true });
	expect(blacklisting(known, day(32), 30)).toEqual({ proved: 1, percent: 50, warned: true });
	expect(blacklisting(known, day(400), 30)).toEqual({ proved: 0, percent: 0, warned: true });
	expect(blacklisting(file(warning, reversed("w")), day(10), 30).warned).toBe(false);
});
