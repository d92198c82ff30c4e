import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Select } from "antd";
import { useState } from "react";
import type { CasePage } from "../api.ts";
import { readStored, store } from "../parts/stored.ts";
import { type RoomWords, useRoomWords } from "../words.ts";
import { content } from "./words.yaml";

/** What happens once something was sent: stay, the next case of the list, or back to the list. The choice is kept. */

const AFTERS = ["stay", "next", "close"] as const;
type After = (typeof AFTERS)[number];
const NAME = "after";

export function useAfter(kase: string): { after: After; choose: (after: After) => void; go: () => void } {
	const [after, setAfter] = useState<After>(() => AFTERS.find((one) => one === readStored(NAME)) ?? "stay");
	const queries = useQueryClient();
	const navigate = useNavigate();
	const choose = (chosen: After) => {
		store(NAME, chosen);
		setAfter(chosen);
	};
	const go = () => {
		if (after === "stay") return;
		const lists = queries.getQueriesData<{ pages?: CasePage[] }>({ queryKey: ["case-list"] });
		const next =
			after === "next"
				? nextIn(
						lists.map(([, data]) => data?.pages ?? []),
						kase,
					)
				: null;
		const search = (before: object) => ({ ...before, do: undefined, about: undefined });
		if (next) void navigate({ to: "/cases/$id", params: { id: next }, search: search as never });
		else void navigate({ to: "/", search: search as never });
	};
	return { after, choose, go };
}

/** The case after this one in the list it stands in; null: it is the last, or in none. */
export function nextIn(lists: readonly (readonly CasePage[])[], kase: string): string | null {
	for (const pages of lists) {
		const ids = pages.flatMap(({ cases }) => cases.map((one) => one.id));
		const place = ids.indexOf(kase);
		if (place >= 0) return ids[place + 1] ?? null;
	}
	return null;
}

export function AfterChoice({ after, choose }: Pick<ReturnType<typeof useAfter>, "after" | "choose">) {
	const t = useRoomWords(content as RoomWords);
	return (
		<Select
			className="after"
			size="small"
			variant="borderless"
			aria-label={t("after")}
			value={after}
			onChange={choose}
			popupMatchSelectWidth={false}
			options={AFTERS.map((value) => ({ value, label: `${t("after")} · ${t(`after-${value}`)}` }))}
		/>
	);
}
