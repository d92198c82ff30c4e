import { Button, Form } from "antd";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { CommandInfo, Problem } from "../api.ts";
import type { Names } from "../labels.ts";
import { announceTyping } from "../live.ts";
import { Faults } from "../parts/faults.tsx";
import { Waiting } from "../parts/states.tsx";
import { kindOf } from "../steps/evidence/slots.ts";
import { type RoomWords, useRoomWords } from "../words.ts";
import { AfterChoice, useAfter } from "./after.tsx";
import { CommandAside, hasAside } from "./command-aside.tsx";
import { sensibleFor } from "./defaults.ts";
import { type Draft, useDraft } from "./draft.ts";
import { DraftNote } from "./draft-note.tsx";
import { CommandField } from "./field.tsx";
import { FileField } from "./file-field.tsx";
import { firstEmpty } from "./first-empty.ts";
import { MeanwhileNotice } from "./meanwhile.tsx";
import { type Field, fieldsOf } from "./schema.ts";
import { useCommand } from "./use-command.ts";
import { fieldsFrom, type Setting, type Typed, typedAtFirst } from "./values.ts";
import { content } from "./words.yaml";

interface FormProps {
	info: CommandInfo;
	names: Names;
	/** What is known from where the form was opened: the party, the question … */
	known: Typed;
	onDone: () => void;
	onReload: () => void;
	/** It stands in a room that decides itself what follows. */
	inRoom?: boolean;
	/** Somebody asked for it: its first field is typed in at once. */
	focus?: boolean;
}

export function settingOf({ pack, zone }: Names): Setting {
	return { zone, currency: pack?.data.head.currency ?? "CNY", sheet: pack?.sheet ?? {} };
}

/** The form of any command, made from its schema. What is typed is kept until it has been taken. */
export function CommandForm(props: FormProps) {
	const { info, names, known } = props;
	const draft = useDraft(names.kase.id, formName(info.type, known));
	// what was there at first stays when the draft is dropped, so that the form does not empty under one's hands
	const [first, setFirst] = useState<Typed | null | undefined>(draft.typed);
	if (first === undefined && draft.typed !== undefined) setFirst(draft.typed);
	if (first === undefined) return <Waiting />;
	return <Begun {...props} draft={draft} first={first} />;
}

/** A question to one party is another draft than one to the next. */
function formName(type: string, known: Typed): string {
	const about = Object.values(known).find(
		(one) => typeof one === "string" && /^[A-Za-z0-9_-]{1,40}$/.test(one),
	);
	return about ? `${type}.${about}` : type;
}

function Begun({
	info,
	names,
	known,
	draft,
	first,
	inRoom = false,
	focus = false,
	onDone,
	onReload,
}: FormProps & { draft: Draft; first: Typed | null }) {
	const { kase } = names;
	const setting = settingOf(names);
	const fields = fieldsOf(info.type, info.schema);
	const [form] = Form.useForm<Typed>();
	const [files, setFiles] = useState<File[]>([]);
	const after = useAfter(kase.id);
	const atFirst = { ...typedAtFirst(fields, known, setting), ...sensibleFor(info.type, fields, names) };
	const commandFrom = (typed: Typed) => fieldsFrom(fields, typed, setting);
	const taken = () => {
		draft.drop();
		onDone();
		if (!inRoom) after.go();
	};
	const { send, sending, problem, meanwhile } = useCommand({
		...{ type: info.type, names, form, commandFrom, taken },
		stale: onReload,
	});
	const withFile = info.type === "AddEvidence";
	const takeFile = (chosen: File[]) => {
		setFiles(chosen);
		const told = chosen[0] && toldBy(chosen[0], form.getFieldsValue(true));
		if (told) form.setFieldsValue(told);
	};
	const place = useRef<HTMLDivElement>(null);
	useEffect(() => {
		if (inRoom && !focus) return;
		// a drawer around it takes the focus first
		const frame = requestAnimationFrame(() => place.current && firstEmpty(place.current)?.focus());
		return () => cancelAnimationFrame(frame);
	}, [focus, inRoom]);
	const startAnew = () => {
		form.setFieldsValue({ ...emptied(fields), ...atFirst, ...known });
		draft.drop();
	};
	return (
		<Form
			form={form}
			className={hasAside(info, names) ? "command-form command-form-wide" : "command-form"}
			layout="vertical"
			requiredMark="optional"
			disabled={sending}
			initialValues={{ ...atFirst, ...first, ...known }}
			onValuesChange={(_, all) => {
				draft.keep(all);
				announceTyping(kase.id, info.type);
			}}
			onFinish={(typed) => send(typed, withFile ? (files[0] ?? null) : null)}
			onKeyDown={(event) => sendsAtOnce(event) && form.submit()}
			scrollToFirstError={{ block: "center", focus: true }}
		>
			<div className="command-fields" ref={place}>
				<Begin names={names} type={info.type} restored={first !== null} startAnew={startAnew} />
				{withFile && <FileField names={names} files={files} onChange={takeFile} />}
				{fields.filter(isTyped(info)).map((field) => (
					<CommandField
						key={field.name}
						{...{ command: info.type, field, names, setting }}
						path={[field.name]}
					/>
				))}
				{meanwhile.waits && <MeanwhileNotice names={names} meanwhile={meanwhile} />}
				{problem && <Wrong problem={problem} fields={fields} onReload={onReload} />}
				<Foot label={names.say.of("commands", info.type)} sending={sending} held={meanwhile.waits}>
					{!inRoom && <AfterChoice {...after} />}
					<DraftNote state={draft.state} zone={names.zone} />
				</Foot>
			</div>
			<CommandAside {...{ info, names, commandFrom }} onTick={() => draft.keep(form.getFieldsValue(true))} />
		</Form>
	);
}

