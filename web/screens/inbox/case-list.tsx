import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { Button } from "antd";
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import type { CaseRow } from "../../api.ts";
import { problemIn } from "../../api.ts";
import { useKey } from "../../keys.ts";
import type { PackAnswer } from "../../pack.ts";
import { Empty } from "../../parts/empty.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { directoryQuery } from "../../queries.ts";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { CaseLine } from "./case-line.tsx";
import type { useRows } from "./list-data.ts";
import { type Marks, useMarkKeys } from "./marks.ts";
import { useClaim } from "./use-claim.ts";
import { content } from "./words.yaml";

const ROW = 57;
/** A case opens when the choice has rested so long. */
const REST_MS = 220;
/** Below this the list stands alone, and a case opens over it. */
const BESIDE = "(min-width: 1100px)";

interface ListProps {
	rows: ReturnType<typeof useRows>;
	packs: Record<string, PackAnswer>;
	marks: Marks;
	/** There are filters beside the view. */
	narrowed: boolean;
	onWiden: () => void;
}

/** The cases of a view: as many as there are, of which only those in sight are drawn. */
export function CaseList(props: ListProps) {
	const { list, rows, fresh, showFresh } = props.rows;
	const t = useRoomWords(content as RoomWords);
	if (list.isPending) return <Waiting rows={8} />;
	if (list.isError && rows.length === 0)
		return <Failure problem={problemIn(list.error)} again={() => list.refetch()} />;
	return (
		<>
			{fresh > 0 && (
				<button type="button" className="fresh" onClick={() => void showFresh()}>
					<Icon name="sort" size={16} /> {t("fresh", { count: fresh })}
				</button>
			)}
			<span className="unseen" role="status">
				{fresh > 0 ? t("fresh", { count: fresh }) : ""}
			</span>
			{rows.length === 0 ? <NoCases {...props} /> : <Rows {...props} />}
		</>
	);
}

function NoCases({ narrowed, onWiden }: ListProps) {
	const say = useSay();
	const t = useRoomWords(content as RoomWords);
	if (narrowed)
		return (
			<Empty text={t("nothing-fits")} icon="filter">
				<Button onClick={onWiden}>{t("clear-filters")}</Button>
			</Empty>
		);
	return (
		<Empty text={say.ui("empty-inbox")}>
			<Link to="/" search={{ view: "everyone" }}>
				{say.ui("everyone")}
			</Link>
		</Empty>
	);
}

function Rows({ rows: { list, rows, complete }, packs, marks }: ListProps) {
	const say = useSay();
	const scroller = useRef<HTMLDivElement>(null);
	const people = useQuery(directoryQuery).data?.people ?? {};
	const now = useMinute();
	const virtual = useVirtualizer({
		count: rows.length + (complete ? 0 : 1),
		getScrollElement: () => scroller.current,
		estimateSize: () => ROW,
		overscan: 10,
		getItemKey: (index) => rows[index]?.id ?? "more",
	});
	const items = virtual.getVirtualItems();
	const last = items.at(-1)?.index ?? 0;
	const { hasNextPage, isFetchingNextPage, fetchNextPage, isFetchNextPageError } = list;
	useEffect(() => {
		if (last >= rows.length - 20 && hasNextPage && !isFetchingNextPage && !isFetchNextPageError)
			void fetchNextPage();
	}, [last, rows.length, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
	const { onKeyDown } = useMoving(rows, scroller, (index) => virtual.scrollToIndex(index), marks);
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: arrows go from link to link within
		<div className="cases-scroll" ref={scroller} onKeyDown={onKeyDown}>
			<ul className="cases" style={{ height: virtual.getTotalSize() }} aria-label={say.ui("inbox")}>
				{items.map((item) => {
					const row = rows[item.index];
					return (
						<li
							key={item.key}
							className={row && marks.has(row.id) ? "case-row marked" : "case-row"}
							style={{ transform: `translateY(${item.start}px)` }}
							aria-setsize={complete ? rows.length : -1}
							aria-posinset={item.index + 1}
						>
							{row ? (
								<CaseLine
									row={row}
									pack={packs[row.pack] ?? null}
									owner={row.owner && (people[row.owner]?.alias ?? row.owner)}
									respondent={people[row.respondents[0] ?? ""]?.alias ?? null}
									now={now}
									marked={marks.has(row.id)}
									onMark={marks.turn}
								/>
							) : isFetchNextPageError ? (
								<Button type="link" onClick={() => void fetchNextPage()}>
									{say.ui("try-again")}
								</Button>
							) : (
								<span className="case-loading quiet">{say.ui("loading")}</span>
							)}
						</li>
					);
				})}
			</ul>
		</div>
	);
}

/** Going through the list by keys: the choice is the focus; after a short rest it opens at the right. */
function useMoving(
	rows: readonly CaseRow[],
	scroller: React.RefObject<HTMLDivElement | null>,
	scrollTo: (index: number) => void,
	marks: Marks,
) {
	const t = useRoomWords(content as RoomWords);
	const open = useParams({ strict: false }).id;
	const navigate = useNavigate();
	const [cursor, setCursor] = useState<string | null>(null);
	const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
	const at = rows.findIndex((one) => one.id === (cursor ?? open) || one.number === (cursor ?? open));
	const chosen = rows[at];
	useEffect(() => setCursor(open ?? null), [open]);
	useEffect(() => () => clearTimeout(rest.current), []);
	const openCase = useCallback(
		(id: string) =>
			navigate({
				to: "/cases/$id",
				params: { id },
				search: (before) => ({ ...before, do: undefined, about: undefined }),
				replace: open !== undefined,
			}),
		[navigate, open],
	);
	const choose = (index: number) => {
		const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
		if (!row) return;
		setCursor(row.id);
		scrollTo(rows.indexOf(row));
		focusSoon(scroller, row.id);
		clearTimeout(rest.current);
		if (matchMedia(BESIDE).matches) rest.current = setTimeout(() => void openCase(row.id), REST_MS);
	};
	useKey("j", t("next-case"), () => choose(at + 1), rows.length > 0);
	useKey("k", t("previous-case"), () => choose(at < 0 ? 0 : at - 1), rows.length > 0);
	const claim = useClaim();
	const claimed = chosen ?? (open === undefined ? undefined : { id: open, number: open });
	useKey("c", t("claim"), () => claimed && claim(claimed), claimed !== undefined);
	useMarkKeys(marks, chosen, rows);
	const onKeyDown = (event: KeyboardEvent) => {
		const step = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
		if (event.key === "Enter") return void setTimeout(() => focusCase(), 0);
		if (step === undefined) return;
		event.preventDefault();
		choose(step);
	};
	return { onKeyDown };
}

/** The row is drawn once it has been scrolled into sight. */
function focusSoon(scroller: React.RefObject<HTMLDivElement | null>, id: string, tries = 10): void {
	const link = scroller.current?.querySelector<HTMLElement>(`[data-case="${CSS.escape(id)}"]`);
	if (link) link.focus({ preventScroll: true });
	else if (tries > 0) requestAnimationFrame(() => focusSoon(scroller, id, tries - 1));
}

/** Enter goes into the case. */
function focusCase(): void {
	document.querySelector<HTMLElement>(".desk-case")?.focus();
}

/** The moment that clocks are drawn for, anew every half minute. */
function useMinute(): string {
	const [now, setNow] = useState(() => new Date().toISOString());
	useEffect(() => {
		const timer = setInterval(() => setNow(new Date().toISOString()), 30_000);
		return () => clearInterval(timer);
	}, []);
	return now;
}
