import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Popconfirm, Switch } from "antd";
import { useState } from "react";
import { problemIn } from "../../api.ts";
import { Empty } from "../../parts/empty.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { useAct } from "./act.ts";
import { Deliveries } from "./deliveries.tsx";
import { GivenUpWork } from "./given-up.tsx";
import { type Names, useNames } from "./names.ts";
import { type PeopleSearch, withoutEmpty } from "./people-search.ts";
import { type Webhook, webhooksQuery } from "./queries.ts";
import { WebhookForm } from "./webhook-form.tsx";

/** Who is told of what happens, and how the telling went. */
export function Webhooks() {
	const names = useNames();
	const { t } = names;
	const hooks = useQuery(webhooksQuery);
	const [editing, setEditing] = useState<Webhook | "new" | null>(null);
	const open = useSearch({ from: "/people" }).webhook;
	if (hooks.isPending) return <Waiting rows={4} />;
	if (hooks.isError) return <Failure problem={problemIn(hooks.error)} again={() => hooks.refetch()} />;
	const { webhooks, events } = hooks.data;
	return (
		<>
			<div className="people-filters">
				<p className="quiet">{t("webhooks-note")}</p>
				<span className="people-act">
					<Button type="primary" icon={<Icon name="plus" size={16} />} onClick={() => setEditing("new")}>
						{t("add-webhook")}
					</Button>
				</span>
			</div>
			{webhooks.length === 0 && <Empty text={t("webhooks-empty")} icon="plus" />}
			<ul>
				{webhooks.map((one) => (
					<WebhookCard
						key={one.id}
						names={names}
						webhook={one}
						open={one.id === open}
						onEdit={() => setEditing(one)}
					/>
				))}
			</ul>
			<GivenUpWork names={names} />
			{editing && (
				<WebhookForm
					names={names}
					webhook={editing === "new" ? null : editing}
					events={events}
					onClose={() => setEditing(null)}
				/>
			)}
		</>
	);
}

function WebhookCard({
	names,
	webhook,
	open,
	onEdit,
}: {
	names: Names;
	webhook: Webhook;
	open: boolean;
	onEdit: () => void;
}) {
	const { t, say, time } = names;
	const navigate = useNavigate({ from: "/people" });
	const { act, busy, fault } = useAct("webhooks", "deliveries");
	const path = `/api/webhooks/${encodeURIComponent(webhook.id)}`;
	const show = (id: string | undefined) =>
		navigate({ search: (before: PeopleSearch) => withoutEmpty({ ...before, webhook: id ?? "" }) });
	const all = webhook.events.includes("*");
	return (
		<li className="panel webhook">
			<div className="webhook-line">
				<div>
					<b>{webhook.url}</b>
					<p className="quiet">
						{all ? t("every-event") : webhook.events.map((one) => say.of("events", one)).join(t("comma"))}
						{" · "}
						{t("made-at", { time: time(webhook.madeAt) })}
					</p>
				</div>
				<div className="webhook-acts">
					<span className="webhook-switch">
						<Switch
							size="small"
							aria-label={t("webhook-on")}
							checked={webhook.active}
							loading={busy}
							onChange={(active) => act({ method: "PATCH", path, body: { active } })}
						/>
						{t(webhook.active ? "webhook-on" : "webhook-paused")}
					</span>
					<Button
						size="small"
						disabled={!webhook.active}
						title={webhook.active ? undefined : t("ping-paused")}
						onClick={() =>
							act({ method: "POST", path: `${path}/ping`, done: t("pinged"), after: () => show(webhook.id) })
						}
					>
						{t("ping")}
					</Button>
					<Button size="small" onClick={onEdit}>
						{t("change")}
					</Button>
					<Popconfirm
						title={t("delete-webhook")}
						okText={t("delete")}
						cancelText={say.ui("cancel")}
						onConfirm={() => act({ method: "DELETE", path, done: t("removed") })}
					>
						<Button size="small" type="text">
							{t("delete")}
						</Button>
					</Popconfirm>
				</div>
			</div>
			{fault && (
				<p className="fault" role="alert">
					{fault}
				</p>
			)}
			<Button
				type="link"
				size="small"
				aria-expanded={open}
				onClick={() => show(open ? undefined : webhook.id)}
			>
				{t(open ? "hide-deliveries" : "show-deliveries")}
			</Button>
			{open && <Deliveries names={names} webhook={webhook} />}
		</li>
	);
}
