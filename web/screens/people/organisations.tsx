import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { problemIn } from "../../api.ts";
import { Empty } from "../../parts/empty.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { wallOf } from "../../parts/time.ts";
import { ZONE } from "../who.ts";
import { type Names, useNames } from "./names.ts";
import { OrganisationForm } from "./organisation-form.tsx";
import { type Branch, treeOf } from "./organisation-tree.ts";
import { type Organisation, organisationsQuery, relationsQuery } from "./queries.ts";
import { RelationForm } from "./relation-form.tsx";

/** Outlets and the other organisations, and who belongs to whom today. */
export function Organisations() {
	const names = useNames();
	const { t } = names;
	const organisations = useQuery(organisationsQuery);
	const relations = useQuery(relationsQuery);
	const [editing, setEditing] = useState<Organisation | "new" | null>(null);
	const [joining, setJoining] = useState<string | null>(null);
	if (organisations.isPending || relations.isPending) return <Waiting rows={5} />;
	if (organisations.isError || relations.isError)
		return (
			<Failure
				problem={problemIn(organisations.error ?? relations.error)}
				again={() => Promise.all([organisations.refetch(), relations.refetch()])}
			/>
		);
	const today = wallOf(new Date().toISOString(), ZONE).slice(0, 10);
	const tree = treeOf(organisations.data, relations.data, today);
	return (
		<>
			<div className="people-filters">
				<p className="quiet">{t("organisations-note")}</p>
				<span className="people-act">
					<Button type="primary" icon={<Icon name="plus" size={16} />} onClick={() => setEditing("new")}>
						{t("add-organisation")}
					</Button>
				</span>
			</div>
			{tree.length === 0 && <Empty text={t("organisations-empty")} icon="plus" />}
			<ul className="tree">
				{tree.map((one) => (
					<BranchView
						key={one.organisation.id}
						names={names}
						branch={one}
						onEdit={setEditing}
						onJoin={setJoining}
					/>
				))}
			</ul>
			{editing && (
				<OrganisationForm
					names={names}
					organisation={editing === "new" ? null : editing}
					onClose={() => setEditing(null)}
				/>
			)}
			{joining && (
				<RelationForm
					names={names}
					child={joining}
					relations={relations.data.filter((one) => one.child === joining)}
					today={today}
					onClose={() => setJoining(null)}
				/>
			)}
		</>
	);
}

function BranchView({
	names,
	branch: { organisation, relation, children },
	onEdit,
	onJoin,
}: {
	names: Names;
	branch: Branch;
	onEdit: (organisation: Organisation) => void;
	onJoin: (id: string) => void;
}) {
	const { t } = names;
	const name = names.organisation(organisation.id);
	return (
		<li>
			<div className="tree-line">
				<span className="tree-name">
					<b>{name}</b> <span className="tag">{t(`org-${organisation.kind}`)}</span>
					{relation && (
						<span className="quiet">
							{/* a carrier's relation is that of a carrier: said once */}
							{relation.kind !== organisation.kind && `${t(`rel-${relation.kind}`)} · `}
							{t("since", { day: relation.from })}
							{relation.to && ` · ${t("until", { day: relation.to })}`}
						</span>
					)}
				</span>
				<span>
					<Button
						type="text"
						size="small"
						aria-label={t("change-of", { name })}
						onClick={() => onEdit(organisation)}
					>
						{t("change")}
					</Button>
					<Button
						type="text"
						size="small"
						aria-label={t("relations-of", { name })}
						onClick={() => onJoin(organisation.id)}
					>
						{t("belongs-to")}
					</Button>
				</span>
			</div>
			{children.length > 0 && (
				<ul>
					{children.map((one) => (
						<BranchView
							key={one.organisation.id}
							names={names}
							branch={one}
							onEdit={onEdit}
							onJoin={onJoin}
						/>
					))}
				</ul>
			)}
		</li>
	);
}
