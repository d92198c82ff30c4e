import "../../../styles/composer.css";
import { Button } from "antd";
import { useState } from "react";
import type { CaseAnswer } from "../../../api.ts";
import { useKey } from "../../../keys.ts";
import type { Names } from "../../../labels.ts";
import { Icon, type IconName } from "../../../parts/icon.tsx";
import { refusalText } from "../../../shown.ts";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { type Target, type TargetKind, targetsOf } from "./targets.ts";
import { content } from "./words.yaml";
import { Writing } from "./writing.tsx";

const ICON: Record<TargetKind, IconName> = {
	complainant: "message",
	respondent: "message",
	department: "question",
	company: "message",
	note: "lock",
};
const KEY: Partial<Record<TargetKind, string>> = { complainant: "r", note: "n", company: "r" };

/** At the foot of the timeline: to whom one writes; folded to a line of buttons until it is wanted. */
export function Composer({ names, answer }: { names: Names; answer: CaseAnswer }) {
	const t = useRoomWords(content as RoomWords);
	const [form, setForm] = useState<string | null>(null);
	const targets = targetsOf(names, answer);
	const open = targets.find((one) => one.form === form && !one.no) ?? null;
	const firstOf = (kind: TargetKind) => targets.find((one) => one.kind === kind && !one.no) ?? null;
	const reply = firstOf("complainant") ?? firstOf("company");
	const note = firstOf("note");
	useKey(
		"r",
		t(reply ? `to-${reply.kind}` : "to-complainant"),
		() => setForm(reply?.form ?? null),
		reply !== null,
	);
	useKey("n", t("to-note"), () => setForm(note?.form ?? null), note !== null);
	if (targets.length === 0) return null;
	return (
		<section
			className={open ? `composer composer-open composer-${open.kind}` : "composer"}
			aria-label={t("composer")}
		>
			<div className="composer-targets" role="toolbar" aria-label={t("composer")}>
				{targets.map((one) => (
					<TargetButton
						key={one.form}
						target={one}
						names={names}
						many={targets.filter((other) => other.kind === one.kind).length > 1}
						shown={one === open}
						onOpen={() => setForm(one === open ? null : one.form)}
					/>
				))}
			</div>
			{open && (
				<Writing
					key={`${names.kase.id}${open.form}`}
					names={names}
					answer={answer}
					target={open}
					onFold={() => setForm(null)}
				/>
			)}
		</section>
	);
}

function TargetButton({
	target,
	names,
	many,
	shown,
	onOpen,
}: {
	target: Target;
	names: Names;
	/** Several of a kind are told apart by name. */
	many: boolean;
	shown: boolean;
	onOpen: () => void;
}) {
	const t = useRoomWords(content as RoomWords);
	const { kind, no, name, command } = target;
	const key = KEY[kind];
	return (
		<Button
			size="small"
			type="text"
			className={`target target-${kind}`}
			aria-pressed={shown}
			disabled={no !== null}
			title={no ? refusalText(names, command, no) : undefined}
			icon={<Icon name={ICON[kind]} size={16} />}
			onClick={onOpen}
			{...(key && { "aria-keyshortcuts": key })}
		>
			{many ? name : t(`to-${kind}`)} {key && !many && <kbd>{key}</kbd>}
		</Button>
	);
}
