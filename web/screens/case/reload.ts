import { useQueryClient } from "@tanstack/react-query";
import type { Case } from "#engine/case.ts";

/** What is read of a case, under its id or its number. */
const READ = new Set<unknown>(["case", "history", "notices"]);

/** Reads a case anew, after something was done to it. */
export function useCaseReload({ id, number }: Pick<Case, "id" | "number">): () => Promise<void> {
	const queries = useQueryClient();
	return () =>
		queries.invalidateQueries({
			predicate: ({ queryKey: [what, which] }) =>
				(READ.has(what) && (which === id || which === number)) || what === "cases",
		});
}
