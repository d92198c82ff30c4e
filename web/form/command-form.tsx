import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Upload } from "antd";
import { useRef, useState } from "react";
import type { CommandInfo, Problem } from "../api.ts";
import { ask, problemIn } from "../api.ts";
import type { Names } from "../labels.ts";
import { Faults } from "../parts/faults.tsx";
import { sessionQuery } from "../queries.ts";
import { dropDraft, keepDraft, newKey, readDraft } from "./draft.ts";
import { CommandField } from "./field.tsx";
import { fieldsOf } from "./schema.ts";
import { fieldsFrom, type Setting, type Typed, typedAtFirst } from "./values.ts";

interface FormProps {
	info: CommandInfo;
	names: Names;
	/** What is known from where the form was opened: the party, the question … */
	known: Typed;
	onDone: () => void;
	onReload: () => void;
}

export function settingOf({ pack, zone }: Names): Setting {
	return { zone, currency: pack?.data.head.currency ?? "CNY", sheet: pack?.sheet ?? {} };
}

/** The form of any command, made from its schema. What is typed is kept until it has been taken. */
export function CommandForm({ info, names, known, onDone, onReload }: FormProps) {
	const { say, kase } = names;
	const setting = settingOf(names);
	const fields = fieldsOf(info.type, info.schema);
	const queries = useQueryClient();
	const [form] = Form.useForm<Typed>();
	const [problem, setProblem] = useState<Problem | null>(null);
	const [sending, setSending] = useState(false);
	const [files, setFiles] = useState<File[]>([]);
	const key = useRef(newKey());
	const withFile = info.type === "AddEvidence";
	const send = async (typed: Typed) => {
		setSending(true);
		setProblem(null);
		try {
			const command = { ...fieldsFrom(fields, typed, setting), ...(await casesNamed(typed)) };
			await submit(kase, info.type, command, key.current, withFile ? (files[0] ?? null) : null);
			dropDraft(kase.id, info.type);
			onDone();
		} catch (error) {
			const told = problemIn(error);
			setProblem(told);
			if (told.status === 401) queries.setQueryData(sessionQuery.queryKey, null);
			form.setFields((told.fields ?? []).map((one) => ({ name: placeOf(one.at), errors: [one.problem] })));
		} finally {
			setSending(false);
		}
	};
	return (
		<Form
			form={form}
			layout="vertical"
			requiredMark="optional"
			disabled={sending}
			initialValues={{ ...typedAtFirst(fields, known, setting), ...readDraft(kase.id, info.type), ...known }}
			onValuesChange={(_, all) => keepDraft(kase.id, info.type, all)}
			onFinish={send}
			scrollToFirstError={{ block: "center", focus: true }}
		>
			<p className="quiet">{say.of("commandHelp", info.type)}</p>
			{withFile && <FileField names={names} files={files} onChange={setFiles} />}
			{fields.map((field) => (
				<CommandField
					key={field.name}
					command={info.type}
					field={field}
					names={names}
					setting={setting}
					path={[field.name]}
				/>
			))}
			{problem && <Faults problem={problem} onReload={onReload} />}
			<Button type="primary" htmlType="submit" loading={sending} block>
				{say.of("commands", info.type)}
			</Button>
		</Form>
	);
}

/** Takes the command to the server; evidence goes with its file. */
async function submit(kase: Names["kase"], type: string, command: Typed, key: string, file: File | null) {
	const headers = { "idempotency-key": key };
	if (type !== "AddEvidence" || !file) {
		const path = `/api/cases/${kase.id}/commands`;
		await ask("POST", path, { type, expected: kase.seq, ...command }, headers);
		return;
	}
	const body = new FormData();
	for (const [name, value] of Object.entries(command)) body.append(name, String(value));
	body.append("file", file);
	await ask("POST", `/api/cases/${kase.id}/evidence`, body, headers);
}

/** Other cases are named by their number; commands want their id. */
async function casesNamed(typed: Typed): Promise<Typed> {
	const found: Typed = {};
	for (const name of ["into", "case", "incident"]) {
		const number = typed[name];
		if (typeof number !== "string" || number === "") continue;
		const answer = await ask<{ case: { id: string } }>(
			"GET",
			`/api/cases/${encodeURIComponent(number.trim())}`,
		);
		found[name] = answer.case.id;
	}
	return found;
}

function placeOf(at: string): (string | number)[] {
	return at.split(".").map((one) => (/^\d+$/.test(one) ? Number(one) : one));
}

function FileField({
	names,
	files,
	onChange,
}: {
	names: Names;
	files: File[];
	onChange: (files: File[]) => void;
}) {
	const { say } = names;
	return (
		<Form.Item label={say.of("fields", "file")}>
			<Upload
				beforeUpload={(file) => {
					onChange([file]);
					return false;
				}}
				onRemove={() => onChange([])}
				maxCount={1}
				fileList={files.map((file) => ({
					uid: file.name,
					name: file.name,
					size: file.size,
					status: "done" as const,
				}))}
			>
				<Button>{say.ui("upload")}</Button>
			</Upload>
		</Form.Item>
	);
}
