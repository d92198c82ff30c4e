import { Button, Form, Input, Modal, Popconfirm, Select } from "antd";
import { useAct } from "./act.ts";
import type { Names } from "./names.ts";
import type { Relation } from "./queries.ts";

const RELATION_KINDS = [
	"own",
	"franchised",
	"carrier",
	"provider",
	"rental",
	"aggregator",
	"insurer",
	"partner",
] as const;

/** Whom an organisation belongs to, since when and until when; earlier ones stay, for cases of that time. */
export function RelationForm({
	names,
	child,
	relations,
	today,
	onClose,
}: {
	names: Names;
	child: string;
	relations: readonly Relation[];
	today: string;
	onClose: () => void;
}) {
	const { t, say, choices, organisation } = names;
	const [form] = Form.useForm<Omit<Relation, "child">>();
	const { act, busy, fault } = useAct("relations");
	const put = (relation: Omit<Relation, "child">, then?: () => void) =>
		act({
			method: "PUT",
			path: "/api/relations",
			body: { ...relation, child, to: relation.to || null },
			done: t("saved"),
			...(then && { after: then }),
		});
	const remove = ({ parent, from }: Relation) =>
		act({
			method: "DELETE",
			path: `/api/relations/${[child, parent, from].map(encodeURIComponent).join("/")}`,
			done: t("removed"),
		});
	return (
		<Modal
			open
			width={640}
			title={t("relations-of", { name: organisation(child) })}
			okText={t("add")}
			cancelText={say.ui("close")}
			confirmLoading={busy}
			onOk={() => form.submit()}
			onCancel={onClose}
		>
			<ul className="relations">
				{relations.length === 0 && <li className="quiet">{t("relations-none")}</li>}
				{relations.map((one) => (
					<li key={`${one.parent} ${one.from}`}>
						<span>
							{organisation(one.parent)} · {t(`rel-${one.kind}`)} · {t("since", { day: one.from })}
							{one.to ? ` · ${t("until", { day: one.to })}` : ""}
						</span>
						<span>
							{(one.to === null || one.to > today) && one.from <= today && (
								<Button size="small" onClick={() => put({ ...one, to: today })}>
									{t("end-today")}
								</Button>
							)}
							<Popconfirm
								title={t("delete-relation")}
								okText={t("delete")}
								cancelText={say.ui("cancel")}
								onConfirm={() => remove(one)}
							>
								<Button size="small" type="text">
									{t("delete")}
								</Button>
							</Popconfirm>
						</span>
					</li>
				))}
			</ul>
			<Form
				form={form}
				layout="vertical"
				initialValues={{ kind: "own", from: today }}
				onFinish={(fields) => put(fields, () => form.resetFields())}
			>
				<div className="people-two">
					<Form.Item
						name="parent"
						label={t("belongs-to")}
						rules={[{ required: true, message: t("parent-missing") }]}
					>
						<Select
							showSearch={{ optionFilterProp: "label" }}
							options={choices.organisations.filter((one) => one.value !== child)}
						/>
					</Form.Item>
					<Form.Item name="kind" label={t("rel-kind")} required>
						<Select options={RELATION_KINDS.map((value) => ({ value, label: t(`rel-${value}`) }))} />
					</Form.Item>
					<Form.Item
						name="from"
						label={t("rel-from")}
						rules={[{ required: true, message: t("day-missing") }]}
					>
						<Input type="date" />
					</Form.Item>
					<Form.Item name="to" label={t("rel-to")} extra={t("rel-to-help")}>
						<Input type="date" />
					</Form.Item>
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
