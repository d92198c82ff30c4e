import { useEffect, useRef, useState } from "react";
import { seatName, textOf, timeText } from "../../../labels.ts";
import { Empty } from "../../../parts/empty.tsx";
import { readStored, store } from "../../../parts/stored.ts";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { useWaiting } from "../../outbox.ts";
import { Button } from "../../parts/button.tsx";
import { Screen } from "../../parts/screen.tsx";
import { content } from "../words.yaml";
import { Refused, useDoing, useFollowed } from "./link.tsx";
import { ToWhom } from "./other-side.tsx";
import { talkingWith } from "./standing.ts";
import { saidBy } from "./story.ts";

/** Writing with the desk. What is typed stays in the phone until it is sent; without a network it is sent later. */
export function Messages() {
	const t = useRoomWords(content as RoomWords);
	const { answer, own, names } = useFollowed();
	const { does, busy, refused } = useDoing();
	const name = `message.${answer.case.id}`;
	const [words, setWords] = useState(() => readStored(name) ?? "");
	const waiting = useWaiting(answer.case.id).filter((one) => !one.refused && isMessage(one.body));
	const { messages } = answer.case;
	const them = talkingWith(answer.case);
	// an answer goes to whoever wrote last
	const [chosen, setChosen] = useState(() => messages.findLast((one) => one.from !== own)?.from ?? "company");
	const to = chosen === them?.id ? chosen : "company";
	const end = useRef<HTMLDivElement>(null);
	const count = messages.length + waiting.length;
	useEffect(() => {
		if (count > 0) end.current?.scrollIntoView({ block: "end" });
	}, [count]);
	const typed = useRef(words);
	const type = (text: string) => {
		typed.current = text;
		setWords(text);
		store(name, text || null);
	};
	const send = () => {
		const said = words.trim();
		does("SendMessage", { to, words: said }, t("message"), (did) => {
			// on a slow line the next message may stand there already
			if (typeof did !== "object" && typed.current.trim() === said) type("");
		});
	};
	return (
		<Screen
			title={t(them ? "page-chat" : "page-messages")}
			back={() => history.back()}
			act={
				<div className="p-write">
					{them && <ToWhom them={them} to={to} onChange={setChosen} />}
					<textarea
						aria-label={t("message")}
						placeholder={
							to === "company" || !them
								? t("message-hint")
								: t("message-hint-them", { seat: seatName(names, them.seat) })
						}
						rows={Math.min(5, Math.max(1, words.split("\n").length))}
						maxLength={20_000}
						value={words}
						onChange={({ target }) => type(target.value)}
					/>
					<Button strong busy={busy} disabled={words.trim() === ""} onClick={send}>
						{t("send")}
					</Button>
				</div>
			}
		>
			{count === 0 && <Empty text={t("no-messages")} icon="chat" />}
			{messages.map((one) => (
				<article key={one.id} className={`p-told p-told-${saidBy(one.from, own).side}`}>
					<small>
						{t(saidBy(one.from, own).what)} · {timeText(names, one.at)}
					</small>
					<p className="p-words">{textOf(names, one.words)}</p>
				</article>
			))}
			{waiting.map((one) => (
				<article key={one.id} className="p-told p-told-mine p-told-waiting">
					<small>{t("sends-later")}</small>
					<p className="p-words">{isMessage(one.body) ? one.body.words : ""}</p>
				</article>
			))}
			<Refused problem={refused} />
			<div ref={end} />
		</Screen>
	);
}

function isMessage(body: unknown): body is { type: "SendMessage"; words: string } {
	return (body as { type?: unknown } | null)?.type === "SendMessage";
}
