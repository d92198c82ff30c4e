import { Form, Input, Modal, Radio, Select } from "antd";
import { useState } from "react";
import { useAct } from "./act.ts";
import type { Names } from "./names.ts";
import { Once } from "./once.tsx";
import type { Webhook } from "./queries.ts";

interface Fields {
	url: string;
	all: boolean;
	events?: string[];
}

/** A webhook: where to, and of what; its secret is shown once when it is made. */
export function WebhookForm({
	names: { t, say },
	webhook,
	events,
	onClose,
}: {
	names: Names;
	webhook: Webhook | null;
	events: readonly string[];
	onClose: () => void;
}) {
	const [form] = Form.useForm<Fields>();
	const [secret, setSecret] = useState<string | null>(null);
	const { act, busy, fault } = useAct<{ secret?: string }>("webhooks");
	const all = Form.useWatch("all", form) ?? webhook?.events.includes("*") ?? true;
	const save = ({ url, all: every, events: some = [] }: Fields) =>
		act({
			method: webhook ? "PATCH" : "POST",
			path: webhook ? `/api/webhooks/${encodeURIComponent(webhook.id)}` : "/api/webhooks",
			body: { url: url.trim(), events: every ? ["*"] : some },
			done: t("saved"),
			after: (answer) => (answer.secret ? setSecret(answer.secret) : onClose()),
		});
	if (secret) return <Once title={t("webhook-secret")} secret={secret} onClose={onClose} />;
	return (
		<Modal
			open
			title={t(webhook ? "change-webhook" : "add-webhook")}
			okText={say.ui("save")}
			cancelText={say.ui("cancel")}
			confirmLoading={busy}
			onOk={() => form.submit()}
			onCancel={onClose}
		>
			<Form
				form={form}
				layout="vertical"
				initialValues={{
					url: webhook?.url,
					all: webhook?.events.includes("*") ?? true,
					events: webhook?.events.filter((one) => one !== "*"),
				}}
				onFinish={save}
			>
				<Form.Item
					name="url"
					label={t("webhook-url")}
					extra={t("webhook-url-help")}
					rules={[{ required: true, pattern: /^https?:\/\/\S+$/, message: t("webhook-url-wrong") }]}
				>
					<Input inputMode="url" maxLength={500} placeholder="https://" />
				</Form.Item>
				<Form.Item name="all" label={t("webhook-events")} required>
					<Radio.Group
						options={[
							{ value: true, label: t("every-event") },
							{ value: false, label: t("some-events") },
						]}
					/>
				</Form.Item>
				{!all && (
					<Form.Item
						name="events"
						label={t("some-events")}
						rules={[{ required: true, message: t("events-missing") }]}
					>
						<Select
							mode="multiple"
							showSearch={{ optionFilterProp: "label" }}
							options={events.map((value) => ({ value, label: say.of("events", value) }))}
						/>
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
