import "../styles/case.css";
import "../styles/records.css";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Drawer } from "antd";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { type CaseAnswer, problemIn } from "../api.ts";
import type { Typed } from "../form/values.ts";
import type { Names } from "../labels.ts";
import { Icon } from "../parts/icon.tsx";
import { Failure, Waiting } from "../parts/states.tsx";
import { caseQuery, commandsQuery, directoryQuery, historyQuery, packQuery } from "../queries.ts";
import { refusalText } from "../shown.ts";
import { TradeWords, useSay } from "../words.ts";
import { Actions } from "./case/actions.tsx";
import { Clocks } from "./case/clocks.tsx";
import { CaseHead } from "./case/head.tsx";
import { Next } from "./case/next.tsx";
import { Road } from "./case/road.tsx";
import { Orders, Parties } from "./case/sides.tsx";
import { Subjects } from "./case/subjects.tsx";
import { ZONE } from "./who.ts";

const CommandForm = lazy(async () => ({ default: (await import("../form/command-form.tsx")).CommandForm }));

/** One case: what happened, what is next, who, by when. */
export function CaseScreen() {
	const { id } = useParams({ from: "/desk/cases/$id" });
	const answer = useQuery(caseQuery(id));
	const pack = useQuery(packQuery(answer.data?.case.pack.name ?? "", answer.data?.case.pack.version));
	if (answer.isPending || (pack.isPending && answer.data)) return <Waiting rows={6} />;
	if (answer.isError) return <Failure problem={problemIn(answer.error)} again={() => answer.refetch()} />;
	return (
		<TradeWords value={pack.data?.data.head.words ?? {}}>
			<Opened answer={answer.data} pack={pack.data ?? null} />
		</TradeWords>
	);
}

/** Opens a command's form, with what is known already. */
export type Open = (command: string, known?: Typed) => void;

function Opened({ answer, pack }: { answer: CaseAnswer; pack: Names["pack"] }) {
	const say = useSay();
	const now = useNow(answer.now);
	const directory = useQuery(directoryQuery).data;
	const names = useMemo<Names>(
		() => ({
			say,
			kase: answer.case,
			pack,
			texts: answer.texts,
			people: answer.people,
			organisations: directory?.organisations ?? {},
			zone: pack?.data.head.zone ?? ZONE,
			now,
		}),
		[say, answer, pack, now, directory],
	);
	const search = useSearch({ from: "/desk/cases/$id" });
	const navigate = useNavigate({ from: "/cases/$id" });
	const [known, setKnown] = useState<Typed>({});
	const open: Open = (command, from = {}) => {
		setKnown(from);
		navigate({ search: (before) => ({ ...before, do: command, about: undefined }) });
	};
	return (
		<article className="case">
			<Link to="/" search={(before) => before} className="back">
				<Icon name="back" size={16} /> {say.ui("inbox")}
			</Link>
			<CaseHead names={names} />
			<Road names={names} standings={answer.standings} />
			<div className="case-body">
				<div className="case-main">
					<Next names={names} answer={answer} open={open} />
					<Actions names={names} answer={answer} open={open} />
					<Subjects names={names} answer={answer} open={open} />
				</div>
				<aside className="case-side">
					<Clocks names={names} />
					<Parties names={names} />
					<Orders names={names} />
				</aside>
			</div>
			<FormDrawer
				command={search.do ?? null}
				allowed={answer.allowed}
				known={known}
				names={names}
				onClose={() => navigate({ search: (before) => ({ ...before, do: undefined, about: undefined }) })}
			/>
		</article>
	);
}

/** The server's time, moving on by itself every half minute. */
function useNow(now: string): string {
	const [since, setSince] = useState({ now, passed: 0 });
	if (since.now !== now) setSince({ now, passed: 0 });
	useEffect(() => {
		const timer = setInterval(
			() => setSince((before) => ({ ...before, passed: before.passed + 30_000 })),
			30_000,
		);
		return () => clearInterval(timer);
	}, []);
	return new Date(Date.parse(now) + since.passed).toISOString();
}

function FormDrawer({
	command,
	known,
	names,
	allowed,
	onClose,
}: {
	command: string | null;
	known: Typed;
	names: Names;
	allowed: CaseAnswer["allowed"];
	onClose: () => void;
}) {
	const { say, kase } = names;
	const queries = useQueryClient();
	const commands = useQuery({ ...commandsQuery, enabled: command !== null });
	const info = command ? commands.data?.get(command) : undefined;
	const answered = command ? allowed[command] : undefined;
	const no = command && answered && answered !== true ? refusalText(names, command, answered) : null;
	const reload = async () => {
		await Promise.all([
			queries.invalidateQueries({ queryKey: caseQuery(kase.id).queryKey }),
			queries.invalidateQueries({ queryKey: caseQuery(kase.number).queryKey }),
			queries.invalidateQueries({ queryKey: historyQuery(kase.id).queryKey }),
			queries.invalidateQueries({ queryKey: ["notices", kase.id] }),
			queries.invalidateQueries({ queryKey: ["cases"] }),
		]);
	};
	return (
		<Drawer
			open={command !== null}
			onClose={onClose}
			title={command ? say.of("commands", command) : ""}
			size={560}
			destroyOnHidden
		>
			<Suspense fallback={<Waiting />}>
				{commands.isError && <Failure problem={problemIn(commands.error)} again={() => commands.refetch()} />}
				{no && <p className="why-not gap-after">{no}</p>}
				{info && (
					<CommandForm
						key={info.type}
						info={info}
						names={names}
						known={known}
						onReload={reload}
						onDone={() => {
							onClose();
							void reload();
						}}
					/>
				)}
			</Suspense>
		</Drawer>
	);
}
