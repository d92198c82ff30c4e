import { useQueryClient } from "@tanstack/react-query";
import type { FormInstance } from "antd";
import { useRef, useState } from "react";
import { type Problem, problemIn } from "../api.ts";
import type { Names } from "../labels.ts";
import { sessionQuery } from "../queries.ts";
import { newKey } from "./draft.ts";
import { type Meanwhile, useMeanwhile } from "./meanwhile.tsx";
import { casesNamed, submit } from "./submit.ts";
import type { Typed } from "./values.ts";

/** Sending what a form holds: once, on the state that was seen, with what went wrong beside its field. */
export function useCommand({
	type,
	names,
	form,
	commandFrom,
	taken,
	stale,
}: {
	type: string;
	names: Names;
	form: FormInstance<Typed>;
	commandFrom: (typed: Typed) => Typed;
	/** It was taken. */
	taken: () => void;
	/** Somebody else was first: the case is to be read anew. */
	stale: () => void;
}): {
	send: (typed: Typed, file: File | null) => Promise<void>;
	sending: boolean;
	problem: Problem | null;
	meanwhile: Meanwhile;
} {
	const queries = useQueryClient();
	const meanwhile = useMeanwhile(names);
	const [problem, setProblem] = useState<Problem | null>(null);
	const [sending, setSending] = useState(false);
	const key = useRef(newKey());
	const send = async (typed: Typed, file: File | null) => {
		if (meanwhile.waits) return;
		setSending(true);
		setProblem(null);
		try {
			const command = { ...commandFrom(typed), ...(await casesNamed(typed)) };
			await submit(names.kase.id, meanwhile.seen, type, command, key.current, file);
			taken();
		} catch (error) {
			const told = problemIn(error);
			setProblem(told);
			if (told.status === 401) queries.setQueryData(sessionQuery.queryKey, null);
			if (told.reason === "Conflict") stale();
			// the server has answered: what is sent next is another request
			if (told.status !== 0) key.current = newKey();
			form.setFields((told.fields ?? []).map((one) => ({ name: placeOf(one.at), errors: [one.problem] })));
		} finally {
			setSending(false);
		}
	};
	return { send, sending, problem, meanwhile };
}

function placeOf(at: string): (string | number)[] {
	return at.split(".").map((one) => (/^\d+$/.test(one) ? Number(one) : one));
}
