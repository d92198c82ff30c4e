import "../../styles/lists.css";
import "../../styles/case.css";
import "../../styles/duties.css";
import "../../styles/case-side.css";
import "../../styles/records.css";
import "../../styles/findings.css";
import "../../styles/offers.css";
import "./work.css";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { problemIn } from "../../api.ts";
import { useKey } from "../../keys.ts";
import type { Names } from "../../labels.ts";
import { useHere } from "../../live.ts";
import { Empty } from "../../parts/empty.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { type RoomWords, TradeWords, useRoomWords, useSay } from "../../words.ts";
import { byDue, settledOf } from "./due-order.ts";
import { useItemNames } from "./item-names.ts";
import { content } from "./words.yaml";
import { type Entry, type WorkItem, type WorkPage, workQuery } from "./work-query.ts";

interface RoomProps {
	/** Its address below /api/work. */
	room: string;
	title: string;
	/** Said when nothing waits here. */
	empty: string;
	/** The matters of a case that this room shows. */
	entries: (item: WorkItem) => Entry[];
	/** Two lines that say what waits. */
	line?: (entry: Entry, names: Names, pages: readonly WorkPage[]) => ReactNode;
	/** Instead of the lines: a list of its own. */
	list?: (shown: Shown) => ReactNode;
	/** The chosen one; `done` when it has been dealt with. */
	detail: (entry: Entry, names: Names, done: () => void, pages: readonly WorkPage[]) => ReactNode;
	/** Beside the title. */
	beside?: ReactNode;
	/** Above the list. */
	above?: (entries: readonly Entry[], pages: readonly WorkPage[]) => ReactNode;
	/** Else the earliest due first; null: as the list comes. */
	order?: ((a: Entry, b: Entry) => number) | null;
	/** What is due later is not shown here: so far the pages are read. */
	upTo?: string | undefined;
	/** The order is by something else than the due time: it holds only once everything is read. */
	whole?: boolean;
}

/** What a list of its own shows. */
export interface Shown {
	title: string;
	entries: readonly Entry[];
	chosen: Entry | null;
	onChoose: (id: string) => void;
	namesOf: (item: WorkItem) => Names;
}

/** A room of work: what waits at the left, the chosen one at the right; when it is dealt with the next one follows. */
export function WorkRoom(props: RoomProps) {
	const { room, title, beside, upTo, whole = false } = props;
	const say = useSay();
	const list = useInfiniteQuery(workQuery(room));
	const { isFetching, isError, fetchNextPage } = list;
	const dueTo = list.data?.pages.at(-1)?.dueTo ?? "";
	const hasMore = list.hasNextPage && !(upTo && dueTo > upTo);
	useEffect(() => {
		if (whole && hasMore && !isFetching && !isError) void fetchNextPage();
	}, [whole, hasMore, isFetching, isError, fetchNextPage]);
	return (
		<div className="work">
			<h1 className="work-title">
				{title} <span className="work-beside">{beside}</span>
			</h1>
			{list.isPending && (
				<div className="work-panes">
					<div className="work-left">
						<Waiting rows={5} />
					</div>
				</div>
			)}
			{list.isError && <Failure problem={problemIn(list.error)} again={() => list.refetch()} />}
			{list.data && (
				<Listed
					{...props}
					pages={list.data.pages}
					onMore={hasMore && !isFetching && !isError ? fetchNextPage : null}
				>
					{hasMore && (
						<Button className="more" loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
							{say.ui("more")}
						</Button>
					)}
				</Listed>
			)}
		</div>
	);
}

