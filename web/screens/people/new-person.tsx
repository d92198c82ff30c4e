import { Checkbox, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useAct } from "./act.ts";
import type { Names } from "./names.ts";
import { Once } from "./once.tsx";
import { newPassword } from "./password.ts";
import type { RoleGiven } from "./queries.ts";
import { RoleEditor } from "./role-editor.tsx";

interface Fields {
	kind: "staff" | "worker" | "customer";
	alias: string;
	name?: string;
	phone?: string;
	organisation?: string;
	login?: string;
}

/** Somebody new, with their roles; the first password is made here and shown once. */
export function NewPerson({ names, onClose }: { names: Names; onClose: () => void }) {
	const { t, say, choices } = names;
	const [form] = Form.useForm<Fields>();
	const [roles, setRoles] = useState<RoleGiven[]>([]);
	const [withAccount, setWithAccount] = useState(true);
	const [password, setPassword] = useState<string | null>(null);
	const { act, busy, fault } = useAct<{ id: string }>("people", "directory");
	const make = ({ login, ...fields }: Fields) => {
		const made = newPassword();
		const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value));
		act({
			method: "POST",
			path: "/api/people",
			body: { ...given, roles, ...(withAccount && login && { signIn: { login, password: made } }) },
			done: t("person-added", { name: fields.alias }),
			after: () => (withAccount && login ? setPassword(made) : onClose()),
		});
	};
	if (password) return <Once title={t("first-password")} secret={password} onClose={onClose} />;
	return (
		<Modal
			open
			width={640}
			title={t("add-person")}
			okText={t("add")}
			cancelText={say.ui("cancel")}
			confirmLoading={busy}
			onOk={() => form.submit()}
			onCancel={onClose}
		>
			<Form form={form} layout="vertical" initialValues={{ kind: "staff" }} onFinish={make}>
				<div className="people-two">
					<Form.Item
						name="alias"
						label={t("alias")}
						extra={t("alias-help")}
						rules={[{ required: true, message: t("alias-missing") }]}
					>
						<Input maxLength={100} />
					</Form.Item>
					<Form.Item name="kind" label={t("kind")} required>
						<Select
							options={["staff", "worker", "customer"].map((value) => ({ value, label: t(`kind-${value}`) }))}
						/>
					</Form.Item>
					<Form.Item name="name" label={t("name")} extra={t("sealed")}>
						<Input maxLength={100} />
					</Form.Item>
					<Form.Item name="phone" label={t("phone")} extra={t("sealed")}>
						<Input maxLength={40} inputMode="tel" />
					</Form.Item>
					<Form.Item name="organisation" label={t("organisation")}>
						<Select allowClear showSearch={{ optionFilterProp: "label" }} options={choices.organisations} />
					</Form.Item>
				</div>
				<h3>{t("roles")}</h3>
				<RoleEditor names={names} roles={roles} onChange={setRoles} />
				<Checkbox checked={withAccount} onChange={({ target }) => setWithAccount(target.checked)}>
					{t("with-account")}
				</Checkbox>
				{withAccount && (
					<Form.Item
						name="login"
						label={t("login")}
						extra={t("login-help")}
						rules={[{ required: true, message: t("login-missing") }]}
					>
						<Input autoComplete="off" maxLength={200} />
					</Form.Item>
				)}
			</Form>
			{fault && (
				<p className="fault" role="alert">
					{fault}
				</p>
			)}
		</Modal>
	);
}
