import { lazy, type ReactNode, Suspense } from "react";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Screen } from "../../parts/screen.tsx";
import { Waiting } from "../../parts/states.tsx";
import { content } from "../words.yaml";
import { Add } from "./add.tsx";
import { linkHeaders } from "./case-data.ts";
import { Correct } from "./correct.tsx";
import { Counter } from "./counter.tsx";
import { useFollowed } from "./link.tsx";
import { Messages } from "./messages.tsx";
import { Mine } from "./mine.tsx";
import { OutsidePage } from "./outside.tsx";
import { QuestionPage } from "./question.tsx";
import { Review } from "./review.tsx";
import { Said } from "./said.tsx";
import { CallPage, Reopen, Urge, Withdraw } from "./wishes.tsx";

const Reach = lazy(async () => ({ default: (await import("../../reach/reach.tsx")).Reach }));

/** The pages behind a case's own, by what stands in the address. */
export const PAGES: Readonly<Record<string, (of: { about: string }) => ReactNode>> = {
	messages: Messages,
	question: QuestionPage,
	counter: Counter,
	add: Add,
	story: Story,
	review: Review,
	mine: Mine,
	correct: Correct,
	reach: ReachPage,
	outside: OutsidePage,
	urge: Urge,
	call: CallPage,
	reopen: Reopen,
	withdraw: Withdraw,
};

function ReachPage() {
	const { token, asMyself } = useFollowed();
	return (
		<Suspense fallback={<Waiting />}>
			<Reach headers={linkHeaders(token)} scope="/c/" asMyself={asMyself} />
		</Suspense>
	);
}

function Story() {
	const t = useRoomWords(content as RoomWords);
	return (
		<Screen title={t("said-so-far")} back={() => history.back()}>
			<Said />
		</Screen>
	);
}
