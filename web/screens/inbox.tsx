import { useInfiniteQuery, useQueries, useQuery } from "@tanstack/react-query";
import { Link, Outlet, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Button, Select } from "antd";
import { Suspense, useMemo } from "react";
import { STEPS } from "#engine/steps/names.ts";
import { problemIn } from "../api.ts";
import type { PackAnswer } from "../pack.ts";
import { Icon } from "../parts/icon.tsx";
import { Empty, Failure, Waiting } from "../parts/states.tsx";
import { endOfDay } from "../parts/time.ts";
import { casesQuery, directoryQuery, packQuery, packsQuery } from "../queries.ts";
import { type Say, useSay } from "../words.ts";
import { CaseLine } from "./case-line.tsx";
import {
	LIST_SORTS,
	type ListSearch,
	listQuery,
	type NarrowedBy,
	VIEWS,
	viewAtFirst,
} from "./list-search.ts";
import { useWho, ZONE } from "./who.ts";

/** The inbox: views, filters, order, and pages without end. */
export function Inbox() {
	const say = useSay();
	const who = useWho();
	const search = useSearch({ from: "/desk" });
	const view = search.view ?? viewAtFirst(who);
	const today = endOfDay(new Date().toISOString(), ZONE);
	const filter = useMemo(() => listQuery({ ...search, view }, who, today), [search, view, who, today]);
	const packs = usePacks();
	const navigate = useNavigate();
	const change = (changed: ListSearch) =>
		navigate({ to: ".", search: (before: ListSearch) => withoutEmpty({ ...before, ...changed }) });
	const open = useParams({ strict: false }).id;
	return (
		<div className={open ? "desk desk-open" : "desk"}>
			<section className="inbox" aria-label={say.ui("inbox")}>
				<div className="inbox-head">
					<h1>{say.ui("inbox")}</h1>
					{who.capabilities.some((one) => one === "intake" || one === "liaise") && (
						<Link to="/new" className="strong">
							<Icon name="plus" size={16} /> {say.ui("new-complaint")}
						</Link>
					)}
				</div>
				<nav className="views" aria-label={say.ui("views")}>
					{VIEWS.map((one) => (
						<Link
							key={one}
							to="/"
							search={(before: ListSearch) => ({ ...before, view: one })}
							aria-current={one === view ? "page" : undefined}
						>
							{say.ui(one)}
						</Link>
					))}
				</nav>
				<Filters say={say} search={search} packs={packs} onChange={change} />
				<CaseList filter={filter} packs={packs} />
			</section>
			<div className="desk-case">
				<Suspense fallback={<Waiting rows={6} />}>
					<Outlet />
				</Suspense>
			</div>
		</div>
	);
}

function withoutEmpty(search: ListSearch): ListSearch {
	return Object.fromEntries(
		Object.entries(search).filter(([, value]) => value !== undefined && value !== ""),
	);
}

/** The trades' packs as they come in, by name. */
function usePacks(): Record<string, PackAnswer> {
	const names = useQuery(packsQuery).data ?? [];
	const answers = useQueries({ queries: names.map((one) => packQuery(one.name)) });
	return Object.fromEntries(answers.flatMap(({ data }) => (data ? [[data.name, data]] : [])));
}

function Filters({
	say,
	search,
	packs,
	onChange,
}: {
	say: Say;
	search: ListSearch;
	packs: Record<string, PackAnswer>;
	onChange: (changed: ListSearch) => void;
}) {
	const word = (value: string) => ({ value, label: say.of("values", value) });
	const choices: Record<NarrowedBy, { value: string; label: string }[]> = {
		pack: Object.values(packs).map((one) => ({ value: one.name, label: say.bi(one.data.head.name) })),
		step: STEPS.map((value) => ({ value, label: say.of("steps", value) })),
		severity: ["A", "B", "C"].map(word),
		urgency: ["critical", "urgent", "ordinary"].map(word),
	};
	const named: Record<NarrowedBy, string> = {
		pack: say.ui("trade"),
		step: say.ui("step"),
		severity: say.of("fields", "severity"),
		urgency: say.of("fields", "urgency"),
	};
	return (
		<div className="filters">
			{(Object.keys(choices) as NarrowedBy[]).map((name) => (
				<Select
					key={name}
					mode="multiple"
					maxTagCount="responsive"
					aria-label={named[name]}
					placeholder={named[name]}
					value={search[name]?.split(",") ?? []}
					options={choices[name]}
					onChange={(values) => onChange({ [name]: values.join(",") })}
				/>
			))}
			<Select
				className="sort"
				aria-label={say.ui("sort")}
				value={search.sort ?? (search.view === "closed" ? "changed" : "due")}
				options={LIST_SORTS.map((value) => ({ value, label: say.ui(`sort-by-${value}`) }))}
				onChange={(sort) => onChange({ sort })}
			/>
		</div>
	);
}

function CaseList({ filter, packs }: { filter: string; packs: Record<string, PackAnswer> }) {
	const say = useSay();
	const list = useInfiniteQuery(casesQuery(filter));
	const people = useQuery(directoryQuery).data?.people ?? {};
	if (list.isPending) return <Waiting rows={8} />;
	if (list.isError) return <Failure problem={problemIn(list.error)} again={() => list.refetch()} />;
	const rows = list.data.pages.flatMap((page) => page.cases);
	if (rows.length === 0)
		return (
			<Empty text={say.ui("empty-inbox")}>
				<Link to="/" search={{ view: "everyone" }}>
					{say.ui("everyone")}
				</Link>
			</Empty>
		);
	return (
		<>
			<ul className="cases">
				{rows.map((row) => (
					<CaseLine key={row.id} row={row} pack={packs[row.pack] ?? null} people={people} />
				))}
			</ul>
			{list.hasNextPage && (
				<Button className="more" loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
					{say.ui("more")}
				</Button>
			)}
		</>
	);
}
