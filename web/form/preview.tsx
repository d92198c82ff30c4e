import "../styles/letters.css";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useState } from "react";
import { ask, type Preview, ProblemError } from "../api.ts";
import { type Names, partyName, personName, timeText } from "../labels.ts";
import { Icon } from "../parts/icon.tsx";
import { Waiting } from "../parts/states.tsx";
import { type RoomWords, useRoomWords } from "../words.ts";
import type { Typed } from "./values.ts";
import { content } from "./words.yaml";

/** What would go out if this were sent now: each notice as its reader gets it, and the letter for printing. */

const REST_MS = 500;

/** The typed fields as a command wants them, once typing rests. */
function useRested<V>(value: V): V {
	const [rested, setRested] = useState(value);
	const text = JSON.stringify(value);
	// biome-ignore lint/correctness/useExhaustiveDependencies: text stands for value
	useEffect(() => {
		const timer = setTimeout(() => setRested(value), REST_MS);
		return () => clearTimeout(timer);
	}, [text]);
	return rested;
}

export function PreviewPane({
	names,
	type,
	fields,
	complete,
}: {
	names: Names;
	type: string;
	fields: Typed;
	/** Everything required is there. */
	complete: boolean;
}) {
	const t = useRoomWords(content as RoomWords);
	const { kase } = names;
	const rested = useRested(fields);
	const preview = useQuery({
		queryKey: ["preview", kase.id, kase.seq, type, rested],
		enabled: complete,
		retry: false,
		gcTime: 0,
		placeholderData: (before: Preview | undefined) => before,
		queryFn: () => ask<Preview>("POST", `/api/cases/${kase.id}/preview`, { type, ...rested }),
	});
	const problem = preview.error instanceof ProblemError ? preview.error.problem : null;
	return (
		<section className="preview" aria-label={t("preview")} aria-live="polite">
			<h3>{t("preview")}</h3>
			{!complete && <p className="quiet">{t("preview-waits")}</p>}
			{complete && preview.isPending && <Waiting rows={1} />}
			{complete && problem && (
				<p className="quiet">{problem.status === 422 ? t("preview-waits") : problem.title}</p>
			)}
			{complete && !problem && preview.data && <Shown names={names} preview={preview.data} />}
		</section>
	);
}

function Shown({ names, preview }: { names: Names; preview: Preview }) {
	const t = useRoomWords(content as RoomWords);
	const { notices, letter } = preview;
	return (
		<>
			{notices.length === 0 && <p className="quiet">{t("preview-nothing")}</p>}
			{notices.map((one) => (
				<article key={`${one.wording}${one.to[0]}`} className="slip">
					<header>
						<b>{t("preview-to", { names: recipients(names, one.to, t) })}</b>
						<span className={one.channel === "none" ? "slip-none" : "quiet"}>
							<Icon name={one.channel === "none" ? "warn" : "send"} size={14} />{" "}
							{channelWords(names, one.channel, t)}
						</span>
					</header>
					<p>{one.text}</p>
					{one.at && (
						<footer className="quiet">
							<Icon name="clock" size={14} /> {t("preview-at", { time: timeText(names, one.at) })}
						</footer>
					)}
				</article>
			))}
			{letter && <LetterPaper names={names} letter={letter} />}
		</>
	);
}

function channelWords({ say }: Names, channel: string, t: ReturnType<typeof useRoomWords>): string {
	if (channel === "none" || channel === "in-app") return t(`preview-${channel}`);
	return say.of("values", `channel.${channel}`);
}

/** A letter on paper, as it prints. */
function LetterPaper({ names, letter }: { names: Names; letter: NonNullable<Preview["letter"]> }) {
	const t = useRoomWords(content as RoomWords);
	const text = `${letter.subject}\n\n${letter.body}`;
	return (
		<>
			<h3 className="letter-head">
				{t("letter")}
				<span>
					<Button size="small" onClick={() => navigator.clipboard.writeText(text)}>
						{t("copy")}
					</Button>
					<Button size="small" onClick={() => printLetter(letter)}>
						{t("print")}
					</Button>
				</span>
			</h3>
			<article className="letter" lang={letter.language === "zh" ? "zh-CN" : "en"}>
				<h4>{letter.subject}</h4>
				<p>{letter.body}</p>
				<footer>{names.kase.number}</footer>
			</article>
			<p className="quiet">{t("letter-note")}</p>
		</>
	);
}

/** Prints the letter alone: the page around it is put away while the printer looks. */
function printLetter({ subject, body }: NonNullable<Preview["letter"]>): void {
	const sheet = document.createElement("article");
	sheet.className = "letter letter-printed";
	const head = document.createElement("h4");
	head.textContent = subject;
	const text = document.createElement("p");
	text.textContent = body;
	sheet.append(head, text);
	document.body.append(sheet);
	document.body.classList.add("printing-letter");
	window.print();
	document.body.classList.remove("printing-letter");
	sheet.remove();
}

const MOST_NAMED = 3;

function recipients(names: Names, to: readonly string[], t: ReturnType<typeof useRoomWords>): string {
	const joiner = names.say.language === "zh" ? "、" : ", ";
	const named = to.slice(0, MOST_NAMED).map((one) => {
		const [kind = "", ...rest] = one.split(":");
		const id = rest.join(":");
		return kind === "party" ? partyName(names, id) : ownPartyName(names, id);
	});
	return named.join(joiner) + (to.length > MOST_NAMED ? ` ${t("preview-more", { count: to.length })}` : "");
}

/** A person who is a party is called by their seat. */
function ownPartyName(names: Names, person: string): string {
	const party = names.kase.parties.find((one) => one.person === person);
	return party ? partyName(names, party.id) : personName(names, person);
}
