import { useMutation, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import type { Refusal } from "#engine/decision.ts";
import { type CaseAnswer, type Problem, problemIn } from "../../../api.ts";
import type { Names } from "../../../labels.ts";
import { refusalText } from "../../../shown.ts";
import { useSay } from "../../../words.ts";
import { outbox } from "../../outbox.ts";
import type { Sending } from "../../outbox-queue.ts";
import { problemText } from "../../parts/states.tsx";
import type { Coach, PackTold } from "../my-data.ts";

/** What the pages of one case stand on. */
export interface Work {
	answer: CaseAnswer & { sums?: Record<string, string[]> };
	coach: Coach;
	own: string;
	names: Names;
	sent: PackTold;
	base: string;
}

const One = createContext<Work | null>(null);
export const WorkProvider = One.Provider;

export function useWork(): Work {
	const found = useContext(One);
	if (!found) throw new Error("outside of a case");
	return found;
}

export type Did = "sent" | "kept" | { refused: Problem };

interface Asked {
	type: string;
	fields: object;
	what: string;
	then: ((did: Did) => void) | undefined;
}

/** Does something in the case. Without a network it is kept, and sent later, once. */
export function useDoing(): {
	does: (type: string, fields: object, what: string, then?: (did: Did) => void) => void;
	busy: boolean;
	refused: Problem | null;
} {
	const { answer } = useWork();
	const queries = useQueryClient();
	const kase = answer.case.id;
	const doing = useMutation({
		networkMode: "always",
		mutationFn: ({ type, fields, what }: Asked) =>
			sendNow({
				about: kase,
				what,
				path: `/api/cases/${encodeURIComponent(kase)}/commands`,
				body: { type, ...fields },
			}),
		// before the case is read anew: what it then is may leave no room for the form that asked
		onSuccess: (did, { then }) => then?.(did),
		onSettled: () =>
			Promise.all([
				queries.invalidateQueries({ queryKey: ["case", kase] }),
				queries.invalidateQueries({ queryKey: ["coach", kase] }),
				queries.invalidateQueries({ queryKey: ["mine"] }),
			]),
	});
	const did = doing.data;
	return {
		does: (type, fields, what, then) => doing.mutate({ type, fields, what, then }),
		busy: doing.isPending,
		refused: did && typeof did === "object" ? did.refused : doing.isError ? problemIn(doing.error) : null,
	};
}

/** Into the outbox and out at once where there is a network; what the server would not take is handed back. */
export async function sendNow(what: Pick<Sending, "about" | "what" | "path" | "body">): Promise<Did> {
	const one: Sending = { ...what, id: crypto.randomUUID(), headers: {}, at: new Date().toISOString() };
	const sent = await outbox().send(one);
	if (sent.is !== "refused") return sent.is;
	await outbox().forget(one.id);
	return { refused: sent.problem };
}

/** A refusal in a sentence. */
export function Refused({ problem }: { problem: Problem | null }) {
	const say = useSay();
	if (!problem) return null;
	return (
		<p className="p-fault" role="alert">
			{problemText(problem, say)}
		</p>
	);
}

/** Why a command can't be given now, in words; null: it can. */
export function whyNot(work: Work, command: string): string | null {
	const answer: true | Refusal | undefined = work.answer.allowed[command];
	if (answer === undefined || answer === true) return null;
	return refusalText(work.names, command, answer);
}

/** Where the first contact is mine and nobody has talked yet: talking has to be begun, which starts its time. */
export function beginsTalk({ answer }: Work): boolean {
	const { route, firstContact, directTalk } = answer.case;
	const talking = directTalk !== null && !directTalk.closed;
	const mine = route?.firstContact === "worker" && !firstContact;
	return mine && !talking && answer.allowed.OpenDirectTalk === true;
}
