import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { problemIn } from "../../api.ts";
import { Empty } from "../../parts/empty.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { useRoomWords, useSay } from "../../words.ts";
import "./packs.css";
import { laterFirst, versionsOf } from "./versions.ts";
import { type PackListed, packListQuery } from "./whole.ts";
import { words } from "./words.ts";

/** Every trade's pack; each opens to be read and tried. */
export function PacksRoom() {
	const t = useRoomWords(words);
	const packs = useQuery(packListQuery);
	if (packs.isPending) return <Waiting rows={4} />;
	if (packs.isError) return <Failure problem={problemIn(packs.error)} again={() => packs.refetch()} />;
	const names = [...new Set(packs.data.map((one) => one.name))];
	return (
		<div className="packs">
			<h1>{t("title")}</h1>
			<p className="packs-note">{t("title-note")}</p>
			{names.length === 0 && <Empty text={t("empty")} icon="file" />}
			<ul className="packs-list">
				{names.map((name) => (
					<PackCard key={name} versions={versionsOf(packs.data, name)} />
				))}
			</ul>
		</div>
	);
}

function PackCard({ versions }: { versions: PackListed[] }) {
	const t = useRoomWords(words);
	const say = useSay();
	const today = new Date().toISOString().slice(0, 10);
	const current = versions.find((one) => one.from <= today) ?? versions[0];
	if (!current) return null;
	const others = versions.filter((one) => one !== current).toSorted(laterFirst);
	return (
		<li className="panel">
			<h2>
				<Link to="/packs/$name" params={{ name: current.name }}>
					{say.bi(current.title)}
				</Link>
			</h2>
			<p className="quiet">
				{t("version", { version: current.version })} · {t("in-force", { day: current.from })}
			</p>
			<p className="quiet">{t("categories-count", { count: current.categories })}</p>
			{others.map((one) => (
				<p key={one.version}>
					<Link to="/packs/$name" params={{ name: one.name }} search={{ version: one.version }}>
						{t("version", { version: one.version })}
					</Link>{" "}
					<span className="quiet">{t(one.from > today ? "not-yet" : "in-force", { day: one.from })}</span>
				</p>
			))}
			<p>
				<Link to="/packs/$name" params={{ name: current.name }} search={{ part: "try" }}>
					{t("try-it")}
				</Link>
			</p>
		</li>
	);
}
