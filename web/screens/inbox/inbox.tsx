import "../../styles/inbox.css";
import { useQueries, useQuery } from "@tanstack/react-query";
import { Link, Outlet, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useMemo } from "react";
import { useHere } from "../../live.ts";
import type { PackAnswer } from "../../pack.ts";
import { Icon } from "../../parts/icon.tsx";
import { Waiting } from "../../parts/states.tsx";
import { endOfDay } from "../../parts/time.ts";
import { caseQuery, packQuery, packsQuery } from "../../queries.ts";
import { useSay } from "../../words.ts";
import { useWho, ZONE } from "../who.ts";
import { CaseList } from "./case-list.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { useRows } from "./list-data.ts";
import {
	type ListSearch,
	listQuery,
	type Moments,
	NARROWED_BY,
	viewAtFirst,
	withoutEmpty,
} from "./list-search.ts";
import { useMarks } from "./marks.ts";
import { Views } from "./views.tsx";

const BulkBar = lazy(async () => ({ default: (await import("./bulk.tsx")).BulkBar }));

/** The inbox: views, filters, order, and pages without end; at the right one of the cases. */
export function Inbox() {
	const say = useSay();
	const who = useWho();
	const address = useSearch({ from: "/desk" });
	const search = useMemo<ListSearch>(
		() => ({ ...address, view: address.view ?? viewAtFirst(who) }),
		[address, who],
	);
	const moments = useMoments(JSON.stringify(address));
	const filter = useMemo(() => listQuery(search, who, moments), [search, who, moments]);
	const packs = usePacks();
	const rows = useRows(filter);
	const marks = useMarks(rows.rows);
	const navigate = useNavigate();
	const change = (changed: ListSearch) =>
		navigate({ to: ".", search: (before: ListSearch) => withoutEmpty({ ...before, ...changed }) });
	const narrowedBy = [...NARROWED_BY.filter((one) => search[one]), ...(search.also ? ["also" as const] : [])];
	const widen = () => change(Object.fromEntries(narrowedBy.map((one) => [one, undefined])));
	const open = useParams({ strict: false }).id;
	useHere(useOpenId(open));
	return (
		<div className={open ? "desk desk-open" : "desk"}>
			<section className="inbox" aria-label={say.ui("inbox")}>
				<div className="inbox-head">
					<h1>{say.ui("inbox")}</h1>
					{who.capabilities.some((one) => one === "intake" || one === "liaise") && (
						// the strong act is that of the case, once one is open
						<Link to="/new" className={open ? "plain" : "strong"}>
							<Icon name="plus" size={16} /> {say.ui("new-complaint")}
						</Link>
					)}
				</div>
				<Views search={search} moments={moments} />
				<FilterBar search={search} packs={packs} onChange={change} onWiden={widen} />
				<CaseList rows={rows} packs={packs} marks={marks} narrowed={narrowedBy.length > 0} onWiden={widen} />
				{marks.ids.size > 0 && (
					<Suspense fallback={null}>
						<BulkBar marks={marks} rows={rows.rows} packs={packs} />
					</Suspense>
				)}
			</section>
			<div className="desk-case" tabIndex={-1}>
				<Suspense fallback={<Waiting rows={6} />}>
					<Outlet />
				</Suspense>
			</div>
		</div>
	);
}

/** The id of the open case, once it is read; the address may have its number. Outside of the office nobody is told. */
function useOpenId(open: string | undefined): string | null {
	const answer = useQuery({ ...caseQuery(open ?? ""), enabled: false }).data;
	return answer?.viewer === "staff" ? answer.case.id : null;
}

/** "Today" and "now" of a list: when it was called for. A list that lies open is not another one by and by. */
function useMoments(address: string): Moments {
	// biome-ignore lint/correctness/useExhaustiveDependencies: another list, another moment
	return useMemo(() => {
		const now = new Date().toISOString();
		return { now: `${now.slice(0, 15)}0:00.000Z`, endOfToday: endOfDay(now, ZONE) };
	}, [address]);
}

/** The trades' packs as they come in, by name. */
function usePacks(): Record<string, PackAnswer> {
	const names = useQuery(packsQuery).data ?? [];
	return useQueries({
		queries: names.map((one) => packQuery(one.name)),
		combine: byName,
	});
}

function byName(answers: readonly { data: PackAnswer | undefined }[]): Record<string, PackAnswer> {
	return Object.fromEntries(answers.flatMap(({ data }) => (data ? [[data.name, data]] : [])));
}
