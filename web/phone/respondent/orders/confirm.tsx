import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ask, problemIn } from "../../../api.ts";
import { Empty } from "../../../parts/empty.tsx";
import { formatInstant } from "../../../parts/time.ts";
import { type RoomWords, TradeWords, useRoomWords, useSay } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { Field } from "../../parts/field.tsx";
import { Screen } from "../../parts/screen.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { go } from "../../route.ts";
import { Refused } from "../case/work.tsx";
import { content } from "../words.yaml";

interface HandOver {
	company: string;
	order: string;
	trade: string;
	at: string;
	confirmedAt: string | null;
}

/** The customer's own tap, by the link in their message: all is well, or what is not. No account. */
export function Confirm({ token }: { token: string }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const path = `/api/hand-overs/${encodeURIComponent(token)}`;
	const found = useQuery({
		queryKey: ["hand-over", token],
		retry: false,
		queryFn: () => ask<HandOver>("GET", path),
	});
	const [wrong, setWrong] = useState(false);
	const [words, setWords] = useState("");
	const saying = useMutation({
		mutationFn: (fine: boolean) => ask("POST", path, fine ? { fine } : { fine, words: words.trim() }),
		onSuccess: () => found.refetch(),
	});
	if (found.isPending) return <Waiting />;
	if (found.isError) {
		const problem = problemIn(found.error);
		if (problem.status !== 404) return <Failure problem={problem} again={() => void found.refetch()} />;
		return (
			<Screen
				title={t("hand-over")}
				act={<Button onClick={() => go("/complain")}>{t("to-complain")}</Button>}
			>
				<Empty icon="link" text={t("hand-over-gone")} />
			</Screen>
		);
	}
	const { company, order, at, confirmedAt } = found.data;
	const time = formatInstant(at, "Asia/Shanghai", say.language, new Date().toISOString());
	if (confirmedAt)
		return (
			<Screen title={t("hand-over")}>
				<Empty text={t("hand-over-thanks")} />
			</Screen>
		);
	return (
		<TradeWords value={{}}>
			<Screen
				title={t("hand-over")}
				act={
					wrong ? (
						<Button
							strong
							busy={saying.isPending}
							why={words.trim() ? null : t("say-what")}
							onClick={() => saying.mutate(false)}
						>
							{t("send")}
						</Button>
					) : (
						<>
							<Button onClick={() => setWrong(true)}>{t("not-fine")}</Button>
							<Button strong busy={saying.isPending} onClick={() => saying.mutate(true)}>
								{t("all-fine")}
							</Button>
						</>
					)
				}
			>
				<h2 className="r-question">{t("hand-over-ask", { number: order })}</h2>
				<p>{t("hand-over-at", { company, time })}</p>
				<p className="p-quiet">{t("hand-over-check")}</p>
				{wrong && (
					<Field label={t("say-what")}>
						{(control) => (
							<textarea
								{...control}
								rows={4}
								maxLength={500}
								value={words}
								onChange={({ target }) => setWords(target.value)}
							/>
						)}
					</Field>
				)}
				<Refused problem={saying.isError ? problemIn(saying.error) : null} />
			</Screen>
		</TradeWords>
	);
}
