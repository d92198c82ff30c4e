import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Input, Select } from "antd";
import { useState } from "react";
import { problemIn } from "../../api.ts";
import { Empty } from "../../parts/empty.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { type Names, useNames } from "./names.ts";
import { NewPerson } from "./new-person.tsx";
import { type PeopleSearch, withoutEmpty } from "./people-search.ts";
import { PersonPanel } from "./person-panel.tsx";
import { type Person, peopleQuery } from "./queries.ts";
import { rolesText } from "./roles-text.ts";

/** The people: found by name or account, narrowed by role and place; one opens at the side. */
export function Persons() {
	const names = useNames();
	const { t } = names;
	const search = useSearch({ from: "/people" });
	const list = useInfiniteQuery(peopleQuery(search));
	const [making, setMaking] = useState(false);
	const [open, setOpen] = useState<string | null>(null);
	const people = list.data?.pages.flatMap((page) => page.people) ?? [];
	const opened = people.find((one) => one.id === open);
	return (
		<>
			<Filters names={names} search={search}>
				<Button type="primary" icon={<Icon name="plus" size={16} />} onClick={() => setMaking(true)}>
					{t("add-person")}
				</Button>
			</Filters>
			{list.isPending && <Waiting rows={6} />}
			{list.isError && <Failure problem={problemIn(list.error)} again={() => list.refetch()} />}
			{list.isSuccess && people.length === 0 && <Empty text={t("people-empty")} icon="search" />}
			{people.length > 0 && <PeopleTable names={names} people={people} onOpen={setOpen} />}
			{list.hasNextPage && (
				<Button className="more" loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
					{names.say.ui("more")}
				</Button>
			)}
			{making && <NewPerson names={names} onClose={() => setMaking(false)} />}
			{opened && <PersonPanel key={opened.id} names={names} person={opened} onClose={() => setOpen(null)} />}
		</>
	);
}

function Filters({
	names: { t, choices },
	search,
	children,
}: {
	names: Names;
	search: PeopleSearch;
	children: React.ReactNode;
}) {
	const navigate = useNavigate({ from: "/people" });
	const change = (changed: { [K in keyof PeopleSearch]?: PeopleSearch[K] | undefined }) =>
		navigate({ search: (before: PeopleSearch) => withoutEmpty({ ...before, ...changed }), replace: true });
	return (
		<div className="people-filters">
			<Input
				type="search"
				allowClear
				prefix={<Icon name="search" size={16} />}
				aria-label={t("people-search")}
				placeholder={t("people-search")}
				value={search.q ?? ""}
				onChange={({ target }) => change({ q: target.value })}
			/>
			<Select
				allowClear
				aria-label={t("kind")}
				placeholder={t("kind")}
				value={search.kind ?? null}
				options={["staff", "worker", "customer"].map((value) => ({ value, label: t(`kind-${value}`) }))}
				onChange={(kind?: string) => change({ kind })}
			/>
			<Select
				allowClear
				showSearch={{ optionFilterProp: "label" }}
				aria-label={t("role")}
				placeholder={t("role")}
				value={search.role ?? null}
				options={choices.roles}
				onChange={(role?: string) => change({ role })}
			/>
			<Select
				allowClear
				showSearch={{ optionFilterProp: "label" }}
				aria-label={t("organisation")}
				placeholder={t("organisation")}
				value={search.organisation ?? null}
				options={choices.organisations}
				onChange={(organisation?: string) => change({ organisation })}
			/>
			<span className="people-act">{children}</span>
		</div>
	);
}

function PeopleTable({
	names,
	people,
	onOpen,
}: {
	names: Names;
	people: readonly Person[];
	onOpen: (id: string) => void;
}) {
	const { t } = names;
	return (
		<div className="people-scroll">
			<table className="people-table">
				<thead>
					<tr>
						{["alias", "kind", "organisation", "roles", "account", "signed-in"].map((one) => (
							<th scope="col" key={one}>
								{t(one)}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{people.map((one) => (
						<tr key={one.id} className={one.active ? undefined : "people-left"}>
							<th scope="row">
								<button type="button" className="people-name" onClick={() => onOpen(one.id)}>
									{one.alias}
								</button>{" "}
								{!one.active && <span className="tag">{t("left")}</span>}
								<div className="quiet">{[one.name, one.phone].filter(Boolean).join(" · ")}</div>
							</th>
							<td>{t(`kind-${one.kind}`)}</td>
							<td>{one.organisation ? names.organisation(one.organisation) : ""}</td>
							<td>{rolesText(names, one.roles)}</td>
							<td>
								{one.login ?? <span className="quiet">{t("no-account")}</span>}
								{one.twoFactor && <span className="tag people-tag">{t("two-factor")}</span>}
							</td>
							<td className="quiet">{one.signedInAt ? names.time(one.signedInAt) : "—"}</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}
