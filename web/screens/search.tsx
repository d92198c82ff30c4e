import { Input, type InputRef, Modal } from "antd";
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from "react";
import { GradeTag } from "../parts/grade-tag.tsx";
import { Icon } from "../parts/icon.tsx";
import { Marked } from "../parts/marked.tsx";
import { useRoomWords, useSay } from "../words.ts";
import "./search.css";
import { useOffers, words } from "./search-offers.ts";
import { flat, moved, type Option, type Section, withRecent } from "./search-sections.ts";

/**
 * Search from anywhere (Ctrl K): cases by what matched, people, orders, what may be done with the open case, and rooms.
 * The focus stays in the field; arrows choose, Enter opens.
 */
export function SearchPalette({ onClose }: { onClose: () => void }) {
	const say = useSay();
	const t = useRoomWords(words);
	const [text, setText] = useState("");
	const [chosen, setChosen] = useState(0);
	const asked = useDeferredValue(text);
	const input = useRef<InputRef>(null);
	const list = useId();
	const { sections: offered, searching, failed } = useOffers(asked);
	const type = (next: string) => {
		setText(next);
		setChosen(0);
		input.current?.focus();
	};
	const recent = text === "" ? [recentSection(t("recent"), type)] : [];
	const { sections, options } = flat([...recent, ...offered]);
	const current = options[Math.min(chosen, options.length - 1)];
	const open = (one: Option) => {
		if (!one.key.startsWith("recent ")) {
			keepRecent(text);
			onClose();
		}
		one.open();
	};
	const keys = (event: KeyboardEvent) => {
		const step = { ArrowDown: 1 as const, ArrowUp: -1 as const }[event.key];
		if (step) {
			event.preventDefault();
			setChosen(moved(chosen, step, options.length));
		}
		// Enter that ends the writing of Chinese characters opens nothing
		if (event.key === "Enter" && current && !event.nativeEvent.isComposing) {
			event.preventDefault();
			open(current);
		}
	};
	return (
		<Modal
			open
			onCancel={onClose}
			footer={null}
			closable={false}
			title={say.ui("search")}
			width={720}
			className="search"
			afterOpenChange={(isOpen) => isOpen && input.current?.focus()}
		>
			<Input
				ref={input}
				autoFocus
				size="large"
				prefix={<Icon name="search" />}
				value={text}
				onChange={(event) => type(event.target.value)}
				onKeyDown={keys}
				placeholder={t("hint")}
				role="combobox"
				aria-label={say.ui("search")}
				aria-expanded={options.length > 0}
				aria-controls={list}
				aria-autocomplete="list"
				aria-activedescendant={current ? `${list}${current.key}` : undefined}
			/>
			<Options
				list={list}
				sections={sections}
				current={current}
				onOpen={open}
				onChoose={(one) => setChosen(options.indexOf(one))}
			/>
			<p className="search-end" role="status">
				{failed ? (
					<span className="fault">{t("failed")}</span>
				) : options.length > 0 ? (
					<>
						<span className="quiet">{t("how")}</span>
						<span className="quiet">{text !== "" && t("count", { count: options.length })}</span>
					</>
				) : (
					<span className="quiet">{t(searching ? "searching" : "none")}</span>
				)}
			</p>
		</Modal>
	);
}

function Options({
	list,
	sections,
	current,
	onOpen,
	onChoose,
}: {
	list: string;
	sections: readonly Section[];
	current: Option | undefined;
	onOpen: (one: Option) => void;
	onChoose: (one: Option) => void;
}) {
	const say = useSay();
	const currentId = current && `${list}${current.key}`;
	useEffect(() => {
		if (currentId) document.getElementById(currentId)?.scrollIntoView({ block: "nearest" });
	}, [currentId]);
	return (
		<div className="search-found" id={list} role="listbox" aria-label={say.ui("search")}>
			{sections.map((section) => (
				// biome-ignore lint/a11y/useSemanticElements: a group of a listbox is no fieldset
				<div key={section.key} role="group" aria-labelledby={`${list}${section.key}`}>
					<h2 id={`${list}${section.key}`} className="found-by" role="presentation">
						{section.title} <span className="quiet">{section.count}</span>
					</h2>
					{section.options.map((one) => (
						// biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
						<div
							key={one.key}
							id={`${list}${one.key}`}
							role="option"
							tabIndex={-1}
							aria-selected={one === current}
							className={one === current ? "found-one found-chosen" : "found-one"}
							onClick={() => onOpen(one)}
							onMouseMove={() => one !== current && onChoose(one)}
						>
							<One option={one} />
						</div>
					))}
				</div>
			))}
		</div>
	);
}

function One({ option: { kase, text, at, note } }: { option: Option }) {
	return (
		<>
			{kase && (
				<>
					<GradeTag urgency={kase.urgency} severity={kase.severity} />
					{kase.number !== text && <span className="case-number">{kase.number}</span>}
				</>
			)}
			<span className="found-text">
				<Marked text={text} at={at} />
			</span>
			{note && <span className="quiet found-note">{note}</span>}
		</>
	);
}

const RECENT = "redress.searches";

/** For this tab only: others at this desk need not see what was looked for. */
function readRecent(): string[] {
	try {
		const kept: unknown = JSON.parse(sessionStorage.getItem(RECENT) ?? "[]");
		return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
	} catch {
		return []; // storage is switched off
	}
}

function keepRecent(text: string): void {
	try {
		sessionStorage.setItem(RECENT, JSON.stringify(withRecent(readRecent(), text)));
	} catch {
		// storage is switched off: the search works without
	}
}

function recentSection(title: string, type: (text: string) => void): Section {
	const options = readRecent().map((text) => ({
		key: `recent ${text}`,
		text,
		at: [],
		open: () => type(text),
	}));
	return { key: "recent", title, options };
}
