import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { type CaseAnswer, problemIn } from "../../../api.ts";
import type { Names } from "../../../labels.ts";
import { Empty } from "../../../parts/empty.tsx";
import { caseQuery } from "../../../queries.ts";
import { type RoomWords, TradeWords, useRoomWords, useSay } from "../../../words.ts";
import { readFirst } from "../../first.ts";
import { Button } from "../../parts/button.tsx";
import { Screen } from "../../parts/screen.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { go } from "../../route.ts";
import { useSending } from "../../uploads-sending.ts";
import { Act } from "../later.tsx";
import { coachQuery, packToldQuery } from "../my-data.ts";
import { content } from "../words.yaml";
import { Told } from "./told.tsx";
import { WorkProvider } from "./work.tsx";

const ACTS: readonly string[] = ["coach", "call", "chat", "offer", "explain", "appeal", "propose", "block"];

const NO_HEADERS = {};

/** The pages of one case for whoever is complained of. */
export function CasePages({ id, act }: { id: string; act: string }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const answer = useQuery({
		...caseQuery(id),
		queryFn: () => readFirst<CaseAnswer>(`/api/cases/${encodeURIComponent(id)}`),
		refetchInterval: 20_000,
	});
	const coach = useQuery({ ...coachQuery(id), refetchInterval: 60_000 });
	const { name, version } = answer.data?.case.pack ?? { name: "", version: "" };
	const known = useQuery(packToldQuery(name, version));
	const { refetch } = answer;
	const refresh = useCallback(() => void refetch(), [refetch]);
	useSending(answer.data?.case.id ?? null, NO_HEADERS, refresh);
	const base = `/m/case/${id}`;
	const lost = act !== "" && !ACTS.includes(act);
	useEffect(() => {
		if (lost) go(base, { replace: true });
	}, [lost, base]);
	const error = answer.error ?? coach.error ?? known.error;
	if (error && !(answer.data && coach.data && known.data)) {
		const problem = problemIn(error);
		if (problem.status !== 404) return <Failure problem={problem} again={refresh} />;
		return (
			<Screen
				title={t("complaint")}
				back={() => go("/m")}
				act={
					<Button strong onClick={() => go("/m")}>
						{t("to-list")}
					</Button>
				}
			>
				<Empty text={t("not-yours")} icon="lock" />
			</Screen>
		);
	}
	if (!answer.data || !coach.data || !known.data) return <Waiting rows={5} />;
	const { sent } = known.data;
	const pack = {
		...known.data.pack,
		data: { ...known.data.pack.data, responsibility: { causes: coach.data.causes } },
	};
	const names: Names = {
		...{ say, kase: answer.data.case, pack, texts: answer.data.texts, people: answer.data.people },
		...{ organisations: {}, zone: pack.data.head.zone, now: answer.data.now },
	};
	const work = { answer: answer.data, coach: coach.data, own: answer.data.own ?? "", names, sent, base };
	return (
		<TradeWords value={sent.head.words ?? {}}>
			<WorkProvider value={work}>{act && !lost ? <Act act={act} /> : <Told />}</WorkProvider>
		</TradeWords>
	);
}
