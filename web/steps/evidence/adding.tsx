import { useQueryClient } from "@tanstack/react-query";
import { Button, Input, Modal, Progress, Select } from "antd";
import { type ChangeEvent, useRef, useState } from "react";
import { ask, type Problem, problemIn } from "../../api.ts";
import { choicesFor } from "../../form/choices.ts";
import type { Names } from "../../labels.ts";
import { Faults } from "../../parts/faults.tsx";
import { Icon } from "../../parts/icon.tsx";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { content } from "../words.yaml";
import { kindOf, type Piece, wantedIn } from "./slots.ts";

/** What is known of evidence before it is added: whose it is and which piece. */
export interface Preset {
	recipe?: string;
	piece?: string;
	from?: string;
	files?: File[];
}

interface Draft {
	key: string;
	file: File;
	title: string;
	from: string;
	/** `recipe/piece`, or empty. */
	slot: string;
	problem: Problem | null;
}

/** Several files at once, each with its title, whose it is and which piece; uploaded one after the other. */
export function Adding({ names, preset, onClose }: { names: Names; preset: Preset; onClose: () => void }) {
	const t = useRoomWords(content as RoomWords);
	const draftOf = (file: File): Draft => ({
		key: crypto.randomUUID(),
		file,
		title: file.name.replace(/\.[^.]+$/, "").slice(0, 200) || file.type,
		from: preset.from ?? "company",
		slot: preset.recipe && preset.piece ? `${preset.recipe}/${preset.piece}` : "",
		problem: null,
	});
	const [drafts, setDrafts] = useState<Draft[]>(() => (preset.files ?? []).map(draftOf));
	const { at, send } = useSending(names, drafts, setDrafts, onClose);
	const add = (files: Iterable<File>) => setDrafts((before) => [...before, ...[...files].map(draftOf)]);
	const change = (key: string, part: Partial<Draft>) =>
		setDrafts((before) => before.map((one) => (one.key === key ? { ...one, ...part } : one)));
	const ready = drafts.length > 0 && drafts.every((one) => one.title.trim() !== "");
	return (
		<Modal
			open
			title={t("add-title")}
			width={720}
			onCancel={onClose}
			destroyOnHidden
			footer={[
				<Choose key="choose" label={t(drafts.length > 0 ? "add-more" : "add-choose")} onFiles={add} />,
				<Button key="send" type="primary" disabled={!ready} loading={at !== null} onClick={send}>
					{t("add-send", { count: drafts.length })}
				</Button>,
			]}
		>
			{/* biome-ignore lint/a11y/noStaticElementInteractions: files are also chosen by the button below */}
			<div
				className="adding"
				onDragOver={(event) => event.preventDefault()}
				onDrop={(event) => {
					event.preventDefault();
					event.stopPropagation();
					add(event.dataTransfer.files);
				}}
			>
				{drafts.length === 0 && <p className="quiet">{t("add-none")}</p>}
				{drafts.map((one) => (
					<OneFile
						key={one.key}
						names={names}
						draft={one}
						onChange={(part) => change(one.key, part)}
						onRemove={() => setDrafts((before) => before.filter((other) => other.key !== one.key))}
					/>
				))}
			</div>
			{at !== null && (
				<div role="status">
					<Progress percent={Math.round((100 * at) / drafts.length)} showInfo={false} />
					{t("add-sending", { at: at + 1, count: drafts.length })}
				</div>
			)}
		</Modal>
	);
}

/** Sends one file after the other; those that were refused stay, each with the reason. */
function useSending(
	names: Names,
	drafts: readonly Draft[],
	setDrafts: (drafts: Draft[]) => void,
	onClose: () => void,
) {
	const queries = useQueryClient();
	const [at, setAt] = useState<number | null>(null);
	const { kase } = names;
	const send = async () => {
		const left: Draft[] = [];
		for (const [n, draft] of drafts.entries()) {
			setAt(n);
			try {
				await ask("POST", `/api/cases/${kase.id}/evidence`, bodyOf(draft, names), {
					"idempotency-key": draft.key,
				});
			} catch (error) {
				left.push({ ...draft, problem: problemIn(error) });
			}
		}
		setAt(null);
		setDrafts(left);
		for (const queryKey of [["case"], ["history", kase.id]]) void queries.invalidateQueries({ queryKey });
		if (left.length === 0) onClose();
	};
	return { at, send };
}

function bodyOf({ file, title, from, slot }: Draft, names: Names): FormData {
	const [recipe = "", piece = ""] = slot.split("/");
	const body = new FormData();
	body.append("kind", kindOf(file.type, pieceOf(names, slot)));
	body.append("title", title.trim());
	body.append("from", from);
	if (recipe && piece) {
		body.append("recipe", recipe);
		body.append("piece", piece);
	}
	body.append("file", file);
	return body;
}

function pieceOf({ pack }: Names, slot: string): Piece | undefined {
	const [recipe = "", piece = ""] = slot.split("/");
	return pack?.data.evidence.recipes[recipe]?.pieces.find((one) => one.id === piece);
}

function OneFile({
	names,
	draft,
	onChange,
	onRemove,
}: {
	names: Names;
	draft: Draft;
	onChange: (part: Partial<Draft>) => void;
	onRemove: () => void;
}) {
	const { say } = names;
	const t = useRoomWords(content as RoomWords);
	const slots = wantedIn(names.kase, names.pack).wanted.map(({ id, recipe }) => ({
		label: say.bi(recipe.name),
		title: id,
		options: recipe.pieces.map((one) => ({ value: `${id}/${one.id}`, label: say.bi(one.name) })),
	}));
	const titleLabel = say.of("fields", "AddEvidence.title");
	const fromLabel = say.of("fields", "AddEvidence.from");
	return (
		<div className="adding-one">
			<Preview file={draft.file} />
			<div className="adding-fields">
				<Input
					value={draft.title}
					aria-label={titleLabel}
					placeholder={titleLabel}
					maxLength={200}
					onChange={(event) => onChange({ title: event.target.value })}
				/>
				<div className="two">
					<Select
						value={draft.from}
						aria-label={fromLabel}
						options={choicesFor("AddEvidence", "from", names) ?? []}
						onChange={(from) => onChange({ from })}
					/>
					<Select
						value={draft.slot}
						aria-label={t("add-slot")}
						options={[{ value: "", label: t("add-slot-none") }, ...slots]}
						onChange={(slot) => onChange({ slot })}
						popupMatchSelectWidth={false}
					/>
				</div>
				{draft.problem && <Faults problem={draft.problem} />}
			</div>
			<Button
				type="text"
				icon={<Icon name="cross" size={16} />}
				aria-label={t("add-remove", { name: draft.file.name })}
				title={t("add-remove", { name: draft.file.name })}
				onClick={onRemove}
			/>
		</div>
	);
}

function Preview({ file }: { file: File }) {
	const [src] = useState(() => (file.type.startsWith("image/") ? URL.createObjectURL(file) : null));
	return src ? (
		<img src={src} alt="" className="adding-picture" />
	) : (
		<span className="adding-picture">
			<Icon name="file" size={24} />
		</span>
	);
}

function Choose({ label, onFiles }: { label: string; onFiles: (files: Iterable<File>) => void }) {
	const input = useRef<HTMLInputElement>(null);
	return (
		<>
			<input
				ref={input}
				type="file"
				multiple
				hidden
				aria-label={label}
				onChange={(event: ChangeEvent<HTMLInputElement>) => {
					onFiles(event.target.files ?? []);
					event.target.value = "";
				}}
			/>
			<Button onClick={() => input.current?.click()}>{label}</Button>
		</>
	);
}
