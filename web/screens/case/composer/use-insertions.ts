import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { CaseAnswer } from "../../../api.ts";
import type { Names } from "../../../labels.ts";
import { blanksQuery, directoryQuery, studiesQuery } from "../../../queries.ts";
import { aboutOf } from "../../../steps/talk-track.tsx";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { type Insertion, type Prefix, peopleFor, studiesFor, wordingFor } from "./insertions.ts";
import type { Target } from "./targets.ts";
import { content } from "./words.yaml";

/** What the signs may put in when one writes to somebody: people into notes alone, a case's number never outside. */
export function useInsertions(
	names: Names,
	answer: CaseAnswer,
	{ kind, to }: Target,
): Partial<Record<Prefix, readonly Insertion[]>> {
	const t = useRoomWords(content as RoomWords);
	const { kase } = names;
	const staff = answer.viewer === "staff";
	const open = answer.standings.filter((one) => one.standing === "open").map((one) => one.step);
	const step = open[0] ?? "contact";
	const blanks = useQuery({ ...blanksQuery(kase.id, kase.seq, to ?? "", step), enabled: staff }).data;
	const studies = useQuery({ ...studiesQuery(kase.pack.name), enabled: staff }).data;
	const people = useQuery({ ...directoryQuery, enabled: kind === "note" }).data?.people;
	const opened = open.join();
	// biome-ignore lint/correctness/useExhaustiveDependencies: opened stands for open
	return useMemo(() => {
		if (!staff) return {};
		const side = kind === "department" ? "department" : kind === "respondent" ? "respondent" : "complainant";
		return {
			wording: wordingFor(names, side, aboutOf(names), open, blanks ?? {}),
			...(kind === "note" && { person: peopleFor(people ?? {}, (role) => names.say.of("roles", role)) }),
			study: studiesFor(studies ?? [], ({ number, lesson }) =>
				kind === "note" ? t("study", { number, lesson }) : lesson,
			),
		};
	}, [names, staff, kind, blanks, studies, people, opened, t]);
}
