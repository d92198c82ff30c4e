import { Form, Input, Modal, Select } from "antd";
import { useAct } from "./act.ts";
import type { Names } from "./names.ts";
import type { Organisation } from "./queries.ts";

const ORGANISATION_KINDS = [
	"head-office",
	"branch",
	"outlet",
	"department",
	"carrier",
	"provider",
	"rental",
	"aggregator",
	"insurer",
	"partner",
] as const;

/** A new organisation, or a known one changed; its short name in addresses stays. */
export function OrganisationForm({
	names: { t, say },
	organisation,
	onClose,
}: {
	names: Names;
	organisation: Organisation | null;
	onClose: () => void;
}) {
	const [form] = Form.useForm<Organisation>();
	const { act, busy, fault } = useAct("organisations", "directory");
	const save = ({ id, ...fields }: Organisation) =>
		act({
			method: "PUT",
			path: `/api/organisations/${encodeURIComponent(organisation?.id ?? id)}`,
			body: fields,
			done: t("saved"),
			after: onClose,
		});
	return (
		<Modal
			open
			title={organisation ? t("change-of", { name: organisation.name }) : t("add-organisation")}
			okText={say.ui("save")}
			cancelText={say.ui("cancel")}
			confirmLoading={busy}
			onOk={() => form.submit()}
			onCancel={onClose}
		>
			<Form form={form} layout="vertical" initialValues={organisation ?? { kind: "outlet" }} onFinish={save}>
				<div className="people-two">
					<Form.Item
						name="name"
						label={t("org-name")}
						rules={[{ required: true, message: t("org-name-missing") }]}
					>
						<Input maxLength={100} />
					</Form.Item>
					<Form.Item
						name="nameEn"
						label={t("org-name-en")}
						rules={[{ required: true, message: t("org-name-missing") }]}
					>
						<Input maxLength={100} />
					</Form.Item>
					<Form.Item name="kind" label={t("org-kind")} required>
						<Select options={ORGANISATION_KINDS.map((value) => ({ value, label: t(`org-${value}`) }))} />
					</Form.Item>
					{!organisation && (
						<Form.Item
							name="id"
							label={t("org-id")}
							extra={t("org-id-help")}
							rules={[{ required: true, pattern: /^[\w.-]{1,60}$/, message: t("org-id-wrong") }]}
						>
							<Input maxLength={60} />
						</Form.Item>
					)}
				</div>
			</Form>
			{fault && (
				<p className="fault" role="alert">
					{fault}
				</p>
			)}
		</Modal>
	);
}
