import { infiniteQueryOptions } from "@tanstack/react-query";
import type { Case } from "#engine/case.ts";
import type { Refusal } from "#engine/decision.ts";
import type { StepName } from "#engine/steps/names.ts";
import type { Obligation } from "#engine/steps/step.ts";
import type { Viewer } from "#engine/views/case-view.ts";
import { ask } from "../../api.ts";

/** A case as a room of work shows it: what the room needs of it, what is asked, and what may be done. */
export interface WorkItem {
	case: Partial<Case> & Pick<Case, "id" | "number" | "pack" | "seq">;
	viewer: Viewer;
	step: StepName;
	due: string | null;
	statutoryDue: string | null;
	breached: boolean;
	duties: Obligation[];
	allowed: Record<string, true | Refusal>;
	/** Questions to one's own organisations. */
	asked?: string[];
	/** By appeal, by person: whether they may review it. */
	reviewers?: Record<string, Record<string, true | Refusal>>;
}

/** One line of a room: a case, or one matter of it. */
export interface Entry {
	id: string;
	item: WorkItem;
	/** The matter within the case. */
	about: string;
	due: string | null;
}

export interface WorkPage {
	items: WorkItem[];
	texts: Record<string, string>;
	next: string | null;
	/** What further pages hold is due no earlier than this; null: nobody knows, or never. */
	dueTo: string | null;
	now: string;
}

/** What is to be done in a case, one line a duty. */
export function dutiesIn(item: WorkItem): Entry[] {
	return item.duties.map(({ about = "", due }) => ({ id: `${item.case.id}.${about}`, item, about, due }));
}

/** @param room its address below /api/work */
export const workQuery = <P extends WorkPage = WorkPage>(room: string) =>
	infiniteQueryOptions({
		queryKey: ["work", room],
		staleTime: 10_000,
		refetchInterval: 60_000,
		initialPageParam: "",
		queryFn: ({ pageParam }) =>
			ask<P>("GET", `/api/work/${room}${pageParam ? `?after=${encodeURIComponent(pageParam)}` : ""}`),
		getNextPageParam: (page) => page.next,
	});
