import "../styles/case.css";
import "../styles/road.css";
import "../styles/duties.css";
import "../styles/case-side.css";
import "../styles/records.css";
import "../styles/evidence.css";
import "../styles/findings.css";
import "../styles/offers.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { type CaseAnswer, type Directory, problemIn } from "../api.ts";
import type { Typed } from "../form/values.ts";
import type { Names } from "../labels.ts";
import { Icon } from "../parts/icon.tsx";
import { Failure, Waiting } from "../parts/states.tsx";
import { caseQuery, directoryQuery, packQuery } from "../queries.ts";
import { TradeWords, useSay } from "../words.ts";
import { ActsButton } from "./case/acts-button.tsx";
import { EvidenceDrop } from "./case/evidence-drop.tsx";
import { FormDrawer } from "./case/form-drawer.tsx";
import { Goes, type Place, showSection } from "./case/goes.ts";
import { CaseHead } from "./case/head.tsx";
import { Next } from "./case/next.tsx";
import { Road } from "./case/road.tsx";
import { CaseSide } from "./case/side.tsx";
import { SideAside, SideButton, useSidePanel } from "./case/side-panel.tsx";
import { Subjects, subjectOf, useFirstSubject } from "./case/subjects.tsx";
import { ZONE } from "./who.ts";

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
			people: { ...aliases(directory), ...answer.people },
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
	const side = useSidePanel();
	const [subject, setSubject] = useState("");
	const first = useFirstSubject(answer);
	const go = (place: Place) => {
		if ("subject" in place) return setSubject(place.subject);
		side.show();
		requestAnimationFrame(() => showSection(place.side));
	};
	return (
		<Goes value={go}>
			<article className="case">
				<Link to="/" search={(before) => before} className="back">
					<Icon name="back" size={16} /> {say.ui("inbox")}
				</Link>
				<CaseHead names={names}>
					<ActsButton names={names} answer={answer} open={open} />
					<SideButton panel={side} />
				</CaseHead>
				<Road names={names} answer={answer} onStep={(step) => setSubject(subjectOf(step))} />
				<div className={`case-body case-body-${side.state}`}>
					<div className="case-main">
						<Next names={names} answer={answer} open={open} />
						<Subjects
							names={names}
							answer={answer}
							open={open}
							subject={subject || first}
							onSubject={setSubject}
						/>
					</div>
					<SideAside panel={side}>
						<CaseSide names={names} answer={answer} open={open} />
					</SideAside>
				</div>
				{answer.allowed.AddEvidence === true && <EvidenceDrop names={names} />}
				<FormDrawer
					command={search.do ?? null}
					allowed={answer.allowed}
					known={known}
					names={names}
					onClose={() => navigate({ search: (before) => ({ ...before, do: undefined, about: undefined }) })}
				/>
			</article>
		</Goes>
	);
}

/** The office's people by name, also for those to whom the case itself names nobody. */
function aliases(directory: Directory | undefined): Record<string, string> {
	return Object.fromEntries(Object.entries(directory?.people ?? {}).map(([id, { alias }]) => [id, alias]));
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
