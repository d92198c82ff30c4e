import "./learn.css";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Bilingual } from "#engine/packs/words.ts";
import { ask, problemIn } from "../../../api.ts";
import { type RoomWords, useRoomWords, useSay } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { ChooseOne } from "../../parts/choices.tsx";
import { Screen } from "../../parts/screen.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { Refused } from "../case/work.tsx";
import { content } from "../words.yaml";

interface Course {
	id: string;
	due: string;
	result: { score: number; passed: boolean } | null;
	name: Bilingual;
	cards: Bilingual[];
	questions: { ask: Bilingual; options: Bilingual[] }[];
	pass: number;
}

interface Marked {
	score: number;
	passed: boolean;
	right: boolean[];
	answers: number[];
}

/**
 * Training that was assigned: a card at a time, then a question at a time; passed or not, and what was right. `leave`:
 * back to where it was assigned.
 */
export function Training({ kase, id, leave }: { kase: string; id: string; leave: () => void }) {
	const path = `/api/mine/training/${encodeURIComponent(kase)}/${encodeURIComponent(id)}`;
	const course = useQuery({
		queryKey: ["training", kase, id],
		staleTime: 60_000,
		queryFn: () => ask<Course>("GET", path),
	});
	if (course.isPending) return <Waiting rows={3} />;
	if (!course.data) return <Failure problem={problemIn(course.error)} again={() => void course.refetch()} />;
	return <Going course={course.data} path={path} leave={leave} />;
}

function Going({ course, path, leave }: { course: Course; path: string; leave: () => void }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const queries = useQueryClient();
	const [at, setAt] = useState(0);
	const [answers, setAnswers] = useState<number[]>([]);
	const handing = useMutation({
		mutationFn: () => ask<Marked>("POST", path, { answers }),
		onSuccess: () => queries.invalidateQueries({ queryKey: ["mine"] }),
	});
	const { cards, questions } = course;
	const back = () => (at > 0 ? setAt(at - 1) : leave());
	if (handing.data)
		return (
			<Result
				course={course}
				marked={handing.data}
				leave={leave}
				again={() => {
					handing.reset();
					setAnswers([]);
					setAt(0);
				}}
			/>
		);
	const card = cards[at];
	const title = say.bi(course.name);
	if (card)
		return (
			<Screen
				title={title}
				back={back}
				act={
					<Button strong onClick={() => setAt(at + 1)}>
						{t(at + 1 < cards.length ? "next-card" : "to-questions")}
					</Button>
				}
			>
				<p className="p-quiet">{t("place", { at: at + 1, of: cards.length })}</p>
				<section className="p-card r-lesson">{say.bi(card)}</section>
			</Screen>
		);
	const n = at - cards.length;
	const question = questions[n];
	if (!question) return null;
	const chosen = answers[n];
	const last = n + 1 === questions.length;
	return (
		<Screen
			title={title}
			back={back}
			act={
				<Button
					strong
					busy={handing.isPending}
					why={chosen === undefined ? t("choose-answer") : null}
					onClick={() => (last ? handing.mutate() : setAt(at + 1))}
				>
					{t(last ? "hand-in" : "next-question")}
				</Button>
			}
		>
			<p className="p-quiet">{t("place", { at: n + 1, of: questions.length })}</p>
			<h2 className="r-question">{say.bi(question.ask)}</h2>
			<ChooseOne
				name={say.bi(question.ask)}
				chosen={chosen === undefined ? null : String(chosen)}
				choices={question.options.map((one, k) => ({ id: String(k), text: say.bi(one) }))}
				onChoose={(id) => setAnswers(replaced(answers, n, Number(id)))}
			/>
			<Refused problem={handing.isError ? problemIn(handing.error) : null} />
		</Screen>
	);
}

function replaced(answers: readonly number[], n: number, value: number): number[] {
	const next = [...answers];
	next[n] = value;
	return next;
}

function Result({
	course,
	marked,
	leave,
	again,
}: {
	course: Course;
	marked: Marked;
	leave: () => void;
	again: () => void;
}) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	return (
		<Screen
			title={say.bi(course.name)}
			back={leave}
			act={
				<>
					<Button strong={marked.passed} onClick={leave}>
						{t("ready")}
					</Button>
					{!marked.passed && (
						<Button strong onClick={again}>
							{t("once-more")}
						</Button>
					)}
				</>
			}
		>
			<section className="p-card">
				<p className="r-line">
					<span className="r-score">{marked.score}</span>
					<b className={marked.passed ? "p-good" : "p-fault"}>
						{t(marked.passed ? "passed" : "not-passed", { pass: course.pass })}
					</b>
				</p>
			</section>
			{course.questions.map((one, n) => (
				<section key={one.ask.zh} className="p-card">
					<p>{say.bi(one.ask)}</p>
					<p className={marked.right[n] ? "p-good" : "p-fault"}>
						{t(marked.right[n] ? "answered-right" : "right-is", {
							words: say.bi(one.options[marked.answers[n] ?? 0]),
						})}
					</p>
				</section>
			))}
		</Screen>
	);
}