/** What a file says of itself, where nobody has said otherwise. */
function toldBy(file: File, typed: Typed): Typed {
	return {
		...(!typed.kind && { kind: kindOf(file.type, undefined) }),
		...(!typed.title && { title: file.name.replace(/\.[^.]+$/, "").slice(0, 200) }),
	};
}

/** What was said is ticked at the side, beside the words. */
function isTyped({ type }: CommandInfo): (field: Field) => boolean {
	return (field) => !(type === "RecordContact" && field.name === "said");
}

function sendsAtOnce(event: KeyboardEvent): boolean {
	return event.key === "Enter" && (event.ctrlKey || event.metaKey);
}

function Begin({
	names,
	type,
	restored,
	startAnew,
}: {
	names: Names;
	type: string;
	restored: boolean;
	startAnew: () => void;
}) {
	const t = useRoomWords(content as RoomWords);
	return (
		<>
			<p className="quiet gap-after">{names.say.of("commandHelp", type)}</p>
			{restored && (
				<p className="restored">
					{t("restored")}{" "}
					<Button size="small" onClick={startAnew}>
						{t("start-anew")}
					</Button>
				</p>
			)}
		</>
	);
}

/** The refusal, and what is wrong where the form has no field for it. A conflict is told by what others did. */
function Wrong({
	problem,
	fields,
	onReload,
}: {
	problem: Problem;
	fields: readonly Field[];
	onReload: () => void;
}) {
	if (problem.reason === "Conflict") return null;
	const known = new Set(fields.map((one) => one.name));
	const elsewhere = (problem.fields ?? []).filter((one) => !known.has(one.at.split(".")[0] ?? ""));
	return (
		<>
			<Faults problem={problem} onReload={onReload} />
			{elsewhere.length > 0 && (
				<ul className="why-not gap-after">
					{elsewhere.map((one) => (
						<li key={one.at}>{one.problem}</li>
					))}
				</ul>
			)}
		</>
	);
}

function Foot({
	label,
	sending,
	held,
	children,
}: {
	label: string;
	sending: boolean;
	/** Something is to be looked at first. */
	held: boolean;
	children: ReactNode;
}) {
	const t = useRoomWords(content as RoomWords);
	return (
		<div className="command-foot">
			<Button
				type="primary"
				htmlType="submit"
				loading={sending}
				disabled={held}
				title={held ? t("see-first") : t("keys")}
			>
				{label}
			</Button>
			{held && <span className="why-not">{t("see-first")}</span>}
			{children}
		</div>
	);
}

function emptied(fields: readonly Field[]): Typed {
	return Object.fromEntries(fields.map((one) => [one.name, undefined]));
}
