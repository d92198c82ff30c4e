import { useState } from "react";
import { textOf, timeText } from "../../../labels.ts";
import { Empty } from "../../../parts/empty.tsx";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { Field } from "../../parts/field.tsx";
import { Screen } from "../../parts/screen.tsx";
import { go } from "../../route.ts";
import { useFiles } from "../../uploads-shelf.ts";
import { ProofSlots } from "../proof.tsx";
import { content } from "../words.yaml";
import { recipesOf } from "./case-data.ts";
import { Refused, useDoing, useFollowed } from "./link.tsx";

/** A question of the desk, answered in words and with what proves them. */
export function QuestionPage({ about }: { about: string }) {
	const t = useRoomWords(content as RoomWords);
	const { answer, names, sent, base } = useFollowed();
	const { does, busy, refused } = useDoing();
	const [words, setWords] = useState("");
	const kase = answer.case;
	const question = kase.questions.find((one) => one.id === about);
	const files = useFiles(kase.id);
	const unfinished = files.some((one) => one.state !== "done" && one.state !== "refused");
	if (!question || question.answer)
		return (
			<Screen title={t("answer")} back={() => go(base)}>
				<Empty text={t("question-answered")} />
			</Screen>
		);
	const evidence = files.flatMap((one) => one.evidence ?? []);
	const send = () =>
		does(
			"AnswerQuestion",
			{ question: question.id, words: words.trim(), evidence },
			t("answer"),
			(did) => typeof did !== "object" && go(base, { replace: true }),
		);
	const why = words.trim() === "" ? t("answer-missing") : unfinished ? t("wait-for-files") : null;
	return (
		<Screen
			title={t("asked-of-you")}
			back={() => history.back()}
			act={
				<Button strong busy={busy} why={why} onClick={send}>
					{t("send")}
				</Button>
			}
		>
			<p className="p-card p-words">{textOf(names, question.words)}</p>
			<p className="p-quiet">{t("answer-by", { due: timeText(names, question.due) })}</p>
			<Field label={t("answer")}>
				{(control) => (
					<textarea
						{...control}
						rows={5}
						maxLength={20_000}
						value={words}
						onChange={({ target }) => setWords(target.value)}
					/>
				)}
			</Field>
			<ProofSlots
				recipes={recipesOf(
					sent,
					kase.allegations.flatMap((one) => one.category ?? []),
				)}
				files={files}
				about={kase.id}
			/>
			<Refused problem={refused} />
		</Screen>
	);
}
