import { useState } from "react";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { Field } from "../../parts/field.tsx";
import { Sheet } from "../../parts/sheet.tsx";
import { content } from "../words.yaml";
import { Refused, useDoing, useFollowed } from "./link.tsx";

/** Solved or not: one tap, and a word if one likes. */
export function ConfirmActs() {
	const t = useRoomWords(content as RoomWords);
	const { does, busy, refused } = useDoing();
	const [unsolved, setUnsolved] = useState(false);
	return (
		<>
			<Refused problem={refused} />
			<Button onClick={() => setUnsolved(true)}>{t("not-solved")}</Button>
			<Button
				strong
				busy={busy}
				onClick={() => does("Confirm", { through: "page", satisfied: true }, t("solved"))}
			>
				{t("solved")}
			</Button>
			{unsolved && (
				<Unsolved
					onClose={() => setUnsolved(false)}
					onWords={(words) =>
						does(
							"Confirm",
							{ through: "page", satisfied: false, ...(words ? { words } : {}) },
							t("not-solved"),
						)
					}
				/>
			)}
		</>
	);
}

function Unsolved({ onClose, onWords }: { onClose: () => void; onWords: (words: string) => void }) {
	const t = useRoomWords(content as RoomWords);
	const [words, setWords] = useState("");
	return (
		<Sheet title={t("what-is-missing")} onClose={onClose}>
			<Field label={t("own-words")} help={t("not-solved-help")}>
				{(control) => (
					<textarea
						{...control}
						rows={3}
						maxLength={2000}
						value={words}
						onChange={({ target }) => setWords(target.value)}
					/>
				)}
			</Field>
			<div className="p-row">
				<Button
					strong
					onClick={() => {
						onWords(words.trim());
						onClose();
					}}
				>
					{t("send")}
				</Button>
			</div>
		</Sheet>
	);
}

const SCORES = [1, 2, 3, 4, 5] as const;

/** Asked again some days later: solved or not, whether anybody bothered them, a mark, a word. */
export function FollowUpCard() {
	const t = useRoomWords(content as RoomWords);
	const { answer } = useFollowed();
	const { does, busy, refused } = useDoing();
	const [score, setScore] = useState<number | null>(null);
	const [bothered, setBothered] = useState(false);
	const [words, setWords] = useState("");
	const reopens = !answer.case.reopenings.some((one) => one.because === "not-satisfied");
	const send = (satisfied: boolean) =>
		does(
			"RecordFollowUp",
			{ satisfied, bothered, ...(score ? { score } : {}), ...(words.trim() ? { words: words.trim() } : {}) },
			satisfied ? t("solved") : t("not-solved"),
		);
	return (
		<section className="p-card p-next">
			<h2>{t("follow-up-asks")}</h2>
			<fieldset className="p-scores">
				<legend className="p-hidden">{t("score")}</legend>
				{SCORES.map((one) => (
					<button
						key={one}
						type="button"
						aria-pressed={score === one}
						className={score === one ? "p-score p-score-chosen" : "p-score"}
						onClick={() => setScore(one)}
					>
						{one}
						<small>{t(`score-${one}`)}</small>
					</button>
				))}
			</fieldset>
			<label className="p-choice">
				<span>{t("bothered")}</span>
				<input type="checkbox" checked={bothered} onChange={({ target }) => setBothered(target.checked)} />
			</label>
			<Field label={t("a-word")}>
				{(control) => (
					<textarea
						{...control}
						rows={2}
						maxLength={2000}
						value={words}
						onChange={({ target }) => setWords(target.value)}
					/>
				)}
			</Field>
			<Refused problem={refused} />
			<div className="p-row">
				<Button busy={busy} onClick={() => send(false)}>
					{t("not-solved")}
				</Button>
				<Button strong busy={busy} onClick={() => send(true)}>
					{t("solved")}
				</Button>
			</div>
			<p className="p-quiet">{reopens ? t("not-solved-reopens") : t("not-solved-review")}</p>
		</section>
	);
}
