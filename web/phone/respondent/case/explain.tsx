import { useState } from "react";
import { textOf, timeText } from "../../../labels.ts";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { Field } from "../../parts/field.tsx";
import { Recorder } from "../../parts/recorder.tsx";
import { Screen } from "../../parts/screen.tsx";
import { go } from "../../route.ts";
import { addFile, useFiles } from "../../uploads-shelf.ts";
import { GuardAdvice, useGuard } from "../guarded.tsx";
import { Kept } from "../kept.tsx";
import { Proof, recipesOf } from "../proof.tsx";
import { useTyped } from "../typed.ts";
import { content } from "../words.yaml";
import { openQuestion } from "./standing.ts";
import { Refused, useDoing, useWork, whyNot } from "./work.tsx";

/** My side, in two steps: what happened, then what shows it. Heat is pointed out, never sent back in anger. */
export function Explain() {
	const [step, setStep] = useState<"words" | "proof">("words");
	return step === "words" ? (
		<Words onNext={() => setStep("proof")} />
	) : (
		<ProofStep onBack={() => setStep("words")} />
	);
}

function useAccount() {
	const { answer } = useWork();
	return useTyped(`m.account.${answer.case.id}`);
}

function Words({ onNext }: { onNext: () => void }) {
	const t = useRoomWords(content as RoomWords);
	const { answer, names, coach } = useWork();
	const [words, type] = useAccount();
	const { places } = useGuard(words, coach.guard);
	const question = openQuestion(answer.case, answer.own ?? "");
	const [track] = coach.explaining;
	const title = t("voice");
	const kase = answer.case.id;
	return (
		<Screen
			title={t("write-account")}
			back={() => history.back()}
			act={
				<Button strong onClick={onNext}>
					{t("next-proof")}
				</Button>
			}
		>
			<Kept about={kase} />
			{question && (
				<section className="p-card">
					<small className="r-side">{t("desk-asks")}</small>
					<p className="r-words">{textOf(names, question.words)}</p>
					<p className="p-quiet">{t("due-explain", { due: timeText(names, question.due) })}</p>
				</section>
			)}
			<Field label={t("what-happened")} help={t("what-happened-help")}>
				{(control) => (
					<textarea
						{...control}
						rows={8}
						maxLength={20_000}
						value={words}
						placeholder={t("what-happened-like")}
						onChange={({ target }) => type(target.value)}
					/>
				)}
			</Field>
			<GuardAdvice words={words} places={places} onReplace={type} calm />
			<Recorder
				onDone={(file) => void addFile({ about: kase, file, name: "voice", kind: "statement", title })}
			/>
			{track && (
				<details className="r-ground">
					<summary>{t("what-to-say")}</summary>
					<ul className="r-list">
						{track.lines.map((one) => (
							<li key={one.act}>
								<b>{one.act}</b> {one.say}
							</li>
						))}
					</ul>
				</details>
			)}
		</Screen>
	);
}

function ProofStep({ onBack }: { onBack: () => void }) {
	const t = useRoomWords(content as RoomWords);
	const work = useWork();
	const { answer, sent, base } = work;
	const { does, busy, refused } = useDoing();
	const [words, type] = useAccount();
	const kase = answer.case;
	const files = useFiles(kase.id);
	const question = openQuestion(kase, answer.own ?? "");
	const categories = kase.allegations.flatMap((one) => one.category ?? one.proposed?.category ?? []);
	const own = kase.evidence.filter((one) => one.from === answer.own).map((one) => one.id);
	const missing = words.trim() === "" ? t("say-first") : whyNot(work, "Explain");
	const send = () =>
		does(
			"Explain",
			{ words: words.trim(), evidence: own, ...(question ? { question: question.id } : {}) },
			t("account"),
			(did) => {
				if (typeof did === "object") return;
				type("");
				go(base);
			},
		);
	return (
		<Screen
			title={t("my-proof-title")}
			back={onBack}
			act={
				<Button strong busy={busy} why={missing} onClick={send}>
					{t("hand-in")}
				</Button>
			}
		>
			<p className="p-quiet">{t("proof-help")}</p>
			<Proof recipes={recipesOf(sent, categories)} files={files} about={kase.id} />
			<p className="p-quiet">{t("proof-honest")}</p>
			<Refused problem={refused} />
		</Screen>
	);
}
