import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { Case, EvidenceItem, SanctionKind } from "#engine/case.ts";
import type { Upheld } from "#engine/case-records.ts";
import type { Kept } from "#engine/kept.ts";
import type { GuardRules } from "#engine/packs/schema.ts";
import type { Bilingual } from "#engine/packs/words.ts";
import type { Source } from "#engine/rules/table.ts";
import type { Duration } from "#engine/time/calendar.ts";
import { type PackAnswer, type PackSent, packFrom } from "../../pack.ts";
import { readFirst } from "../first.ts";

/** What the page of whoever is complained of reads. */

export interface AtStake {
	allegation: string;
	kind: SanctionKind;
	points: number;
	days: number;
	source: Source;
}

export interface MyCase {
	id: string;
	number: string;
	pack: { name: string; version: string };
	categories: (string | null)[];
	orders: { number: string; takenAt: string | null }[];
	receivedAt: string | null;
	verbatim: Kept | null;
	kind: string;
	asks: { step: string; what: string; due: string | null; command: string; about: string | null }[];
	asked: { question: string; at: string; due: string } | null;
	closed: string | null;
	found: { upheld: Upheld; share: number }[];
	appealing: boolean;
	atStake: AtStake[];
	clocks: Case["clocks"];
	proof: Pick<EvidenceItem, "id" | "kind">[];
}

interface Grade {
	least: number;
	name: Bilingual;
	dispatch: Bilingual;
}

export interface Entry {
	id: string;
	at: string;
	kind: SanctionKind;
	points: number;
	until: string | null;
	lifted: string | null;
	reversed: string | null;
	case: string;
	number: string | null;
	inForce: boolean;
	inForceFrom: string;
	/** Not counted yet: from when on, and whether an appeal holds it up. */
	waits: { from: string; held: boolean } | null;
	rule: { row: string; source: Source } | null;
	categories: (string | null)[];
}

export interface MyScore {
	score: number;
	base: number;
	floor: number;
	ceiling: number;
	months: number;
	source: Source;
	grade: Grade | null;
	above: Grade | null;
	/** What it comes to once all that waits is in force; null: nothing waits. */
	soon: number | null;
	entries: Entry[];
	complaints: { year: number; upheld: number };
	praise: string[];
	block: { months: number; source: Source };
}

/** Somebody with whom I am not matched, by the case; they are not named. */
export interface MyBlock {
	case: string;
	number: string;
	sanction: string;
	at: string;
	until: string | null;
	/** Asked for by me, not by them. */
	mine: boolean;
	inForce: boolean;
}

export interface MyTraining {
	case: string;
	pack: string;
	id: string;
	training: string;
	name: Bilingual | null;
	due: string;
	result: { at: string; score: number; passed: boolean } | null;
}

export interface Mine {
	now: string;
	person: string;
	name: string | null;
	trade: string | null;
	cases: MyCase[];
	score: MyScore | null;
	blocks: MyBlock[];
	training: MyTraining[];
	proposals: (Case["improvement"]["proposals"][number] & { case: string; number: string })[];
	texts: Record<string, string>;
}

export const mineQuery = queryOptions({
	queryKey: ["mine"],
	staleTime: 5_000,
	refetchInterval: 30_000,
	queryFn: () => readFirst<Mine>("/api/mine"),
});

export interface Track {
	id: string;
	title: string;
	lines: { act: string; say: string }[];
}

export interface Coach {
	now: string;
	tracks: Track[];
	advice: Track[];
	explaining: Track[];
	appealing: Track[];
	doNot: { text: Bilingual; source: Source }[];
	contact: {
		to: string | null;
		today: number;
		tries: number;
		perDay: number;
		inAll: number;
		quiet: [string, string];
		barred: string | null;
		declined: boolean;
		/** Why no call may be made just now: the hour, or too many tries. */
		notNow: string | null;
		source: Source;
	};
	mayOffer: { offers: { item: string; ceiling: number; source: Source }[]; needs: Bilingual[] };
	offerStands: Duration;
	atStake: AtStake[];
	guard: Omit<z.output<typeof GuardRules>["phrases"][number], "source">[];
	causes: Record<string, Bilingual>;
	explanation: Duration;
	block: { months: number; possible: boolean };
	appeal: {
		window: Duration;
		supplement: Duration;
		decide: Duration;
		banWindow: Duration;
		source: Source;
		until: { finding: string; until: string }[];
	};
}

export const coachQuery = (kase: string) =>
	queryOptions({
		queryKey: ["coach", kase],
		staleTime: 5_000,
		queryFn: () => readFirst<Coach>(`/api/cases/${encodeURIComponent(kase)}/coach`),
	});

/** What a pack tells whoever stands outside the office. */
export interface PackTold extends Omit<PackSent, "categories"> {
	categories: {
		groups: Record<string, Bilingual>;
		categories: { id: string; group: string; name: Bilingual; plain: Bilingual; evidence: string[] }[];
	};
}

export interface PackKnown {
	sent: PackTold;
	pack: PackAnswer;
}

export const packToldQuery = (name: string, version?: string) =>
	queryOptions({
		queryKey: ["pack-told", name, version ?? "newest"],
		staleTime: Number.POSITIVE_INFINITY,
		enabled: name !== "",
		queryFn: async (): Promise<PackKnown> => {
			const which = version ? `?version=${encodeURIComponent(version)}` : "";
			const sent = await readFirst<PackTold>(`/api/packs/${encodeURIComponent(name)}${which}`);
			return { sent, pack: packFrom(sent) };
		},
	});
