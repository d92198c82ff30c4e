import "../../styles/views.css";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button, Popover } from "antd";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { ask } from "../../api.ts";
import { useKey } from "../../keys.ts";
import { useChanges } from "../../live.ts";
import { Icon } from "../../parts/icon.tsx";
import { Waiting } from "../../parts/states.tsx";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { useWho } from "../who.ts";
import {
	filterQuery,
	type ListSearch,
	type Moments,
	readListSearch,
	searchOf,
	viewsFor,
} from "./list-search.ts";
import { useSavedViews } from "./saved.ts";
import { Count, type ViewTab } from "./view-tab.tsx";
import { content } from "./words.yaml";

const ViewPanel = lazy(async () => ({ default: (await import("./view-panel.tsx")).ViewPanel }));

/** The views as tabs with their counts; those kept under names after them. */
export function Views({ search, moments }: { search: ListSearch; moments: Moments }) {
	const say = useSay();
	const t = useRoomWords(content as RoomWords);
	const tabs = useTabs(search, moments);
	const navigate = useNavigate();
	const [panel, setPanel] = useState(false);
	const [along, setAlong] = useState(false);
	const strip = useRef<HTMLElement>(null);
	const current = tabs.find((one) => one.current);
	const turn = (step: 1 | -1) => {
		const at = current ? tabs.indexOf(current) : 0;
		const next = tabs[(at + step + tabs.length) % tabs.length];
		if (next) void navigate({ to: ".", search: next.search });
	};
	useKey("o", t("next-view"), () => turn(1));
	useKey("shift+o", t("previous-view"), () => turn(-1));
	// counts that come later push the tabs along
	const width = tabs.map((one) => `${one.key}${one.current}${one.count}`).join();
	// biome-ignore lint/correctness/useExhaustiveDependencies: whenever the tabs have moved
	useEffect(() => {
		const tab = strip.current?.querySelector<HTMLElement>(".views-current");
		if (tab && strip.current) strip.current.scrollLeft = tab.offsetLeft - strip.current.clientWidth / 2;
	}, [width]);
	return (
		<div className="views-bar">
			<nav
				className={along ? "views views-along" : "views"}
				aria-label={say.ui("views")}
				ref={strip}
				onScroll={(event) => setAlong(event.currentTarget.scrollLeft > 0)}
			>
				{tabs.map((one) => (
					<Link
						key={one.key}
						to="."
						search={one.search}
						aria-current={one.current ? "page" : undefined}
						className={[one.current ? "views-current" : "", isLate(one) ? "views-late" : ""].join(" ")}
						activeProps={{}}
					>
						{one.label} <Count of={one.count} />
					</Link>
				))}
			</nav>
			<Popover
				trigger="click"
				placement="bottomRight"
				open={panel}
				onOpenChange={setPanel}
				destroyOnHidden
				content={
					<Suspense fallback={<Waiting rows={1} />}>
						<ViewPanel tabs={tabs} search={search} onDone={() => setPanel(false)} />
					</Suspense>
				}
			>
				<Button
					type="text"
					icon={<Icon name="more" />}
					aria-label={t("all-views")}
					title={t("all-views")}
					aria-expanded={panel}
				/>
			</Popover>
		</div>
	);
}

function isLate({ key, count }: ViewTab): boolean {
	return key === "overdue" && (count ?? 0) > 0;
}

/** Counts follow what happens, but are not asked for more often than this. */
const COUNT_MS = 8_000;

function useTabs(search: ListSearch, moments: Moments): ViewTab[] {
	const say = useSay();
	const who = useWho();
	const saved = useSavedViews();
	const kept = saved.map((one) => ({
		key: one.id,
		label: one.name,
		search: searchOf(one.filter, one.id),
		current: search.saved === one.id,
	}));
	const views = viewsFor(who).map((view) => ({
		key: view,
		label: say.ui(view),
		search: { view, sort: search.sort } satisfies ListSearch,
		current: !kept.some((one) => one.current) && search.view === view,
	}));
	const tabs = [...views, ...kept];
	const asked = tabs.map((one) => filterQuery(one.search, who, moments).toString());
	const counts = useQuery({
		queryKey: ["counts", asked],
		staleTime: COUNT_MS,
		refetchInterval: 60_000,
		placeholderData: keepPreviousData,
		queryFn: async () => {
			const query = asked.map((one) => `list=${encodeURIComponent(one)}`).join("&");
			return (await ask<{ counts: number[] }>("GET", `/api/cases/counts?${query}`)).counts;
		},
	}).data;
	useCountsAnew();
	return tabs.map((one, n) => ({ ...one, search: readListSearch({ ...one.search }), count: counts?.[n] }));
}

/** Counts are read anew some seconds after something has changed. */
function useCountsAnew(): void {
	const queries = useQueryClient();
	const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
	useChanges(() => {
		timer.current ??= setTimeout(() => {
			timer.current = undefined;
			void queries.invalidateQueries({ queryKey: ["counts"] });
		}, COUNT_MS / 4);
	});
	useEffect(() => () => clearTimeout(timer.current), []);
}
