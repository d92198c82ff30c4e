import "./told.css";
import { useState } from "react";
import { textOf, timeText } from "../../../labels.ts";
import { spanWords } from "../../../parts/band-words.ts";
import { Empty } from "../../../parts/empty.tsx";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { ChooseSome } from "../../parts/choices.tsx";
import { Field } from "../../parts/field.tsx";
import { Screen } from "../../parts/screen.tsx";
import { go } from "../../route.ts";
import { useFiles } from "../../uploads-shelf.ts";
import { GuardAdvice, useGuard } from "../guarded.tsx";
import { Proof, recipesOf } from "../proof.tsx";
import { useTyped } from "../typed.ts";
import { content } from "../words.yaml";
import { appealable } from "./standing.ts";
import { Refused, useDoing, useWork, whyNot } from "./work.tsx";

/** An appeal: on what ground, in which words, with which proof; or the one supplement to it. */
export function Appeal() {
	const t = useRoomWords(content as RoomWords);
	const work = useWork();
	const { answer, coach, base } = work;
	const asked = answer.case.appeals.find((one) => !one.decided && one.supplementAsked && !one.supplement);
	const open = appealable(answer.case, coach);
	if (asked) return <Form supplement={asked} />;
	if (open) return <Form against={open} />;
	return (
		<Screen
			title={t("appeal")}
			back={() => go(base)}
			act={<Button onClick={() => go(`${base}/chat`)}>{t("write-desk")}</Button>}
		>
			<Empty icon="clock" text={whyNot(work, "LodgeAppeal") ?? t("appeal-closed")} />
		</Screen>
	);
}

function Form({
	against,
	supplement,
}: {
	against?: NonNullable<ReturnType<typeof appealable>>;
	supplement?: ReturnType<typeof useWork>["answer"]["case"]["appeals"][number];
}) {
	const t = useRoomWords(content as RoomWords);
	const { answer, coach, names, sent, base } = useWork();
	const { does, busy, refused } = useDoing();
	const kase = answer.case;
	const [words, type] = useTyped(`m.appeal.${kase.id}`);
	const [grounds, setGrounds] = useState<string[]>([]);
	const { places } = useGuard(words, coach.guard);
	const files = useFiles(kase.id);
	const categories = kase.allegations.flatMap((one) => one.category ?? one.proposed?.category ?? []);
	const evidence = kase.evidence.filter((one) => one.from === answer.own).map((one) => one.id);
	const missing =
		against && grounds.length === 0 ? t("appeal-ground") : words.trim() === "" ? t("appeal-say") : null;
	const done = (did: unknown) => {
		if (typeof did === "object") return;
		type("");
		go(base);
	};
	const send = () =>
		supplement
			? does(
					"SupplementAppeal",
					{ appeal: supplement.id, words: words.trim(), evidence },
					t("supplement"),
					done,
				)
			: does(
					"LodgeAppeal",
					{ findings: [against?.finding.id], grounds, words: words.trim(), evidence },
					t("appeal"),
					done,
				);
	const [track] = coach.appealing;
	return (
		<Screen
			title={t(supplement ? "act-supplement" : "act-appeal")}
			back={() => go(base)}
			act={
				<Button strong busy={busy} why={missing} onClick={send}>
					{t(supplement ? "hand-in" : "appeal-send")}
				</Button>
			}
		>
			<section className="p-card r-due">
				{against && <h2>{t("appeal-until", { time: timeText(names, against.until) })}</h2>}
				{supplement?.supplementAsked && (
					<>
						<h2>{t("supplement-asked", { time: timeText(names, supplement.supplementAsked.due) })}</h2>
						<p className="r-words">{textOf(names, supplement.supplementAsked.words)}</p>
					</>
				)}
				<ul className="r-list">
					<li>{t("appeal-other-person")}</li>
					<li>{t("appeal-within", { time: durationWords(coach.appeal.decide, names.say) })}</li>
					<li>{t("appeal-hold")}</li>
					{against && <li>{t("appeal-once")}</li>}
				</ul>
			</section>
			{against && (
				<>
					<h2 className="r-question">{t("appeal-why")}</h2>
					<ChooseSome
						name={t("appeal-why")}
						chosen={grounds}
						choices={Object.entries(sent.appeals?.grounds ?? {})
							.filter(([, { side }]) => side !== "complainant")
							.map(([id, name]) => ({ id, text: names.say.bi(name) }))}
						onChange={setGrounds}
					/>
				</>
			)}
			<Field label={t("appeal-words")} help={t("what-happened-help")}>
				{(control) => (
					<textarea
						{...control}
						rows={6}
						maxLength={20_000}
						value={words}
						onChange={({ target }) => type(target.value)}
					/>
				)}
			</Field>
			<GuardAdvice words={words} places={places} onReplace={type} calm />
			{track && (
				<details className="r-ground">
					<summary>{track.title}</summary>
					<ul className="r-list">
						{track.lines.map((one) => (
							<li key={one.act}>
								<b>{one.act}</b> {one.say}
							</li>
						))}
					</ul>
				</details>
			)}
			<Proof recipes={recipesOf(sent, categories)} files={files} about={kase.id} />
			{evidence.length > 0 && <p className="p-quiet">{t("appeal-proof", { count: evidence.length })}</p>}
			<p className="p-quiet">{t("proof-honest")}</p>
			<Refused problem={refused} />
		</Screen>
	);
}

/** "7 days", "24 hours", as people say them. */
function durationWords(
	{ amount, unit }: { amount: number; unit: string },
	say: ReturnType<typeof useWork>["names"]["say"],
): string {
	if (unit === "hours") return spanWords(amount * 60, say);
	if (unit === "minutes") return spanWords(amount, say);
	return `${amount} ${say.of("values", unit)}`;
}
