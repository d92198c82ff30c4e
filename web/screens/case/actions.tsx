import { useQuery } from "@tanstack/react-query";
import { Input, type InputRef, Modal } from "antd";
import { type KeyboardEvent, useRef, useState } from "react";
import { STEPS, type StepName } from "#engine/steps/names.ts";
import type { CaseAnswer, CommandInfo } from "../../api.ts";
import type { Names } from "../../labels.ts";
import { Empty } from "../../parts/empty.tsx";
import { commandsQuery } from "../../queries.ts";
import { refusalText } from "../../shown.ts";
import { type RoomWords, useRoomWords } from "../../words.ts";
import type { Open } from "../case.tsx";
import { useWho } from "../who.ts";
import { content } from "./words.yaml";

const ORDER: readonly (StepName | "clocks")[] = [...STEPS, "clocks"];

interface Listed {
	info: CommandInfo;
	name: string;
	help: string;
	/** Why it can't be done now; null: it can. */
	no: string | null;
}

/** Every act by its name, those that one may do now first, the others with the reason why not. */
export function Actions({
	names,
	answer,
	open,
	onClose,
}: {
	names: Names;
	answer: CaseAnswer;
	open: Open;
	onClose: () => void;
}) {
	const { say } = names;
	const t = useRoomWords(content as RoomWords);
	const all = useListed(names, answer);
	const [sought, setSought] = useState("");
	const [at, setAt] = useState(0);
	const field = useRef<InputRef>(null);
	const list = useRef<HTMLDivElement>(null);
	const shown = all.filter((one) => matches(one, sought));
	const chosen = Math.min(at, shown.length - 1);
	const choose = (one: Listed | undefined) => {
		if (!one || one.no !== null) return;
		onClose();
		open(one.info.type);
	};
	const move = (event: KeyboardEvent) => {
		if (event.key === "Enter") return choose(shown[chosen]);
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		if (!step || shown.length === 0) return;
		event.preventDefault();
		const next = (chosen + step + shown.length) % shown.length;
		setAt(next);
		list.current?.children[next]?.scrollIntoView({ block: "nearest" });
	};
	return (
		<Modal
			open
			onCancel={onClose}
			footer={null}
			title={t("acts")}
			width={640}
			destroyOnHidden
			afterOpenChange={(open) => open && field.current?.focus()}
		>
			<Input
				ref={field}
				allowClear
				size="large"
				role="combobox"
				aria-expanded
				aria-controls="acts"
				aria-activedescendant={shown[chosen] ? `act-${shown[chosen].info.type}` : undefined}
				value={sought}
				placeholder={t("acts-hint")}
				aria-label={t("acts-hint")}
				onKeyDown={move}
				onChange={(event) => {
					setSought(event.target.value);
					setAt(0);
				}}
			/>
			{shown.length === 0 && <Empty icon="search" text={t("acts-none")} />}
			<div className="acts-list" id="acts" role="listbox" aria-label={t("acts")} ref={list}>
				{shown.map((one, n) => (
					<div
						key={one.info.type}
						id={`act-${one.info.type}`}
						role="option"
						aria-selected={n === chosen}
						aria-disabled={one.no !== null}
						onMouseMove={() => setAt(n)}
						onClick={() => choose(one)}
						onKeyDown={move}
						tabIndex={-1}
					>
						<span className="acts-name">{one.name}</span>
						<span className="acts-step">
							{one.info.step === "clocks" ? say.ui("clocks") : say.of("steps", one.info.step)}
						</span>
						<span className={one.no === null ? "acts-help" : "acts-help why-not"}>{one.no ?? one.help}</span>
					</div>
				))}
			</div>
		</Modal>
	);
}

function useListed(names: Names, answer: CaseAnswer): Listed[] {
	const { say } = names;
	const commands = useQuery(commandsQuery).data;
	const { capabilities } = useWho();
	return [...(commands?.values() ?? [])]
		.filter((one) => one.type !== "FileComplaint" && one.by.some((by) => capabilities.includes(by)))
		.map((info) => {
			const answered = answer.allowed[info.type];
			return {
				info,
				name: say.of("commands", info.type),
				help: say.of("commandHelp", info.type),
				no: answered && answered !== true ? refusalText(names, info.type, answered) : null,
			};
		})
		.toSorted(
			(a, b) =>
				Number(a.no !== null) - Number(b.no !== null) ||
				ORDER.indexOf(a.info.step) - ORDER.indexOf(b.info.step),
		);
}

function matches({ name, help, info }: Listed, sought: string): boolean {
	const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
	const text = `${name} ${help} ${info.type}`.toLowerCase();
	return words.every((one) => text.includes(one));
}
