import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { problemIn } from "../../../api.ts";
import { type RoomWords, TradeWords, useRoomWords } from "../../../words.ts";
import { Screen } from "../../parts/screen.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { go, useRoute } from "../../route.ts";
import { content } from "../words.yaml";
import { Access } from "./access.tsx";
import { Check } from "./check.tsx";
import { useDraft } from "./draft.ts";
import { Done, Settled } from "./filed.tsx";
import { type OwnOrder, ownOrderQuery } from "./order-data.ts";
import { AmountQuestion, KindQuestion, ProofQuestion, WishQuestion, WordsQuestion } from "./questions.tsx";
import { Start } from "./start.tsx";
import { firstMissing, nextAfter, QUESTIONS, type Question, questionsFor } from "./typed.ts";

/** Complaining without an account: the order, the code, then one question a screen. `page` is the one shown. */
export function Complain({ page }: { page: string }) {
	const { query } = useRoute();
	const order = useQuery(ownOrderQuery);
	const t = useRoomWords(content as RoomWords);
	const wanted = query.get("order");
	if (page === "done") return <Done />;
	if (page === "settled") return <Settled />;
	if (!order.isSuccess)
		return (
			<Screen title={t("complain")}>
				{order.isPending ? (
					<Waiting />
				) : (
					<Failure problem={problemIn(order.error)} again={() => void order.refetch()} />
				)}
			</Screen>
		);
	const another = wanted !== null && order.data?.order.number.toUpperCase() !== wanted.toUpperCase();
	if (!order.data || another || page === "other") return <Access page={page} order={wanted ?? ""} />;
	return (
		<TradeWords value={order.data.pack.words}>
			<Questions own={order.data} page={page} />
		</TradeWords>
	);
}

function Questions({ own, page }: { own: OwnOrder; page: string }) {
	const draft = useDraft(own);
	const { typed, set } = draft;
	const question = QUESTIONS.find((one) => one === page) ?? null;
	const missing = firstMissing(typed);
	const ahead =
		question && missing && QUESTIONS.indexOf(question) > QUESTIONS.indexOf(missing) ? missing : null;
	useEffect(() => {
		if (ahead) go(`/complain/${ahead}`, { replace: true });
	}, [ahead]);
	const kind = useMemo(
		() => own.kinds.find((one) => one.id === typed.category) ?? null,
		[own, typed.category],
	);
	if (!question) return <Start own={own} typed={typed} />;
	if (ahead) return <Waiting />;
	const asked = questionsFor(typed);
	const ask = {
		own,
		typed,
		set,
		kind,
		place: { at: asked.indexOf(question) + 1, of: asked.length },
		next: (changed = typed) => go(`/complain/${nextAfter(question, changed)}`),
	};
	const pages: Record<Question, () => React.ReactNode> = {
		kind: () => <KindQuestion {...ask} />,
		words: () => <WordsQuestion {...ask} />,
		proof: () => <ProofQuestion {...ask} />,
		wish: () => <WishQuestion {...ask} />,
		amount: () => <AmountQuestion {...ask} />,
		check: () => <Check {...ask} forget={draft.forget} />,
	};
	return pages[question]();
}
