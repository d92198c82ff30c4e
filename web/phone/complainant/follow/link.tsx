import { useMutation, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useState } from "react";
import { ask, type Problem, problemIn } from "../../../api.ts";
import type { Names } from "../../../labels.ts";
import { type RoomWords, useRoomWords, useSay } from "../../../words.ts";
import { outbox } from "../../outbox.ts";
import type { Sending } from "../../outbox-queue.ts";
import { Button } from "../../parts/button.tsx";
import { CodeField, useAgain } from "../../parts/code.tsx";
import { DemoCode } from "../../parts/demo-hint.tsx";
import { Sheet } from "../../parts/sheet.tsx";
import { problemText } from "../../parts/states.tsx";
import { content } from "../words.yaml";
import { type Answer, linkHeaders, openedQuery, type PackOutside } from "./case-data.ts";

/** What the pages behind a link stand on. */
export interface Followed {
	token: string;
	confirmed: boolean;
	answer: Answer;
	own: string;
	names: Names;
	sent: PackOutside;
	base: string;
	/** Runs once it is sure that the phone is theirs: at once, or after the code. */
	asMyself: (then: () => void) => void;
}

const Link = createContext<Followed | null>(null);
export const LinkProvider = Link.Provider;

export function useFollowed(): Followed {
	const found = useContext(Link);
	if (!found) throw new Error("outside of a link");
	return found;
}

export type Did = "sent" | "kept" | { refused: Problem };

/**
 * Does something in the case. Without a network it is kept and sent later, once; `refused` tells why the case would
 * not have it.
 */
export function useDoing(): {
	does: (type: string, fields: object, what: string, then?: (did: Did) => void) => void;
	busy: boolean;
	refused: Problem | null;
} {
	const { token, answer, asMyself } = useFollowed();
	const queries = useQueryClient();
	const kase = answer.case.id;
	const doing = useMutation({
		networkMode: "always",
		mutationFn: async ({
			type,
			fields,
			what,
		}: {
			type: string;
			fields: object;
			what: string;
		}): Promise<Did> => {
			const one: Sending = {
				id: crypto.randomUUID(),
				about: kase,
				what,
				path: `/api/cases/${encodeURIComponent(kase)}/commands`,
				body: { type, ...fields },
				headers: linkHeaders(token),
				at: new Date().toISOString(),
			};
			const sent = await outbox().send(one);
			if (sent.is !== "refused") return sent.is;
			await outbox().forget(one.id);
			return { refused: sent.problem };
		},
		// not waited for: without a network it would never come
		onSettled: () => void queries.invalidateQueries({ queryKey: ["followed", kase] }),
	});
	const did = doing.data;
	return {
		does: (type, fields, what, then) =>
			// also when the page that asked is gone by then; a failure is shown where `refused` is
			asMyself(() => void doing.mutateAsync({ type, fields, what }).then(then, () => {})),
		busy: doing.isPending,
		refused: did && typeof did === "object" ? did.refused : doing.isError ? problemIn(doing.error) : null,
	};
}

/** A refusal in a sentence; the phone that isn't confirmed after all is asked for anew. */
export function Refused({ problem }: { problem: Problem | null }) {
	const say = useSay();
	if (!problem) return null;
	return (
		<p className="p-fault" role="alert">
			{problemText(problem, say)}
		</p>
	);
}

/** Asks for the code before an act, when the link was passed on or opened in another phone. */
export function useMyself(
	token: string,
	confirmed: boolean,
): { asMyself: Followed["asMyself"]; sheet: ReactNode } {
	const [then, setThen] = useState<(() => void) | null>(null);
	const asMyself = (act: () => void) => (confirmed ? act() : setThen(() => act));
	const sheet = then ? (
		<ProveSheet
			token={token}
			onClose={() => setThen(null)}
			onDone={() => {
				setThen(null);
				then();
			}}
		/>
	) : null;
	return { asMyself, sheet };
}

function ProveSheet({ token, onClose, onDone }: { token: string; onClose: () => void; onDone: () => void }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const queries = useQueryClient();
	const [code, setCode] = useState("");
	const again = useAgain();
	const headers = linkHeaders(token);
	const sending = useMutation({
		mutationFn: () => ask<{ sentTo: string }>("POST", "/api/link/code", undefined, headers),
		onSuccess: again.start,
	});
	const confirming = useMutation({
		mutationFn: (given: string) => ask("POST", "/api/link/confirm", { code: given }, headers),
		onSuccess: async () => {
			await queries.invalidateQueries(openedQuery(token));
			onDone();
		},
	});
	const failed = confirming.error ?? sending.error;
	return (
		<Sheet title={t("is-it-you")} onClose={onClose}>
			<p>{sending.data ? t("code-sent", { phone: sending.data.sentTo }) : t("is-it-you-why")}</p>
			{sending.data && (
				<>
					<CodeField value={code} onChange={setCode} onWhole={(whole) => confirming.mutate(whole)} />
					<DemoCode onCode={setCode} />
				</>
			)}
			{failed && <Refused problem={problemIn(failed)} />}
			<div className="p-row">
				{sending.data ? (
					<>
						<Button disabled={again.seconds > 0} busy={sending.isPending} onClick={() => sending.mutate()}>
							{again.seconds > 0 ? t("again-in", { seconds: again.seconds }) : t("send-again")}
						</Button>
						<Button
							strong
							busy={confirming.isPending}
							disabled={code.length < 4}
							onClick={() => confirming.mutate(code)}
						>
							{t("confirm-phone")}
						</Button>
					</>
				) : (
					<Button strong busy={sending.isPending} onClick={() => sending.mutate()}>
						{say.ui("send-code")}
					</Button>
				)}
			</div>
		</Sheet>
	);
}
