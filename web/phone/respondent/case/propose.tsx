import { useState } from "react";
import { textOf, timeText } from "../../../labels.ts";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { ChooseOne } from "../../parts/choices.tsx";
import { Field } from "../../parts/field.tsx";
import { Screen } from "../../parts/screen.tsx";
import { useTyped } from "../typed.ts";
import { content } from "../words.yaml";
import { Refused, useDoing, useWork } from "./work.tsx";

const TARGETS = ["dispatch", "route", "rule", "process", "technology", "training", "other"] as const;

/** A better dispatch, route or rule, proposed from a case; and what became of those before. */
export function Propose() {
	const t = useRoomWords(content as RoomWords);
	const { answer, names } = useWork();
	const { does, busy, refused } = useDoing();
	const [words, type] = useTyped(`m.propose.${answer.case.id}`);
	const [target, setTarget] = useState<string | null>(null);
	const missing = !target ? t("propose-choose") : words.trim() === "" ? t("propose-say") : null;
	const own = answer.case.improvement.proposals;
	return (
		<Screen
			title={t("act-propose")}
			back={() => history.back()}
			act={
				<Button
					strong
					busy={busy}
					why={missing}
					onClick={() =>
						does("ProposeImprovement", { target, words: words.trim() }, t("proposal"), (did) => {
							if (typeof did !== "object") type("");
						})
					}
				>
					{t("propose")}
				</Button>
			}
		>
			{own.map((one) => (
				<section key={one.id} className="p-card">
					<h2>{names.say.of("values", `target.${one.target}`)}</h2>
					<p className="r-words">{textOf(names, one.words)}</p>
					<p className={one.decided?.taken ? "p-good" : "p-quiet"}>
						{one.decided
							? `${t(one.decided.taken ? "taken" : "not-taken-up")} · ${timeText(names, one.decided.at)}`
							: t("being-weighed")}
					</p>
					{one.decided && <p className="r-words">{textOf(names, one.decided.why)}</p>}
				</section>
			))}
			<h2 className="r-question">{t("propose-what")}</h2>
			<ChooseOne
				name={t("propose-what")}
				chosen={target}
				choices={TARGETS.map((id) => ({ id, text: names.say.of("values", `target.${id}`) }))}
				onChoose={setTarget}
			/>
			<Field label={t("propose-how")} help={t("propose-help")}>
				{(control) => (
					<textarea
						{...control}
						rows={4}
						maxLength={2_000}
						value={words}
						onChange={({ target: { value } }) => type(value)}
					/>
				)}
			</Field>
			<Refused problem={refused} />
		</Screen>
	);
}
