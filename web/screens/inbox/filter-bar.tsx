import "../../styles/filters.css";
import { useQuery } from "@tanstack/react-query";
import { Button, Popover } from "antd";
import { lazy, Suspense, useState } from "react";
import { useKey } from "../../keys.ts";
import type { PackAnswer } from "../../pack.ts";
import { Icon } from "../../parts/icon.tsx";
import { Waiting } from "../../parts/states.tsx";
import { directoryQuery } from "../../queries.ts";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { choicesOf, labelOf, type Naming } from "./filter-choices.ts";
import { LIST_SORTS, type ListSearch, type ListSort, NARROWED_BY, sortOf } from "./list-search.ts";
import { content } from "./words.yaml";

const FilterPanel = lazy(async () => ({ default: (await import("./filter-panel.tsx")).FilterPanel }));

interface BarProps {
	search: ListSearch;
	packs: Record<string, PackAnswer>;
	onChange: (changed: ListSearch) => void;
	onWiden: () => void;
}

/** What the list is narrowed by, each to be taken away; one button for all that may be. And the order. */
export function FilterBar({ search, packs, onChange, onWiden }: BarProps) {
	const say = useSay();
	const t = useRoomWords(content as RoomWords);
	const [open, setOpen] = useState(false);
	const directory = useQuery(directoryQuery).data;
	const naming: Naming = { say, t, packs, directory };
	useKey("/", t("filters"), () => setOpen(true));
	const chips = NARROWED_BY.flatMap((name) =>
		(search[name]?.split(",") ?? []).map((value) => ({ name, value, all: search[name]?.split(",") ?? [] })),
	);
	return (
		<div className="filters">
			<Popover
				trigger="click"
				placement="bottomLeft"
				open={open}
				onOpenChange={setOpen}
				destroyOnHidden
				content={
					<Suspense fallback={<Waiting rows={2} />}>
						<FilterPanel search={search} naming={naming} onChange={onChange} onWiden={onWiden} />
					</Suspense>
				}
			>
				<Button icon={<Icon name="filter" size={16} />} aria-expanded={open} size="small">
					{t("filters")} <kbd>/</kbd>
				</Button>
			</Popover>
			{chips.map(({ name, value, all }) => (
				<Chip
					key={`${name}${value}`}
					label={`${labelOf(name, naming)}：${choicesOf(name, naming).find((one) => one.value === value)?.label ?? value}`}
					onRemove={() =>
						onChange({ [name]: all.filter((one) => one !== value).join(","), saved: undefined })
					}
				/>
			))}
			{search.also && <Chip label={t("from-figures")} onRemove={() => onChange({ also: undefined })} />}
			{chips.length > 1 && (
				<button type="button" className="chips-clear" onClick={onWiden}>
					{t("clear-filters")}
				</button>
			)}
			<select
				className="sort"
				aria-label={say.ui("sort")}
				value={sortOf(search)}
				onChange={({ target }) => onChange({ sort: target.value as ListSort })}
			>
				{LIST_SORTS.map((value) => (
					<option key={value} value={value}>
						{say.ui(`sort-by-${value}`)}
					</option>
				))}
			</select>
		</div>
	);
}

function Chip({ label, onRemove }: { label: string; onRemove: () => void }) {
	const t = useRoomWords(content as RoomWords);
	return (
		<span className="filter-chip">
			<span className="chip-words" title={label}>
				{label}
			</span>
			<button type="button" aria-label={t("remove-filter", { filter: label })} onClick={onRemove}>
				<Icon name="close" size={12} />
			</button>
		</span>
	);
}
