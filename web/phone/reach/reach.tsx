import "./reach.css";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ask, problemIn } from "../../api.ts";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { Button } from "../parts/button.tsx";
import { ChooseOne } from "../parts/choices.tsx";
import { Screen } from "../parts/screen.tsx";
import { Failure, problemText, Waiting } from "../parts/states.tsx";
import { go, useRoute } from "../route.ts";
import { Quiet } from "./quiet.tsx";
import { Ways } from "./ways.tsx";
import { codeFrom } from "./wechat.ts";
import { problemOf, type Wished, type Wishes, wishedFrom } from "./wished.ts";
import { content } from "./words.yaml";

/** Whose page it is: the link's or the signed-in worker's. */
export interface Whose {
	headers: Record<string, string>;
	/** The pages that the worker which is rung looks after. */
	scope: string;
	/** Runs once it is sure that it is they. */
	asMyself: (then: () => void) => void;
}

const wishesQuery = ({ scope, headers }: Whose) =>
	queryOptions({
		queryKey: ["wishes", scope],
		queryFn: () => ask<Wishes>("GET", "/api/me/wishes", undefined, headers),
	});

/** How somebody wishes to be told: by which ways, in which language, and when not. */
export function Reach(whose: Whose) {
	const t = useRoomWords(content as RoomWords);
	const wishes = useQuery(wishesQuery(whose));
	if (wishes.isSuccess)
		return <Wishing key={wishes.data.wechat.bound ? "bound" : ""} {...whose} wishes={wishes.data} />;
	return (
		<Screen title={t("title")} back={() => history.back()}>
			{wishes.isPending ? (
				<Waiting rows={4} />
			) : (
				<Failure problem={problemIn(wishes.error)} again={() => void wishes.refetch()} />
			)}
		</Screen>
	);
}

function Wishing({ wishes, ...whose }: Whose & { wishes: Wishes }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const queries = useQueryClient();
	const [wished, setWished] = useState<Wished>(() => wishedFrom(wishes));
	const change = (how: Partial<Wished>) => setWished((before) => ({ ...before, ...how }));
	const saving = useMutation({
		mutationFn: () => ask<Wishes>("PUT", "/api/me/wishes", wished, whose.headers),
		onSuccess: (saved) => {
			queries.setQueryData(wishesQuery(whose).queryKey, saved);
			setWished(wishedFrom(saved));
		},
	});
	useWechatBack(whose);
	const problem = problemOf(wished);
	return (
		<Screen
			title={t("title")}
			back={() => history.back()}
			act={
				<Button
					strong
					busy={saving.isPending}
					why={problem && t(problem)}
					onClick={() => whose.asMyself(() => saving.mutate())}
				>
					{say.ui("save")}
				</Button>
			}
		>
			<Ways wishes={wishes} wished={wished} onChange={change} {...whose} />
			<h2 className="p-group">{t("language")}</h2>
			<ChooseOne
				name={t("language")}
				chosen={wished.language ?? wishes.spoken}
				choices={[
					{ id: "zh", text: t("in-zh") },
					{ id: "en", text: "English" },
				]}
				onChoose={(id) => change({ language: id === "en" ? "en" : "zh" })}
			/>
			<Quiet wished={wished} onChange={change} />
			{saving.isSuccess && (
				<p className="p-good" role="status">
					{t("saved")}
				</p>
			)}
			{saving.isError && (
				<p className="p-fault" role="alert">
					{problemText(problemIn(saving.error), say)}
				</p>
			)}
		</Screen>
	);
}

/** WeChat came back with a code: it is bound, and the address is cleaned of it. */
function useWechatBack(whose: Whose): void {
	const { path, query } = useRoute();
	const queries = useQueryClient();
	const code = query.get("code");
	// biome-ignore lint/correctness/useExhaustiveDependencies: a code is good once
	useEffect(() => {
		if (!code) return;
		const good = codeFrom(query);
		go(path, { replace: true });
		if (!good) return;
		whose.asMyself(
			() =>
				void ask("PUT", "/api/me/wechat", { code: good }, whose.headers)
					.catch(() => {})
					.then(() => queries.invalidateQueries(wishesQuery(whose))),
		);
	}, [code]);
}
