import { Button, Input } from "antd";
import { useEffect, useRef } from "react";
import type { CaseAnswer } from "../../../api.ts";
import { AfterChoice, useAfter } from "../../../form/after.tsx";
import { useDraft } from "../../../form/draft.ts";
import { DraftNote } from "../../../form/draft-note.tsx";
import { type Names, organisationName, timeText } from "../../../labels.ts";
import { Faults } from "../../../parts/faults.tsx";
import { Waiting } from "../../../parts/states.tsx";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Asking } from "./asking.tsx";
import { GuardList } from "./guard-list.tsx";
import { GuardedText } from "./guarded-text.tsx";
import { quietEnd } from "./quiet.ts";
import type { Target } from "./targets.ts";
import { useInsertions } from "./use-insertions.ts";
import { useWriting, type Written, whyNot } from "./use-writing.ts";
import { content } from "./words.yaml";

interface WritingProps {
	names: Names;
	answer: CaseAnswer;
	target: Target;
	onFold: () => void;
}

/** What one writes to one target; found again where it was left. */
export function Writing(props: WritingProps) {
	const draft = useDraft(props.names.kase.id, props.target.form);
	if (draft.typed === undefined) return <Waiting rows={1} />;
	const before = (draft.typed ?? {}) as Partial<Written>;
	return <Begun {...props} draft={draft} before={before} />;
}

function Begun({
	names,
	answer,
	target,
	draft,
	before,
	onFold,
}: WritingProps & { draft: ReturnType<typeof useDraft>; before: Partial<Written> }) {
	const t = useRoomWords(content as RoomWords);
	const after = useAfter(names.kase.id);
	const insertions = useInsertions(names, answer, target);
	const box = useRef<HTMLDivElement>(null);
	const writing = useWriting({
		names,
		target,
		draft,
		before,
		people: insertions.person ?? [],
		after: after.go,
	});
	const { written, write, places, asks, problem, warned, sending, send } = writing;
	useEffect(() => {
		box.current?.querySelector("textarea")?.focus();
		showNewest(box.current);
	}, []);
	const { seq } = names.kase;
	// biome-ignore lint/correctness/useExhaustiveDependencies: what was just sent comes into sight
	useEffect(() => showNewest(box.current), [seq]);
	const no = whyNot(target, written, places);
	const name = target.kind === "department" ? organisationName(names, written.organisation) : target.name;
	return (
		<div className="writing" ref={box}>
			{target.kind === "department" && <Asking names={names} written={written} onChange={write} />}
			<GuardedText
				value={written.words}
				onChange={(words) => write({ words })}
				label={t(`to-${target.kind}`)}
				hint={t(hintOf(target), { name })}
				places={places}
				insertions={insertions}
				onSend={send}
				onEscape={onFold}
			/>
			<GuardList text={written.words} places={places} onReplace={(words) => write({ words })} />
			{asks && (
				<Input
					aria-label={t("reason")}
					placeholder={t("reason")}
					value={written.reason}
					onChange={(event) => write({ reason: event.target.value })}
				/>
			)}
			{warned && (
				<p className="writing-warned" role="alert">
					{t("somebody-wrote", { name: warned })}
				</p>
			)}
			{problem && <Faults problem={problem} />}
			<div className="writing-foot">
				<Button type="primary" onClick={send} loading={sending} disabled={no !== null}>
					{sendWords(target, name, t)}
				</Button>
				{no ? <span className="why-not">{t(no)}</span> : <Later names={names} target={target} />}
				<AfterChoice {...after} />
				<DraftNote state={draft.state} zone={names.zone} />
			</div>
		</div>
	);
}

/** One writes with the last words of the other side in sight. */
function showNewest(box: HTMLElement | null): void {
	requestAnimationFrame(() => {
		const rows = box?.closest(".timeline")?.querySelector(".tl-rows");
		rows?.lastElementChild?.scrollIntoView({ block: "nearest" });
	});
}

function hintOf({ kind }: Target): string {
	if (kind === "note" || kind === "department") return `write-${kind}`;
	return "write-complainant";
}

function sendWords(target: Target, name: string, t: ReturnType<typeof useRoomWords>): string {
	if (target.kind === "note") return t("save-note");
	if (target.kind === "department") return t("send-question", { name: name || "…" });
	return t("send-through", { name, through: t(target.through === "none" ? "no-phone" : target.through) });
}

/** At night a text message waits until the morning. */
function Later({ names, target }: { names: Names; target: Target }) {
	const t = useRoomWords(content as RoomWords);
	const end = target.through === "sms" && target.command === "SendMessage" ? quietEnd(names) : null;
	return end ? (
		<span className="why-not">{t("waits-for-morning", { time: timeText(names, end) })}</span>
	) : null;
}
