import "./follow.css";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { problemIn } from "../../../api.ts";
import type { Names } from "../../../labels.ts";
import { Empty } from "../../../parts/empty.tsx";
import { type RoomWords, TradeWords, useRoomWords, useSay } from "../../../words.ts";
import { useWaiting } from "../../outbox.ts";
import { Button } from "../../parts/button.tsx";
import { Screen } from "../../parts/screen.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { go } from "../../route.ts";
import { useSending } from "../../uploads-sending.ts";
import { content } from "../words.yaml";
import {
	type Answer,
	followedQuery,
	linkHeaders,
	type Opened,
	openedQuery,
	outsidePackQuery,
	type PackKnown,
} from "./case-data.ts";
import { Home } from "./home.tsx";
import { LinkProvider, useMyself } from "./link.tsx";
import { PAGES } from "./pages.tsx";

/** Following a case by its link. `page` and `about` are what stands behind the token in the address. */
export function Follow({ token, page, about }: { token: string; page: string; about: string }) {
	const opened = useQuery(openedQuery(token));
	if (opened.isPending) return <Waiting />;
	if (opened.isError) {
		const problem = problemIn(opened.error);
		if (problem.status === 0) return <Failure problem={problem} again={() => void opened.refetch()} />;
		return <DeadLink reason={problem.reason ?? ""} />;
	}
	return <Case token={token} opened={opened.data} page={page} about={about} />;
}

/** A link that opens nothing says what to do instead. */
function DeadLink({ reason }: { reason: string }) {
	const t = useRoomWords(content as RoomWords);
	const known = ["LinkExpired", "LinkRevoked", "LinkForged"].includes(reason) ? reason : "LinkForged";
	return (
		<Screen
			title={t("my-complaint")}
			act={
				<Button strong onClick={() => go("/complain")}>
					{t("find-again")}
				</Button>
			}
		>
			<Empty text={t(known)} icon="link">
				<p className="p-quiet">{t("find-again-help")}</p>
			</Empty>
		</Screen>
	);
}

interface Found {
	token: string;
	opened: Opened;
	page: string;
	about: string;
}

function Case(found: Found) {
	const { token, opened } = found;
	const answer = useQuery(followedQuery(token, opened.case));
	const { name, version } = answer.data?.case.pack ?? { name: "", version: "" };
	const pack = useQuery(outsidePackQuery(token, name, version));
	const refresh = answer.refetch;
	const waiting = useWaiting(opened.case).length;
	// what waited in this phone has gone out: now it stands in the case
	// biome-ignore lint/correctness/useExhaustiveDependencies: the count is what tells
	useEffect(() => void refresh(), [waiting, refresh]);
	useSending(opened.confirmed ? opened.case : null, linkHeaders(token), refresh);
	if (answer.isPending || (pack.isPending && !pack.isError)) return <Waiting rows={5} />;
	if (answer.isError) return <Failure problem={problemIn(answer.error)} again={() => void refresh()} />;
	if (!pack.data) return <Failure problem={problemIn(pack.error)} again={() => void pack.refetch()} />;
	return <Opening {...found} answer={answer.data} known={pack.data} />;
}

function Opening({
	token,
	opened,
	page,
	about,
	answer,
	known,
}: Found & { answer: Answer; known: PackKnown }) {
	const say = useSay();
	const { asMyself, sheet } = useMyself(token, opened.confirmed);
	const { sent, pack } = known;
	const names: Names = {
		say,
		kase: answer.case,
		pack,
		texts: answer.texts,
		people: answer.people,
		organisations: {},
		zone: pack.data.head.zone,
		now: answer.now,
	};
	const base = `/c/${token}`;
	const followed = {
		token,
		confirmed: opened.confirmed,
		answer,
		own: answer.own ?? opened.party,
		names,
		sent,
		base,
		asMyself,
	};
	const Page = PAGES[page];
	const lost = page !== "" && !Page;
	useEffect(() => {
		if (lost) go(base, { replace: true });
	}, [lost, base]);
	return (
		<TradeWords value={sent.head.words ?? {}}>
			<LinkProvider value={followed}>
				{Page ? <Page about={about} /> : <Home />}
				{sheet}
			</LinkProvider>
		</TradeWords>
	);
}
