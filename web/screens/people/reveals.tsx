import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Input, Select } from "antd";
import { problemIn } from "../../api.ts";
import { Empty } from "../../parts/empty.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { instantOf } from "../../parts/time.ts";
import { ZONE } from "../who.ts";
import { CaseNumber } from "./case-number.tsx";
import { type Names, useNames } from "./names.ts";
import { PagedTable } from "./paged-table.tsx";
import { type PeopleSearch, withoutEmpty } from "./people-search.ts";
import { type Reveal, revealsQuery } from "./queries.ts";

const DAY_MS = 86_400_000;

/** Who had whose data shown in plain, when, in which case, and why. The data itself is not here. */
export function Reveals() {
	const names = useNames();
	const { t, choices } = names;
	const search = useSearch({ from: "/people" });
	const navigate = useNavigate({ from: "/people" });
	const change = (changed: PeopleSearch) =>
		navigate({ search: (before: PeopleSearch) => withoutEmpty({ ...before, ...changed }), replace: true });
	const from = search.from && instantOf(`${search.from}T00:00`, ZONE);
	const last = search.to && instantOf(`${search.to}T00:00`, ZONE);
	const to = last && new Date(Date.parse(last) + DAY_MS).toISOString();
	const list = useInfiniteQuery(
		revealsQuery({
			...(search.person && { person: search.person }),
			...(from && { from }),
			...(to && { to }),
		}),
	);
	const rows = list.data?.pages.flatMap((page) => page.reveals) ?? [];
	return (
		<>
			<div className="people-filters">
				<Select
					allowClear
					showSearch={{ optionFilterProp: "label" }}
					aria-label={t("reveal-who")}
					placeholder={t("reveal-who")}
					value={search.person ?? null}
					options={choices.people}
					onChange={(person?: string) => change({ person: person ?? "" })}
				/>
				<label className="reveal-day" htmlFor="reveal-from">
					{t("reveal-from")}
					<Input
						id="reveal-from"
						type="date"
						value={search.from ?? ""}
						onChange={({ target }) => change({ from: target.value })}
					/>
				</label>
				<label className="reveal-day" htmlFor="reveal-to">
					{t("reveal-to")}
					<Input
						id="reveal-to"
						type="date"
						value={search.to ?? ""}
						onChange={({ target }) => change({ to: target.value })}
					/>
				</label>
			</div>
			<p className="quiet gap-after">{t("reveals-note")}</p>
			{list.isPending && <Waiting rows={5} />}
			{list.isError && <Failure problem={problemIn(list.error)} again={() => list.refetch()} />}
			{list.isSuccess && rows.length === 0 && <Empty text={t("reveals-empty")} icon="eye" />}
			{rows.length > 0 && (
				<PagedTable
					names={names}
					heads={["reveal-at", "reveal-who", "case", "reveal-what", "reveal-why"]}
					pages={list}
				>
					{rows.map((one) => (
						<RevealRow key={one.id} names={names} row={one} />
					))}
				</PagedTable>
			)}
		</>
	);
}

const KEPT = ["name", "phone", "address", "plate", "account"];

function RevealRow({ names: { t, time }, row }: { names: Names; row: Reveal }) {
	return (
		<tr>
			<td className="nowrap">{time(row.at)}</td>
			<th scope="row">{row.alias ?? row.person}</th>
			<td className="nowrap">
				<CaseNumber id={row.case} number={row.number} />
			</td>
			<td>
				{row.keep && KEPT.includes(row.keep) ? t(`kept-${row.keep}`) : (row.keep ?? t("kept-gone"))}{" "}
				<span className="quiet">{row.mask}</span>
			</td>
			<td>{row.why}</td>
		</tr>
	);
}
