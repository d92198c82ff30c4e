import { queryOptions } from "@tanstack/react-query";
import type { OrderPlace, PhotoAccount, PhotoFlag } from "#engine/photo-flags.ts";
import { ask } from "../../api.ts";

/** What a file says of itself, against its order and against what was seen before. */
export interface Checks {
	photo: (PhotoAccount & { zoneSupposed: boolean }) | null;
	/** It is a picture with enough in it to be looked for in other cases. */
	comparable: boolean;
	orderedAt: string | null;
	endedAt: string | null;
	receivedAt: string;
	flags: PhotoFlag[];
	nearest: { place: OrderPlace; metres: number } | null;
	/** How many places of the order its book knows. */
	places: number;
	elsewhere: Elsewhere[];
}

export interface Elsewhere {
	/** Null: one that you may not open. */
	case: { id: string; number: string; evidence: string | null } | null;
	/** Where it was made on the road, and is in no case. */
	order: string | null;
	same: "file" | "picture";
	/** Of 256 bits. */
	differs: number;
}

export function evidenceChecksQuery(kase: string, evidence: string) {
	return queryOptions({
		queryKey: ["evidence-checks", kase, evidence],
		staleTime: 60_000,
		queryFn: () =>
			ask<Checks>(
				"GET",
				`/api/cases/${encodeURIComponent(kase)}/evidence/${encodeURIComponent(evidence)}/checks`,
			),
	});
}
