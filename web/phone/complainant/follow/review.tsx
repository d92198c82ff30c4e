import { useState } from "react";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { ChooseSome } from "../../parts/choices.tsx";
import { Field } from "../../parts/field.tsx";
import { Screen } from "../../parts/screen.tsx";
import { go } from "../../route.ts";
import { content } from "../words.yaml";
import { Refused, useDoing, useFollowed } from "./link.tsx";

/** Asking for a review by other people than those who decided. */
export function Review() {
	const t = useRoomWords(content as RoomWords);
	const { sent, names, base } = useFollowed();
	const { does, busy, refused } = useDoing();
	const [grounds, setGrounds] = useState<string[]>([]);
	const [words, setWords] = useState("");
	const all = Object.entries(sent.appeals?.grounds ?? {}).filter(([, { side }]) => side !== "respondent");
	const why =
		grounds.length === 0 ? t("ground-missing") : words.trim() === "" ? t("review-words-missing") : null;
	const send = () =>
		does(
			"RequestReview",
			{ grounds, words: words.trim() },
			t("page-review"),
			(did) => typeof did !== "object" && go(base, { replace: true }),
		);
	return (
		<Screen
			title={t("page-review")}
			back={() => history.back()}
			act={
				<Button strong busy={busy} why={why} onClick={send}>
					{t("ask-review")}
				</Button>
			}
		>
			<p className="p-quiet">{t("review-help")}</p>
			<h2 className="p-question">{t("review-grounds")}</h2>
			<ChooseSome
				name={t("review-grounds")}
				choices={all.map(([id, name]) => ({ id, text: names.say.bi(name) }))}
				chosen={grounds}
				onChange={setGrounds}
			/>
			<Field label={t("own-words")}>
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
			<Refused problem={refused} />
		</Screen>
	);
}
