import { useQuery } from "@tanstack/react-query";
import { Button, Popconfirm } from "antd";
import { useState } from "react";
import { problemIn } from "../../api.ts";
import { Empty } from "../../parts/empty.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { useAct } from "./act.ts";
import { type Names, useNames } from "./names.ts";
import { NewKey } from "./new-key.tsx";
import { type ApiKey, keysQuery } from "./queries.ts";

/** Keys by which other systems come in: whose, what they may, until when. */
export function Keys() {
	const names = useNames();
	const { t } = names;
	const keys = useQuery(keysQuery);
	const [making, setMaking] = useState(false);
	const { act, fault } = useAct("keys");
	if (keys.isPending) return <Waiting rows={4} />;
	if (keys.isError) return <Failure problem={problemIn(keys.error)} again={() => keys.refetch()} />;
	return (
		<>
			<div className="people-filters">
				<p className="quiet">{t("keys-note")}</p>
				<span className="people-act">
					<Button type="primary" icon={<Icon name="plus" size={16} />} onClick={() => setMaking(true)}>
						{t("make-key")}
					</Button>
				</span>
			</div>
			{fault && (
				<p className="fault" role="alert">
					{fault}
				</p>
			)}
			{keys.data.length === 0 && <Empty text={t("keys-empty")} icon="plus" />}
			{keys.data.length > 0 && (
				<div className="people-scroll">
					<table className="people-table">
						<thead>
							<tr>
								{["key-name", "key-of", "may", "key-used", "key-term"].map((one) => (
									<th scope="col" key={one}>
										{t(one)}
									</th>
								))}
								<th scope="col">
									<span className="unseen">{t("actions")}</span>
								</th>
							</tr>
						</thead>
						<tbody>
							{keys.data.map((one) => (
								<KeyRow
									key={one.id}
									names={names}
									row={one}
									onWithdraw={() =>
										act({
											method: "DELETE",
											path: `/api/keys/${encodeURIComponent(one.id)}`,
											done: t("withdrawn"),
										})
									}
								/>
							))}
						</tbody>
					</table>
				</div>
			)}
			{making && <NewKey names={names} onClose={() => setMaking(false)} />}
		</>
	);
}

function KeyRow({ names, row, onWithdraw }: { names: Names; row: ApiKey; onWithdraw: () => void }) {
	const { t, say, time, person } = names;
	const over = row.expiresAt !== null && row.expiresAt < new Date().toISOString();
	return (
		<tr className={row.enabled && !over ? undefined : "people-left"}>
			<th scope="row">
				{row.name}
				<div className="quiet">
					<code>{row.start}…</code> · {t("made-at", { time: time(row.madeAt) })}
				</div>
			</th>
			<td>{person(row.person)}</td>
			<td>{row.capabilities.map((one) => say.of("capabilities", one)).join(t("comma"))}</td>
			<td>{row.usedAt ? time(row.usedAt) : t("never-used")}</td>
			<td>
				{!row.enabled
					? t("withdrawn")
					: over
						? t("run-out")
						: row.expiresAt
							? t("until", { day: time(row.expiresAt) })
							: t("no-end")}
			</td>
			<td className="people-last">
				{row.enabled && !over && (
					<Popconfirm
						title={t("withdraw-title", { name: row.name })}
						description={t("withdraw-help")}
						okText={t("withdraw")}
						cancelText={say.ui("cancel")}
						onConfirm={onWithdraw}
					>
						<Button size="small">{t("withdraw")}</Button>
					</Popconfirm>
				)}
			</td>
		</tr>
	);
}
