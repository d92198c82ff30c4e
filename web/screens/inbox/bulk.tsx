import "../../styles/bulk.css";
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer, Dropdown } from "antd";
import { useState } from "react";
import type { CaseRow } from "../../api.ts";
import type { PackAnswer } from "../../pack.ts";
import { Icon } from "../../parts/icon.tsx";
import { commandsQuery } from "../../queries.ts";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { useWho } from "../who.ts";
import { BulkForm } from "./bulk-form.tsx";
import { MOST_MARKED } from "./marking.ts";
import type { Marks } from "./marks.ts";
import { content } from "./words.yaml";

/** What makes sense to be said once for many cases. */
const COMMANDS = [
	"ClaimCase",
	"AssignCase",
	"HandOverCase",
	"GradeCase",
	"RegradeCase",
	"EscalateCase",
	"AttachToMassIncident",
	"PlaceHold",
	"LiftHold",
	"CloseCase",
];

/** How many are marked, and what to do to all of them. */
export function BulkBar({
	marks,
	rows,
	packs,
}: {
	marks: Marks;
	rows: readonly CaseRow[];
	packs: Record<string, PackAnswer>;
}) {
	const say = useSay();
	const t = useRoomWords(content as RoomWords);
	const { capabilities } = useWho();
	const commands = useQuery(commandsQuery).data;
	const [chosen, setChosen] = useState<{ command: string; ids: string[] } | null>(null);
	const own = COMMANDS.flatMap((type) => commands?.get(type) ?? []).filter(({ by }) =>
		by.some((one) => capabilities.includes(one)),
	);
	const items = own.map(({ type }) => ({ key: type, label: say.of("commands", type) }));
	const info = chosen ? commands?.get(chosen.command) : undefined;
	return (
		<div className="bulk" role="toolbar" aria-label={t("bulk")}>
			<span role="status">
				{t(marks.ids.size >= MOST_MARKED ? "marked-most" : "marked", { count: marks.ids.size })}
			</span>
			<Dropdown
				trigger={["click"]}
				placement="topLeft"
				disabled={items.length === 0}
				menu={{ items, onClick: ({ key }) => setChosen({ command: key, ids: [...marks.ids] }) }}
			>
				<Button type="primary" title={items.length === 0 ? t("bulk-none") : undefined}>
					{t("do-to-all")}
				</Button>
			</Dropdown>
			<Button
				type="text"
				icon={<Icon name="close" size={16} />}
				onClick={marks.clear}
				aria-label={t("unmark")}
				title={t("unmark")}
			/>
			<Drawer
				open={chosen !== null}
				onClose={() => setChosen(null)}
				title={
					chosen ? `${say.of("commands", chosen.command)} · ${t("marked", { count: chosen.ids.length })}` : ""
				}
				size={560}
				destroyOnHidden
			>
				{chosen && info && (
					<BulkForm
						info={info}
						ids={chosen.ids}
						numbers={new Map(rows.map((one) => [one.id, one.number]))}
						packs={packs}
						onDone={(left) => {
							setChosen(null);
							marks.set(left);
						}}
					/>
				)}
			</Drawer>
		</div>
	);
}
