import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useCallback } from "react";
import { ask, type CasePage, type CaseRow, problemIn } from "../../api.ts";
import { newKey } from "../../form/draft.ts";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { replaceRows } from "./list-data.ts";
import { content } from "./words.yaml";

/** Takes a case up with one key. Whoever comes second is told who has it. */
export function useClaim(): (row: Pick<CaseRow, "id" | "number">) => void {
	const t = useRoomWords(content as RoomWords);
	const queries = useQueryClient();
	const { message } = App.useApp();
	return useCallback(
		async ({ id, number }) => {
			try {
				const path = `/api/cases/${encodeURIComponent(id)}/commands`;
				await ask("POST", path, { type: "ClaimCase" }, { "idempotency-key": newKey() });
				message.success(t("claimed", { number }));
			} catch (error) {
				const { title, status } = problemIn(error);
				message.warning(status === 0 ? t("not-reached") : title, 6);
			}
			// the row says whose it is now, either way
			const page = await ask<CasePage>("GET", `/api/cases?id=${encodeURIComponent(id)}`).catch(() => null);
			if (page) replaceRows(queries, page.cases);
			await queries.invalidateQueries({ queryKey: ["case", id] });
		},
		[queries, message, t],
	);
}
