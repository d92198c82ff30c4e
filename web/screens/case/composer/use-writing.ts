import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { type GuardPlace, guardPlaces } from "#engine/guard-places.ts";
import { ask, type Problem, problemIn } from "../../../api.ts";
import { type Draft, newKey } from "../../../form/draft.ts";
import { type Names, personName } from "../../../labels.ts";
import { announceTyping } from "../../../live.ts";
import { instantOf } from "../../../parts/time.ts";
import { historyQuery, sessionQuery } from "../../../queries.ts";
import { useWho } from "../../who.ts";
import { useCaseReload } from "../reload.ts";
import { type Insertion, mentionedIn } from "./insertions.ts";
import type { Target } from "./targets.ts";

/** What is typed in the composer. */
export interface Written {
	words: string;
	/** Why it must go out although the guard asks. */
	reason: string;
	/** Of a question. */
	organisation: string;
	due: string;
}

const NOTHING: Written = { words: "", reason: "", organisation: "", due: "" };

/** Why it can't be sent yet, as a key of the words; null: it can. */
export function whyNot(target: Target, written: Written, places: readonly GuardPlace[]): string | null {
	if (target.kind === "department" && !written.organisation) return "no-department";
	if (!written.words.trim()) return "nothing-written";
	if (places.some((one) => one.finding.act === "block")) return "blocked";
	if (places.length > 0 && !written.reason.trim()) return "reason-missing";
	return null;
}

/** Only what goes out to a party passes the guard: the office writes plainly to itself. */
function isGuarded({ kind }: Target): boolean {
	return kind === "complainant" || kind === "respondent";
}

/** Typing, keeping and sending to one target. */
export function useWriting({
	names,
	target,
	draft,
	before,
	people,
	after,
}: {
	names: Names;
	target: Target;
	draft: Draft;
	before: Partial<Written>;
	people: readonly Insertion[];
	after: () => void;
}) {
	const { kase, pack } = names;
	const who = useWho().person;
	const queries = useQueryClient();
	const reload = useCaseReload(kase);
	const [written, setWritten] = useState<Written>({ ...NOTHING, ...before });
	const [problem, setProblem] = useState<Problem | null>(null);
	const [sending, setSending] = useState(false);
	const [seen, setSeen] = useState(kase.seq);
	const [warned, setWarned] = useState<string | null>(null);
	const key = useRef(newKey());
	const history = useQuery({ ...historyQuery(kase.id), enabled: target.kind !== "company" });
	const places = useMemo(
		() => (pack && isGuarded(target) ? guardPlaces(written.words, pack) : []),
		[pack, target, written.words],
	);
	const write = (change: Partial<Written>) => {
		const next = { ...written, ...change };
		setWritten(next);
		setProblem(null);
		if (next.words || next.organisation) draft.keep({ ...next });
		else draft.drop();
		announceTyping(kase.id, target.command);
	};
	const send = async () => {
		if (sending || whyNot(target, written, places)) return;
		// a colleague has written to them since: seen once, then sent at will
		const other = history.data?.events.find(
			({ seq, type, data, actor }) =>
				seq > seen && type === "MessageSent" && data.to === target.to && actor !== who,
		);
		setSeen(kase.seq);
		setWarned(other ? personName(names, other.actor) : null);
		if (other && target.to) return;
		setSending(true);
		setProblem(null);
		try {
			const command = { type: target.command, ...fieldsOf(target, written, places, people, names.zone) };
			await ask("POST", `/api/cases/${kase.id}/commands`, command, { "idempotency-key": key.current });
			setWritten(NOTHING);
			draft.drop();
			await reload();
			after();
			key.current = newKey();
		} catch (error) {
			const told = problemIn(error);
			setProblem(told);
			if (told.status === 401) queries.setQueryData(sessionQuery.queryKey, null);
			if (told.status !== 0) key.current = newKey();
		} finally {
			setSending(false);
		}
	};
	return {
		written,
		write,
		places,
		asks: places.some((one) => one.finding.act === "ask-reason"),
		problem,
		warned,
		sending,
		send,
	};
}

/** The command's fields. */
function fieldsOf(
	target: Target,
	{ words, reason, organisation, due }: Written,
	places: readonly GuardPlace[],
	people: readonly Insertion[],
	zone: string,
): Record<string, unknown> {
	const text = words.trim();
	switch (target.command) {
		case "AddNote":
			return { words: text, mentions: mentionedIn(text, people) };
		case "AskQuestion": {
			const by = due ? instantOf(due, zone) : null;
			return { organisation, about: "question", words: text, ...(by && { due: by }) };
		}
		case "SendMessage":
			return { to: target.to, words: text, ...(places.length > 0 && { reason: reason.trim() }) };
	}
}
