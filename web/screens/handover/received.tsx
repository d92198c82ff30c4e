import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { problemIn } from "../../api.ts";
import { useKey } from "../../keys.ts";
import { type Names, personName, textOf, timeText } from "../../labels.ts";
import { Faults } from "../../parts/faults.tsx";
import { GradeTag } from "../../parts/grade-tag.tsx";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { aboutOf } from "../work/item-head.tsx";
import { useAct } from "../work/use-act.ts";
import type { WorkItem } from "../work/work-query.ts";
import { content } from "./words.yaml";

/** What colleagues handed over, their notes first; each is confirmed as read. */
export function Received({
	items,
	namesOf,
}: {
	items: readonly WorkItem[];
	namesOf: (item: WorkItem) => Names;
}) {
	const t = useRoomWords(content as RoomWords);
	const unread = items.filter((one) => one.case.owner?.handOver?.read === null);
	return (
		<section className="panel" aria-labelledby="received">
			<h2 id="received">{t("received")}</h2>
			{items.length === 0 && <p className="quiet">{t("received-none")}</p>}
			<ul className="lines">
				{items.map((one) => (
					<One key={one.case.id} item={one} names={namesOf(one)} first={one === unread[0]} />
				))}
			</ul>
		</section>
	);
}

function One({ item, names, first }: { item: WorkItem; names: Names; first: boolean }) {
	const t = useRoomWords(content as RoomWords);
	const queries = useQueryClient();
	const [sent, setSent] = useState(false);
	const reload = () => void queries.invalidateQueries({ queryKey: ["work"] });
	const act = useAct(item.case, () => {
		setSent(true);
		reload();
	});
	const { owner } = item.case;
	const handed = owner?.handOver;
	const confirm = () => act.mutate({ type: "ConfirmHandOver", fields: {} });
	const open = handed?.read === null && !sent;
	useKey("c", t("read"), confirm, open && first);
	if (!owner || !handed) return null;
	return (
		<li className="handed handed-in">
			<p className="work-head-line">
				<GradeTag
					urgency={names.kase.triage?.urgency ?? null}
					severity={names.kase.triage?.severity ?? null}
				/>
				<b>{aboutOf(names)}</b>
				<Link to="/cases/$id" params={{ id: item.case.id }} className="case-number">
					{item.case.number}
				</Link>
				<span className="quiet">
					{t("from", { name: personName(names, handed.from), time: timeText(names, owner.since) })}
				</span>
			</p>
			<p className="entry-words">{textOf(names, handed.note)}</p>
			{act.isError && <Faults problem={problemIn(act.error)} onReload={reload} />}
			{handed.read && <p className="quiet">{t("read-at", { time: timeText(names, handed.read.at) })}</p>}
			{open && (
				<Button loading={act.isPending} onClick={confirm} {...(first && { "aria-keyshortcuts": "c" })}>
					{t("read")} {first && <kbd>c</kbd>}
				</Button>
			)}
		</li>
	);
}
