import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { ask, problemIn } from "../../api.ts";
import { useSay } from "../../words.ts";

type Method = "POST" | "PUT" | "PATCH" | "DELETE";

export interface Act<T> {
	method: Method;
	path: string;
	body?: unknown;
	/** Said when it is done. */
	done?: string;
	after?: (answer: T) => void;
}

/**
 * Changes something at the server, and asks anew for what it may have changed. `fault`: what the server said against
 * the last one, to be shown where it was tried.
 */
export function useAct<T = unknown>(...changes: readonly string[]) {
	const queries = useQueryClient();
	const say = useSay();
	const { message } = App.useApp();
	const mutation = useMutation({
		mutationFn: ({ method, path, body }: Act<T>) => ask<T>(method, path, body),
		onSuccess: async (answer, { done, after }) => {
			if (done) message.success(done);
			after?.(answer);
			await Promise.all(changes.map((name) => queries.invalidateQueries({ queryKey: [name] })));
		},
	});
	return {
		act: (one: Act<T>) => mutation.mutate(one),
		busy: mutation.isPending,
		fault: mutation.isError ? faultOf(mutation.error, say.ui("offline")) : null,
		forget: () => mutation.reset(),
	};
}

function faultOf(error: unknown, offline: string): string {
	const { title, fields = [] } = problemIn(error);
	return [title || offline, ...fields.map((one) => `${one.at}: ${one.problem}`)].join(" ");
}
