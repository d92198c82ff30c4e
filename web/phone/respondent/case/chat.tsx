import "./chat.css";
import { useEffect, useRef, useState } from "react";
import { textOf, timeText } from "../../../labels.ts";
import { Empty } from "../../../parts/empty.tsx";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { useWaiting } from "../../outbox.ts";
import { Button } from "../../parts/button.tsx";
import { Screen } from "../../parts/screen.tsx";
import { GuardAdvice, GuardReason, useGuard } from "../guarded.tsx";
import { useTyped } from "../typed.ts";
import { content } from "../words.yaml";
import { Refused, useDoing, useWork } from "./work.tsx";

/** Chat inside the platform, with the customer while that is allowed, and with the desk at any time. */
export function Chat() {
	const t = useRoomWords(content as RoomWords);
	const { coach, answer } = useWork();
	const customer = coach.contact.to && !coach.contact.barred ? coach.contact.to : null;
	const [to, setTo] = useState(customer ?? "company");
	const withDesk = to === "company";
	return (
		<Screen title={t("act-chat")} back={() => history.back()} act={<Write to={to} key={to} />}>
			<fieldset className="r-switch" aria-label={t("chat-with")}>
				<button
					type="button"
					aria-pressed={!withDesk}
					disabled={!customer}
					onClick={() => customer && setTo(customer)}
				>
					{t("with-customer")}
				</button>
				<button type="button" aria-pressed={withDesk} onClick={() => setTo("company")}>
					{t("with-desk")}
				</button>
			</fieldset>
			{!customer && <p className="p-quiet">{coach.contact.barred ?? t("nobody-to-call")}</p>}
			<Said to={to} own={answer.own ?? ""} />
		</Screen>
	);
}

function Said({ to, own }: { to: string; own: string }) {
	const t = useRoomWords(content as RoomWords);
	const { answer, names } = useWork();
	const kase = answer.case;
	const said = kase.messages.filter((one) => (one.from === own ? one.to === to : one.from === to));
	const waiting = useWaiting(kase.id).filter(
		(one) => !one.refused && isMessage(one.body) && one.body.to === to,
	);
	const end = useRef<HTMLDivElement>(null);
	const count = said.length + waiting.length;
	useEffect(() => {
		if (count > 0) end.current?.scrollIntoView({ block: "end" });
	}, [count]);
	if (count === 0)
		return <Empty icon="chat" text={t(to === "company" ? "no-words-desk" : "no-words-customer")} />;
	return (
		<>
			{said.map((one) => (
				<article key={one.id} className={one.from === own ? "r-told r-told-mine" : "r-told r-told-theirs"}>
					<small>
						{one.from === own ? t("me") : t(to === "company" ? "desk" : "customer")} ·{" "}
						{timeText(names, one.at)}
					</small>
					<p className="r-words">{textOf(names, one.words)}</p>
				</article>
			))}
			{waiting.map((one) => (
				<article key={one.id} className="r-told r-told-mine r-told-waiting">
					<small>{t("sends-when-back")}</small>
					<p className="r-words">{isMessage(one.body) ? one.body.words : ""}</p>
				</article>
			))}
			<div ref={end} />
		</>
	);
}

/** The words are looked at while they are typed; the server looks again. */
function Write({ to }: { to: string }) {
	const t = useRoomWords(content as RoomWords);
	const { answer, coach } = useWork();
	const { does, busy, refused } = useDoing();
	const [words, type] = useTyped(`m.message.${answer.case.id}.${to}`);
	const [reason, setReason] = useState("");
	const { places, blocked, asks } = useGuard(words, coach.guard);
	const send = () =>
		does("SendMessage", { to, words: words.trim(), ...(asks ? { reason } : {}) }, t("message"), (did) => {
			if (typeof did === "object") return;
			type("");
			setReason("");
		});
	return (
		<div className="r-write">
			<GuardAdvice words={words} places={places} onReplace={type} />
			{asks && <GuardReason reason={reason} onChange={setReason} />}
			<Refused problem={refused} />
			{blocked && <p className="p-why">{t("offer-blocked")}</p>}
			{asks && reason.trim() === "" && <p className="p-why">{t("say-why-first")}</p>}
			<div className="r-write-line">
				<textarea
					aria-label={t("message")}
					placeholder={t(to === "company" ? "say-desk" : "say-customer")}
					rows={Math.min(5, Math.max(1, words.split("\n").length))}
					maxLength={2_000}
					value={words}
					onChange={({ target }) => type(target.value)}
				/>
				<Button
					strong
					busy={busy}
					disabled={words.trim() === "" || blocked || (asks && reason.trim() === "")}
					onClick={send}
				>
					{t("send")}
				</Button>
			</div>
		</div>
	);
}

function isMessage(body: unknown): body is { type: "SendMessage"; to: string; words: string } {
	return (body as { type?: unknown } | null)?.type === "SendMessage";
}
