import { useCallback, useMemo, useRef, useState } from "react";
import type { CaseRow } from "../../api.ts";
import { useKey } from "../../keys.ts";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { MOST_MARKED, rangeOf, turned } from "./marking.ts";
import { content } from "./words.yaml";

/** Cases marked for something to be done to all of them. */
export interface Marks {
	ids: ReadonlySet<string>;
	has: (id: string) => boolean;
	/** `range`: everything from the one turned before. */
	turn: (id: string, range: boolean) => void;
	set: (ids: readonly string[]) => void;
	clear: () => void;
}

export function useMarks(rows: readonly { id: string }[]): Marks {
	const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
	const latest = useRef(rows);
	latest.current = rows;
	const before = useRef<string | null>(null);
	const turn = useCallback((id: string, range: boolean) => {
		const all = rangeOf(latest.current, range ? before.current : null, id);
		setIds((known) => turned(known, all, id));
		before.current = id;
	}, []);
	const set = useCallback((all: readonly string[]) => setIds(new Set(all.slice(0, MOST_MARKED))), []);
	const clear = useCallback(() => setIds(new Set()), []);
	return useMemo(
		() => ({ ids, has: (id: string) => ids.has(id), turn, set, clear }),
		[ids, turn, set, clear],
	);
}

export function useMarkKeys(marks: Marks, chosen: CaseRow | undefined, rows: readonly CaseRow[]): void {
	const t = useRoomWords(content as RoomWords);
	useKey("x", t("mark"), () => chosen && marks.turn(chosen.id, false), chosen !== undefined);
	useKey("shift+x", t("mark-all"), () => marks.set(rows.map((one) => one.id)), rows.length > 0);
	useKey("escape", t("unmark"), marks.clear, marks.ids.size > 0);
}
