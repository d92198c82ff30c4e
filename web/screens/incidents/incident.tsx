import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Progress as Bar, Button, Checkbox } from "antd";
import { useState } from "react";
import { problemIn } from "../../api.ts";
import { useKey } from "../../keys.ts";
import { type Names, partyName, personName } from "../../labels.ts";
import { Failure, Waiting } from "../../parts/states.tsx";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { Choice } from "../work/choice.tsx";
import { aboutOf, ItemHead } from "../work/item-head.tsx";
import { useItemNames } from "../work/item-names.ts";
import { type WorkItem, workQuery } from "../work/work-query.ts";
import { AddCases } from "./add.tsx";
import type { Progress } from "./incidents.tsx";
import { OfferToEach, ReplyToEach } from "./to-each.tsx";
import { content } from "./words.yaml";

const WHAT = ["reply", "offer", "add"] as const;
type What = (typeof WHAT)[number];

/** One incident: its own case, how far the cases under it are, and what is done to the chosen ones together. */
export function Incident({
	item,
	names,
	progress,
}: {
	item: WorkItem;
	names: Names;
	progress: Progress | null;
}) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const list = useInfiniteQuery(workQuery(`incidents/${item.case.id}/cases`));
	const pages = list.data?.pages ?? [];
	const children = pages.flatMap((page) => page.items);
	const namesOf = useItemNames(pages);
	const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
	const [what, setWhat] = useState<What>("reply");
	useKey("r", t("reply"), () => setWhat("reply"));
	useKey("f", t("offer"), () => setWhat("offer"));
	useKey("a", t("add"), () => setWhat("add"));
	const chosen = children.filter((one) => !left.has(one.case.id) && !one.case.closure);
	const choose = (id: string, on: boolean) => {
		const next = new Set(left);
		if (on) next.delete(id);
		else next.add(id);
		setLeft(next);
	};
	return (
		<>
			<ItemHead names={names} />
			{progress && <Counts progress={progress} />}
			<section className="panel">
				<h2>{t("children")}</h2>
				{list.isPending && <Waiting rows={2} />}
				{list.isError && <Failure problem={problemIn(list.error)} again={() => list.refetch()} />}
				{list.data && children.length === 0 && <p className="quiet">{t("children-none")}</p>}
				<ul className="lines incident-cases">
					{children.map((one) => (
						<Child
							key={one.case.id}
							item={one}
							names={namesOf(one)}
							chosen={chosen.includes(one)}
							onChoose={(on) => choose(one.case.id, on)}
						/>
					))}
				</ul>
				{list.hasNextPage && (
					<Button loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
						{say.ui("more")}
					</Button>
				)}
			</section>
			<section className="panel">
				<p className="work-head-line gap-after">
					<Choice
						label={t("do")}
						chosen={what}
						choices={WHAT.map((one) => [one, t(one)] as const)}
						onChoose={setWhat}
					/>
					{what !== "add" && <span className="quiet">{t("chosen", { count: chosen.length })}</span>}
				</p>
				{what === "reply" && <ReplyToEach incident={item.case.id} items={chosen} />}
				{what === "offer" && <OfferToEach incident={item.case.id} items={chosen} names={names} />}
				{what === "add" && <AddCases incident={item.case.id} known={children.map((one) => one.case.id)} />}
			</section>
		</>
	);
}

function Counts({ progress }: { progress: Progress }) {
	const t = useRoomWords(content as RoomWords);
	return (
		<section className="panel">
			<p>
				{t("counts", { cases: progress.cases, closed: progress.closed })}
				{progress.late > 0 && <span className="late"> · {t("late", { count: progress.late })}</span>}
				{progress.unowned > 0 && <span> · {t("unowned", { count: progress.unowned })}</span>}
			</p>
			<Bar
				percent={Math.round((100 * progress.closed) / Math.max(1, progress.cases))}
				showInfo={false}
				status="normal"
				aria-label={t("counts", { cases: progress.cases, closed: progress.closed })}
			/>
		</section>
	);
}

function Child({
	item,
	names,
	chosen,
	onChoose,
}: {
	item: WorkItem;
	names: Names;
	chosen: boolean;
	onChoose: (on: boolean) => void;
}) {
	const t = useRoomWords(content as RoomWords);
	const { kase, say } = names;
	const customer = kase.parties.find((one) => one.side === "complainant");
	return (
		<li className="incident-case">
			<Checkbox
				checked={chosen}
				disabled={kase.closure !== null}
				onChange={(event) => onChoose(event.target.checked)}
				aria-label={kase.number}
			/>
			<Link to="/cases/$id" params={{ id: kase.id }} className="case-number">
				{kase.number}
			</Link>
			<span>{aboutOf(names)}</span>
			<span className="quiet">{customer && partyName(names, customer.id)}</span>
			<span>
				<span className="tag">{kase.closure ? t("closed") : say.of("steps", item.step)}</span>{" "}
				{item.breached && !kase.closure && <span className="late">{t("late", { count: 1 })}</span>}
			</span>
			<span className="quiet">
				{kase.owner ? personName(names, kase.owner.person) : say.ui("nobody-yet")}
			</span>
		</li>
	);
}
