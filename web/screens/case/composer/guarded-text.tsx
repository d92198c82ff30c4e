import { Mentions } from "antd";
import { type KeyboardEvent, useRef, useState } from "react";
import type { GuardPlace } from "#engine/guard-places.ts";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { type Asked, askedIn, type Insertion, matching, PREFIXES, type Prefix } from "./insertions.ts";
import { content } from "./words.yaml";

interface GuardedProps {
	value: string;
	onChange: (text: string) => void;
	label: string;
	hint: string;
	places: readonly GuardPlace[];
	/** What each sign may put in here; a sign without any does nothing. */
	insertions: Partial<Record<Prefix, readonly Insertion[]>>;
	onSend: () => void;
	onEscape: () => void;
}

/** A text with what the guard finds marked in place, into which ready words, people and cases can be put. */
export function GuardedText({
	value,
	onChange,
	label,
	hint,
	places,
	insertions,
	onSend,
	onEscape,
}: GuardedProps) {
	const t = useRoomWords(content as RoomWords);
	const marks = useRef<HTMLDivElement>(null);
	const box = useRef<HTMLDivElement>(null);
	const [asked, setAsked] = useState<Asked>({ prefix: null, typed: "" });
	const all = asked.prefix ? (insertions[asked.prefix] ?? []) : [];
	const found = matching(all, asked.typed);
	const signs = (Object.keys(insertions) as Prefix[]).flatMap((one) => [...PREFIXES[one]]);
	const keys = (event: KeyboardEvent) => {
		if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
			event.preventDefault();
			onSend();
		}
		if (event.key === "Escape" && box.current?.querySelector(".ant-mentions-dropdown") === null) onEscape();
	};
	// the sign and what was typed after it give way to what was chosen
	const put = (key: string, sign: string) => {
		const chosen = all.find((one) => one.key === key);
		const field = box.current?.querySelector("textarea");
		if (!chosen || !field) return;
		const typed = `${sign}${key}`;
		requestAnimationFrame(() => {
			const now = field.value;
			const from = now.indexOf(typed);
			if (from < 0) return;
			onChange(now.slice(0, from) + chosen.text + now.slice(from + typed.length));
			const end = from + chosen.text.length;
			requestAnimationFrame(() => field.setSelectionRange(end, end));
		});
	};
	return (
		<div className="guarded" ref={box}>
			<div className="guarded-marks" aria-hidden="true" ref={marks}>
				<Marks text={value} places={places} />
			</div>
			<Mentions
				value={value}
				onChange={(text) => {
					const field = box.current?.querySelector("textarea");
					const now = askedIn(text.slice(0, field?.selectionStart ?? text.length));
					setAsked(now);
					onChange(text);
					if (now.prefix && insertions[now.prefix]) requestAnimationFrame(() => field && lookAgain(field));
				}}
				onKeyDown={keys}
				onScroll={(event) => {
					if (marks.current) marks.current.scrollTop = event.currentTarget.scrollTop;
				}}
				onSelect={(option, sign) => put(String(option.value), sign)}
				prefix={signs}
				split=""
				validateSearch={(typed) => !typed.includes("\n") && typed.length < 20}
				filterOption={false}
				options={found.map((one) => ({
					key: one.key,
					value: one.key,
					label: <Choice one={one} />,
				}))}
				notFoundContent={asked.prefix === "study" ? t("no-studies") : null}
				placement="top"
				getPopupContainer={() => box.current ?? document.body}
				autoSize={{ minRows: 3, maxRows: 12 }}
				aria-label={label}
				placeholder={hint}
			/>
		</div>
	);
}

/** The list opens at key strokes only: not for what an input method or the clipboard wrote, nor right after a sign. */
function lookAgain(field: HTMLTextAreaElement): void {
	field.dispatchEvent(new KeyboardEvent("keyup", { key: "Shift", bubbles: true }));
}

function Choice({ one }: { one: Insertion }) {
	return (
		<span className="insertion">
			<b>{one.title}</b>
			<span>{one.text}</span>
		</span>
	);
}

function Marks({ text, places }: { text: string; places: readonly GuardPlace[] }) {
	const parts: { key: number; text: string; act: string | null }[] = [];
	let at = 0;
	for (const { from, to, finding } of places) {
		parts.push({ key: at, text: text.slice(at, from), act: null });
		parts.push({ key: from, text: text.slice(from, to), act: finding.act });
		at = to;
	}
	return (
		<>
			{parts.map((one) =>
				one.act ? (
					<mark key={`m${one.key}`} className={`mark-${one.act}`}>
						{one.text}
					</mark>
				) : (
					<span key={`s${one.key}`}>{one.text}</span>
				),
			)}
			<span>{text.slice(at)} </span>
		</>
	);
}
