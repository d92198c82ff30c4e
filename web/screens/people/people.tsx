import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { Empty } from "../../parts/empty.tsx";
import { Waiting } from "../../parts/states.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { useRoomWords } from "../../words.ts";
import { useWho } from "../who.ts";
import "../../styles/records.css";
import "./people.css";
import { PEOPLE_TABS, type PeopleTab } from "./people-search.ts";
import { Persons } from "./persons.tsx";
import { words } from "./words.ts";

const Organisations = lazy(async () => ({ default: (await import("./organisations.tsx")).Organisations }));
const Keys = lazy(async () => ({ default: (await import("./keys.tsx")).Keys }));
const Webhooks = lazy(async () => ({ default: (await import("./webhooks.tsx")).Webhooks }));
const Reveals = lazy(async () => ({ default: (await import("./reveals.tsx")).Reveals }));
const Roles = lazy(async () => ({ default: (await import("./roles.tsx")).Roles }));

const CONTENT: Record<PeopleTab, () => React.ReactNode> = {
	people: () => <Persons />,
	organisations: () => <Organisations />,
	keys: () => <Keys />,
	webhooks: () => <Webhooks />,
	reveals: () => <Reveals />,
	roles: () => <Roles />,
};

/** Who works here and may do what; where they belong; what other systems may do; who looked at whose data. */
export function PeopleRoom() {
	const t = useRoomWords(words);
	const { tab = "people" } = useSearch({ from: "/people" });
	const navigate = useNavigate({ from: "/people" });
	const { capabilities } = useWho();
	if (!capabilities.includes("administer")) return <Empty text={t("not-yours")} icon="warn" />;
	return (
		<div className="people">
			<h1>{t("title")}</h1>
			<Tabs
				label={t("title")}
				open={tab}
				onOpen={(key) => navigate({ search: { tab: key as PeopleTab } })}
				tabs={PEOPLE_TABS.map((key) => ({
					key,
					label: t(`tab-${key}`),
					content: () => <Suspense fallback={<Waiting rows={4} />}>{CONTENT[key]()}</Suspense>,
				}))}
			/>
		</div>
	);
}
