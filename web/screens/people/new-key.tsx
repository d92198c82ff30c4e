import { useQuery } from "@tanstack/react-query";
import { Checkbox, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import type { Capability } from "#engine/actor.ts";
import { directoryQuery } from "../../queries.ts";
import { useAct } from "./act.ts";
import type { Names } from "./names.ts";
import { Once } from "./once.tsx";
import { rolesQuery } from "./queries.ts";

const TERMS = [30, 90, 180, 365] as const;

interface Fields {
	person: string;
	name: string;
	capabilities: Capability[];
	days: number | "none";
}

/** A key for another system: it may at most what the person may in whose name it comes. */
export function NewKey({ names, onClose }: { names: Names; onClose: () => void }) {
	const { t, say, choices } = names;
	const [form] = Form.useForm<Fields>();
	const [key, setKey] = useState<string | null>(null);
	const { act, busy, fault } = useAct<{ key: string }>("keys");
	const person = Form.useWatch("person", form);
	const may = useCapabilities(person);
	if (key) return <Once title={t("new-key")} secret={key} onClose={onClose} />;
	return (
		<Modal
			open
			title={t("make-key")}
			okText={t("make")}
			cancelText={say.ui("cancel")}
			confirmLoading={busy}
			onOk={() => form.submit()}
			onCancel={onClose}
		>
			<Form
				form={form}
				layout="vertical"
				initialValues={{ days: 90 }}
				onFinish={({ days, ...fields }) =>
					act({
						method: "POST",
						path: "/api/keys",
						body: { ...fields, days: days === "none" ? null : days },
						after: (answer) => setKey(answer.key),
					})
				}
			>
				<Form.Item
					name="name"
					label={t("key-name")}
					extra={t("key-name-help")}
					rules={[{ required: true, message: t("key-name-missing") }]}
				>
					<Input maxLength={100} />
				</Form.Item>
				<Form.Item
					name="person"
					label={t("key-of")}
					extra={t("key-of-help")}
					rules={[{ required: true, message: t("key-of-missing") }]}
				>
					<Select showSearch={{ optionFilterProp: "label" }} options={choices.people} />
				</Form.Item>
				{may.length === 0 ? (
					<Form.Item label={t("may")} required>
						<p className="quiet">{t(person ? "may-nothing" : "may-first")}</p>
					</Form.Item>
				) : (
					<Form.Item
						name="capabilities"
						label={t("may")}
						rules={[{ required: true, message: t("may-missing") }]}
					>
						<Checkbox.Group options={may.map((value) => ({ value, label: say.of("capabilities", value) }))} />
					</Form.Item>
				)}
				<Form.Item name="days" label={t("key-term")} extra={t("key-term-help")} required>
					<Select
						options={[
							...TERMS.map((value) => ({ value, label: say.ui("days", { count: value }) })),
							{ value: "none", label: t("no-end") },
						]}
					/>
				</Form.Item>
			</Form>
			{fault && (
				<p className="fault" role="alert">
					{fault}
				</p>
			)}
		</Modal>
	);
}

/** What a person may do, by all of their roles. */
function useCapabilities(person: string | undefined): Capability[] {
	const { people = {} } = useQuery(directoryQuery).data ?? {};
	const roles = useQuery(rolesQuery).data ?? [];
	const own = person ? (people[person]?.roles ?? []) : [];
	return [...new Set(roles.filter((one) => own.includes(one.role)).flatMap((one) => one.capabilities))];
}