function Listed({
	title,
	empty,
	entries: entriesOf,
	line,
	list,
	detail,
	above,
	order = byDue,
	whole = false,
	pages,
	onMore,
	children,
}: RoomProps & { pages: readonly WorkPage[]; onMore: (() => void) | null; children: ReactNode }) {
	const namesOf = useItemNames(pages);
	const entries = useMemo(() => {
		const all = pages.flatMap((page) => page.items.flatMap(entriesOf));
		return order ? (whole ? all : settledOf(all, pages)).toSorted(order) : all;
	}, [pages, entriesOf, order, whole]);
	const nothingYet = entries.length === 0;
	useEffect(() => {
		if (nothingYet) onMore?.();
	}, [nothingYet, onMore]);
	const { chosen, choose } = useChosen(entries);
	const done = useDone(entries, chosen, choose);
	useHere(chosen?.item.viewer === "staff" ? chosen.item.case.id : null);
	const head = above?.(entries, pages);
	if (entries.length === 0)
		return (
			<>
				{head}
				<Empty text={empty}>{children}</Empty>
			</>
		);
	return (
		<div className={list ? "work-panes work-panes-wide" : "work-panes"}>
			<div className="work-left">
				{head}
				{list?.({ title, entries, chosen, onChoose: choose, namesOf })}
				{line && (
					<ul className="work-list" aria-label={title}>
						{entries.map((one) => (
							<WorkLine
								key={one.id}
								chosen={one === chosen}
								onChoose={() => choose(one.id)}
								names={namesOf(one.item)}
							>
								{line(one, namesOf(one.item), pages)}
							</WorkLine>
						))}
					</ul>
				)}
				{children}
			</div>
			<article className="work-detail" aria-label={chosen?.item.case.number}>
				{chosen && (
					<TradeWords key={chosen.id} value={namesOf(chosen.item).pack?.data.head.words ?? {}}>
						{detail(chosen, namesOf(chosen.item), done, pages)}
					</TradeWords>
				)}
			</article>
		</div>
	);
}

function WorkLine({
	chosen,
	onChoose,
	names,
	children,
}: {
	chosen: boolean;
	onChoose: () => void;
	names: Names;
	children: ReactNode;
}) {
	const place = useRef<HTMLLIElement>(null);
	useEffect(() => {
		if (chosen) place.current?.scrollIntoView({ block: "nearest" });
	}, [chosen]);
	return (
		<li ref={place}>
			<button
				type="button"
				className="work-line"
				aria-current={chosen ? "true" : undefined}
				onClick={onChoose}
			>
				<TradeWords value={names.pack?.data.head.words ?? {}}>{children}</TradeWords>
			</button>
		</li>
	);
}

/** Which one is open stands in the address; without it the first. j and k move, o opens the whole case. */
function useChosen(entries: readonly Entry[]) {
	const t = useRoomWords(content as RoomWords);
	const navigate = useNavigate();
	const { at } = useSearch({ strict: false }) as { at?: string };
	const place = Math.max(
		0,
		entries.findIndex((one) => one.id === at),
	);
	const chosen = entries[place] ?? null;
	const choose = (id: string) =>
		void navigate({ to: ".", search: (before: object) => ({ ...before, at: id }), replace: true });
	const move = (by: number) => {
		const next = entries[place + by];
		if (next) choose(next.id);
	};
	useKey("j, down", t("next"), () => move(1), entries.length > 0);
	useKey("k, up", t("previous"), () => move(-1), entries.length > 0);
	useKey(
		"o",
		t("open-case"),
		() => chosen && void navigate({ to: "/cases/$id", params: { id: chosen.item.case.id } }),
		chosen !== null,
	);
	return { chosen, choose };
}

/** What was dealt with leaves the list; the one after it is opened. */
function useDone(entries: readonly Entry[], chosen: Entry | null, choose: (id: string) => void): () => void {
	const queries = useQueryClient();
	return () => {
		const place = chosen ? entries.indexOf(chosen) : -1;
		const next = entries[place + 1] ?? entries[place - 1];
		if (next) choose(next.id);
		void queries.invalidateQueries({ queryKey: ["work"] });
		void queries.invalidateQueries({ queryKey: ["cases"] });
		if (chosen) void queries.invalidateQueries({ queryKey: ["case", chosen.item.case.id] });
	};
}
