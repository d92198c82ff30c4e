import { expect, test } from "vitest";
import { type Case, emptyCase } from "#engine/case.ts";
import { nextOf } from "./standing.ts";

const NOW = "2026-05-02T00:00:00Z";
const kase = (how: Partial<Case>): Case => ({
	...emptyCase("c1", "acme", "1", { name: "express", version: "2026-01" }),
	...how,
});
const asked = {
	id: "q1",
	to: { party: "p2" },
	about: "explanation",
	due: "2026-05-03T00:00:00Z",
} as unknown as Case["questions"][number];
const coach = (how: object = {}) =>
	({ now: NOW, contact: { barred: null }, appeal: { until: [] }, ...how }) as unknown as Parameters<
		typeof nextOf
	>[1];
const answer = (how: Partial<Case>, obligations: object[] = []) =>
	({ case: kase(how), own: "p2", obligations }) as unknown as Parameters<typeof nextOf>[0];
const contact = (due: string) => [{ command: "RecordContact", due }];

test("what is due first is asked first, and contact not at all where it is barred", () => {
	const both = (due: string) => answer({ questions: [asked] }, contact(due));
	expect(nextOf(both("2026-05-02T10:00:00Z"), coach()).is).toBe("contact");
	expect(nextOf(both("2026-05-09T00:00:00Z"), coach()).is).toBe("explain");
	expect(nextOf(both("2026-05-02T10:00:00Z"), coach({ contact: { barred: "no" } })).is).toBe("explain");
});

test("a finding can be appealed against while its window is open, and once", () => {
	const finding = { id: "f1", allegation: "a1", upheld: "yes" } as Case["findings"][number];
	const open = coach({ appeal: { until: [{ finding: "f1", until: "2026-05-04T00:00:00Z" }] } });
	expect(nextOf(answer({ findings: [finding] }), open)).toMatchObject({
		is: "appeal",
		until: "2026-05-04T00:00:00Z",
	});
	const over = coach({ appeal: { until: [{ finding: "f1", until: "2026-05-01T00:00:00Z" }] } });
	expect(nextOf(answer({ findings: [finding] }), over).is).toBe("wait");
	const lodged = { against: { findings: ["f1"] }, decided: null } as unknown as Case["appeals"][number];
	expect(nextOf(answer({ findings: [finding], appeals: [lodged] }), open).is).toBe("wait");
});

test("a question that was answered, or is another's, asks nothing", () => {
	const done = { ...asked, answer: { at: NOW } } as unknown as Case["questions"][number];
	const theirs = { ...asked, to: { party: "p1" } } as Case["questions"][number];
	expect(nextOf(answer({ questions: [done, theirs] }), coach()).is).toBe("wait");
});
