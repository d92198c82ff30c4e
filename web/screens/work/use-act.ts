import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import type { Case } from "#engine/case.ts";
import { ask } from "../../api.ts";
import { newKey } from "../../form/draft.ts";

/** Sends a command on a case, once however often it is tried; anew after it was taken. */
export function useAct(kase: Pick<Case, "id" | "seq">, onDone: () => void) {
	const key = useRef(newKey());
	return useMutation({
		mutationFn: ({ type, fields }: { type: string; fields: Record<string, unknown> }) =>
			ask(
				"POST",
				`/api/cases/${kase.id}/commands`,
				{ type, expected: kase.seq, ...fields },
				{ "idempotency-key": key.current },
			),
		onSuccess: () => {
			key.current = newKey();
			onDone();
		},
		onError: () => {
			// what was refused was not taken: changed, it is another request
			key.current = newKey();
		},
	});
}
