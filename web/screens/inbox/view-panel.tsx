import { Link } from "@tanstack/react-router";
import { Button, Checkbox, Input } from "antd";
import { useState } from "react";
import { type Problem, problemIn } from "../../api.ts";
import { Icon } from "../../parts/icon.tsx";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { useWho } from "../who.ts";
import { keptFilter, type ListSearch } from "./list-search.ts";
import { type SavedView, useKeeping, useMayKeep, useSavedViews } from "./saved.ts";
import { Count, type ViewTab } from "./view-tab.tsx";
import { content } from "./words.yaml";

interface PanelProps {
	tabs: readonly ViewTab[];
	search: ListSearch;
	onDone: () => void;
}

/** Every view at a glance; lists are kept, renamed, shared and forgotten here. */
export function ViewPanel({ tabs, search, onDone }: PanelProps) {
	const t = useRoomWords(content as RoomWords);
	const saved = useSavedViews();
	const [problem, setProblem] = useState<Problem | null>(null);
	const own = new Map(saved.map((one) => [one.id, one]));
	const attempt = async (work: () => Promise<unknown>) => {
		setProblem(null);
		await work().catch((error: unknown) => setProblem(problemIn(error)));
	};
	return (
		<div className="view-panel">
			<ul>
				{tabs.map((tab) => (
					<li key={tab.key}>
						<Link to="." search={tab.search} onClick={onDone} aria-current={tab.current ? "page" : undefined}>
							{tab.label}
						</Link>
						<Count of={tab.count} />
						{own.has(tab.key) && <Kept view={own.get(tab.key) as SavedView} attempt={attempt} />}
					</li>
				))}
			</ul>
			{useMayKeep() && <KeepForm search={search} attempt={attempt} />}
			{problem && (
				<p role="alert" className="fault">
					{problem.title || t("not-reached")}
				</p>
			)}
		</div>
	);
}

/** What may be done with a list that is kept. */
function Kept({
	view,
	attempt,
}: {
	view: SavedView;
	attempt: (work: () => Promise<unknown>) => Promise<void>;
}) {
	const t = useRoomWords(content as RoomWords);
	const manages = useWho().capabilities.includes("manage");
	const { change, forget } = useKeeping();
	const [name, setName] = useState<string | null>(null);
	if (!view.own && !manages) return <span className="tag">{t("shared")}</span>;
	if (name !== null)
		return (
			<Input
				size="small"
				autoFocus
				maxLength={40}
				value={name}
				aria-label={t("view-name")}
				onChange={(event) => setName(event.target.value)}
				onPressEnter={() =>
					void attempt(() => change(view.id, { name: name.trim() || view.name })).then(() => setName(null))
				}
				onBlur={() => setName(null)}
			/>
		);
	return (
		<span className="view-acts">
			{manages && (
				<Checkbox
					checked={view.shared}
					onChange={({ target }) => void attempt(() => change(view.id, { shared: target.checked }))}
				>
					{t("shared")}
				</Checkbox>
			)}
			<Button size="small" type="text" onClick={() => setName(view.name)}>
				{t("rename")}
			</Button>
			<Button
				size="small"
				type="text"
				icon={<Icon name="close" size={16} />}
				aria-label={t("forget", { name: view.name })}
				title={t("forget", { name: view.name })}
				onClick={() => void attempt(() => forget(view.id))}
			/>
		</span>
	);
}

function KeepForm({
	search,
	attempt,
}: {
	search: ListSearch;
	attempt: (work: () => Promise<unknown>) => Promise<void>;
}) {
	const say = useSay();
	const t = useRoomWords(content as RoomWords);
	const { keep } = useKeeping();
	const [name, setName] = useState("");
	const [busy, setBusy] = useState(false);
	const send = async () => {
		if (name.trim() === "") return;
		setBusy(true);
		await attempt(async () => {
			await keep({ name: name.trim(), filter: keptFilter(search) });
			setName("");
		});
		setBusy(false);
	};
	return (
		<form
			className="view-keep"
			onSubmit={(event) => {
				event.preventDefault();
				void send();
			}}
		>
			<label htmlFor="view-name">{t("keep-view", { view: say.ui(search.view ?? "everyone") })}</label>
			<div>
				<Input
					id="view-name"
					maxLength={40}
					value={name}
					placeholder={t("view-name")}
					onChange={(event) => setName(event.target.value)}
				/>
				<Button htmlType="submit" loading={busy} disabled={name.trim() === ""} title={t("keep-why")}>
					{t("keep")}
				</Button>
			</div>
		</form>
	);
}
