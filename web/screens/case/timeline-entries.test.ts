import { expect, test } from "vitest";
import type { HistoryEvent, Notice } from "../../api.ts";
import { entriesOf, rowsOf, type Sources } from "./timeline-entries.ts";

const party = (id: string, side: "complainant" | "respondent", person: string | null = null) =>
	({ id, side, person }) as Sources["kase"]["parties"][number];
const kase = {
	parties: [party("p1", "complainant"), party("p2", "respondent", "courier-1")],
	orders: [{ id: "o1", number: "SF1", events: [{ at: "2026-03-01T00:00:00Z", what: "picked-up" }] }],
} as unknown as Sources["kase"];
const kept = (ref: string) => ({ ref, hash: "0" });

let seq = 0;
const event = (type: string, hour: number, data: object = {}, actor = "handler"): HistoryEvent => {
	seq += 1;
	const at = `2026-03-02T${String(hour).padStart(2, "0")}:00:00Z`;
	return { seq, at, actor, type, data: data as Record<string, unknown> };
};
const notice = (id: string, hour: number, recipient: string, wording: string): Notice =>
	({ id, at: `2026-03-02T${String(hour).padStart(2, "0")}:00:01Z`, recipient, wording }) as Notice;

const merge = (events: HistoryEvent[], notices: Notice[] = []) => entriesOf({ kase, events, notices });

test("order events, history and notices in the order in which they happened", () => {
	const merged = merge(
		[event("ComplaintFiled", 1, { verbatim: kept("w1") }), event("CaseClaimed", 3)],
		[notice("n1", 2, "party:p1", "complaint-received")],
	);
	expect(merged.map(({ kind, side }) => [kind, side])).toEqual([
		["order", "other"],
		["message", "complainant"],
		["message", "company"],
		["act", "company"],
	]);
	expect(merged[1]?.words).toEqual(["w1"]);
	expect(merged[2]).toMatchObject({ from: "company", to: "p1", notice: { id: "n1" } });
});

test("each side's words are its own, by their nature or by who wrote them", () => {
	const sides = merge([
		event("Explained", 1, { heard: { words: kept("w") } }),
		event("MessageSent", 2, { from: "p1", to: "company", words: kept("a") }, "link:c:p1"),
		event("MessageSent", 3, { from: "company", to: "p2", words: kept("b") }),
		event("OfferAccepted", 4, {}, "link:c:p1"),
		event("EvidenceAdded", 5, {}, "courier-1"),
	])
		.filter((one) => one.event)
		.map(({ side }) => side);
	expect(sides).toEqual(["respondent", "complainant", "company", "complainant", "respondent"]);
});

test("a message carries the notice that told of it, each its own; notices to colleagues stay out", () => {
	const sent = (hour: number, to: string) =>
		event("MessageSent", hour, { from: "company", to, words: kept("a") });
	const merged = merge(
		[sent(1, "p1"), sent(2, "p2"), sent(3, "p1")],
		[
			notice("third", 3, "party:p1", "message"),
			notice("second", 2, "person:courier-1", "message"),
			notice("first", 1, "party:p1", "message"),
			notice("colleague", 2, "person:handler", "clock-warning"),
		],
	);
	expect(merged.flatMap(({ notice: told }) => told?.id ?? [])).toEqual(["first", "second", "third"]);
});

test("a call stands at the time at which it was made", () => {
	const contact = { party: "p1", at: "2026-03-02T01:30:00Z", words: kept("k") };
	const [, filed, call, claimed] = merge([
		event("ComplaintFiled", 1),
		event("CaseClaimed", 2),
		event("ContactRecorded", 5, { contact }),
	]);
	expect([filed, call, claimed].map((one) => one?.event?.type)).toEqual([
		"ComplaintFiled",
		"ContactRecorded",
		"CaseClaimed",
	]);
	expect(call).toMatchObject({ kind: "call", to: "p1", at: contact.at });
});

test("internal words are marked, names and addresses are no words", () => {
	const [, note, filed] = merge([
		event("NoteAdded", 1, { words: kept("n"), mentions: [] }),
		event("ComplaintFiled", 2, { verbatim: kept("v"), parties: [{ name: kept("x") }], place: kept("y") }),
	]);
	expect(note).toMatchObject({ kind: "internal", internal: true, words: ["n"] });
	expect(filed).toMatchObject({ internal: false, words: ["v"] });
});

test("rows: a heading for each day, clocks drawn together only where everything is shown", () => {
	const entries = merge([
		event("ClockStarted", 1),
		event("ClockWarned", 2),
		event("NoteAdded", 3, { words: kept("n") }),
		event("ClockBreached", 4),
	]);
	const dayOf = (at: string) => at.slice(0, 10);
	expect(rowsOf(entries, "all", dayOf).map((one) => one.is)).toEqual([
		"day",
		"entry",
		"day",
		"clocks",
		"entry",
		"clocks",
	]);
	expect(rowsOf(entries, "clock", dayOf).map((one) => one.is)).toEqual(["day", "entry", "entry", "entry"]);
	expect(rowsOf(entries, "internal", dayOf)).toHaveLength(2);
	expect(rowsOf(entries, "call", dayOf)).toEqual([]);
});

test("five hundred entries are merged in no time", () => {
	const events = Array.from({ length: 2_000 }, (_, n) =>
		event("MessageSent", n % 24, { from: "company", to: "p1", words: kept(`w${n}`) }),
	);
	const notices = Array.from({ length: 500 }, (_, n) => notice(`n${n}`, n % 24, "party:p1", "message"));
	const before = performance.now();
	expect(merge(events, notices)).toHaveLength(2_001);
	expect(performance.now() - before).toBeLessThan(500);
});
