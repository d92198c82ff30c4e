import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Button, Input, Select } from "antd";
import { useDeferredValue, useEffect, useMemo } from "react";
import { problemIn } from "../../api.ts";
import { useKey } from "../../keys.ts";
import { Empty } from "../../parts/empty.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { useRoomWords, useSay } from "../../words.ts";
import type { Book } from "./book.ts";
import { PARTS, type PackPart, type PackSearch } from "./pack-search.ts";
import "./packs.css";
import { allSections, sectionsOf } from "./parts.ts";
import { SectionView } from "./section-view.tsx";
import { found } from "./sections.ts";
import { Trying } from "./try/trying.tsx";
import { versionsOf } from "./versions.ts";
import { packListQuery, type WholePack, wholePackQuery } from "./whole.ts";
import { words } from "./words.ts";

/** One pack, part by part; what it would make of a situation; and looking something up in all of it. */
export function PackRoom() {
	const { name } = useParams({ from: "/packs/$name" });
	const { version } = useSearch({ from: "/packs/$name" });
	const pack = useQuery(wholePackQuery(name, version));
	if (pack.isPending) return <Waiting rows={6} />;
	if (pack.isError) return <Failure problem={problemIn(pack.error)} again={() => pack.refetch()} />;
	return <Reading pack={pack.data} />;
}

function Reading({ pack }: { pack: WholePack }) {
	const t = useRoomWords(words);
	const say = useSay();
	const search = useSearch({ from: "/packs/$name" });
	const part = search.part ?? "categories";
	// words of the language that the page is in
	// biome-ignore lint/correctness/useExhaustiveDependencies: `t` and `say` change with the language alone
	const book = useMemo<Book>(
		() => ({ pack, say, t, has: (key) => Object.hasOwn(words, key) }),
		[pack, say.written],
	);
	return (
		<div className="pack">
			<PackHead pack={pack} search={search} />
			<nav className="pack-parts" aria-label={t("parts")}>
				{PARTS.map((one) => (
					<PartLink key={one} part={one} open={!search.q && one === part} />
				))}
			</nav>
			<div className="pack-body">
				{search.q ? (
					<Found book={book} looked={search.q} />
				) : part === "try" ? (
					<Trying book={book} search={search} />
				) : (
					<Part book={book} part={part} row={search.row} />
				)}
			</div>
		</div>
	);
}

function PartLink({ part, open }: { part: PackPart; open: boolean }) {
	const t = useRoomWords(words);
	return (
		<Link
			to="."
			search={({ version, a, b }: PackSearch) => ({
				...(version && { version }),
				...(a && { a }),
				...(b && { b }),
				part,
			})}
			className={part === "try" ? "pack-try-link" : undefined}
			aria-current={open ? "page" : undefined}
		>
			{t(`part-${part}`)}
		</Link>
	);
}

function PackHead({ pack, search }: { pack: WholePack; search: PackSearch }) {
	const t = useRoomWords(words);
	const say = useSay();
	const navigate = useNavigate({ from: "/packs/$name" });
	const versions = versionsOf(useQuery(packListQuery).data ?? [], pack.name);
	const change = (changed: PackSearch) =>
		navigate({ search: (before: PackSearch) => ({ ...before, ...changed }), replace: true });
	useKey("/", t("search"), () => document.getElementById("pack-search")?.focus());
	return (
		<div className="pack-head">
			<div>
				<Link to="/packs" className="quiet">
					<Icon name="back" size={14} /> {t("all-packs")}
				</Link>
				<h1>{say.bi(pack.title)}</h1>
				<p className="quiet">
					{versions.length > 1 ? (
						<Select
							size="small"
							aria-label={t("version-label")}
							value={pack.version}
							options={versions.map((one) => ({
								value: one.version,
								label: t("version", { version: one.version }),
							}))}
							onChange={(version: string) => change({ version })}
						/>
					) : (
						t("version", { version: pack.version })
					)}{" "}
					· {t("in-force", { day: pack.from })}
				</p>
			</div>
			<Input
				id="pack-search"
				className="pack-search"
				type="search"
				allowClear
				prefix={<Icon name="search" size={16} />}
				aria-label={t("search")}
				placeholder={t("search-hint")}
				value={search.q ?? ""}
				onChange={({ target }) => change({ q: target.value || undefined } as PackSearch)}
			/>
		</div>
	);
}

function Part({ book, part, row }: { book: Book; part: PackPart; row?: string | undefined }) {
	const sections = useMemo(() => sectionsOf(book, part), [book, part]);
	useEffect(() => {
		if (row) document.getElementById(row)?.scrollIntoView({ block: "center" });
	}, [row]);
	return sections.map((section) => (
		<SectionView key={section.id} section={section} looked="" {...(row && { row })} />
	));
}

function Found({ book, looked }: { book: Book; looked: string }) {
	const { t } = book;
	const navigate = useNavigate({ from: "/packs/$name" });
	const all = useMemo(() => allSections(book), [book]);
	const calm = useDeferredValue(looked);
	const sections = useMemo(() => found(all, calm), [all, calm]);
	const count = sections.reduce((sum, one) => sum + one.rows.length, 0);
	const clear = () => navigate({ search: ({ q: _, ...rest }: PackSearch) => rest });
	return (
		<>
			<p className="quiet" role="status">
				{count > 0 && t("found", { count })}
			</p>
			{count === 0 && (
				<Empty text={t("found-none", { what: calm })} icon="search">
					<Button onClick={clear}>{t("clear")}</Button>
				</Empty>
			)}
			{sections.map((section) => (
				<SectionView
					key={`${section.part} ${section.id}`}
					section={{ ...section, title: `${t(`part-${section.part}`)} · ${section.title}` }}
					looked={calm}
				/>
			))}
		</>
	);
}
