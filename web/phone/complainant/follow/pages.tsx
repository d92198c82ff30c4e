import type { ReactNode } from "react";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Screen } from "../../parts/screen.tsx";
import { content } from "../words.yaml";
import { Add } from "./add.tsx";
import { Counter } from "./counter.tsx";
import { Messages } from "./messages.tsx";
import { Mine } from "./mine.tsx";
import { OutsidePage } from "./outside.tsx";
import { QuestionPage } from "./question.tsx";
import { Review } from "./review.tsx";
import { Said } from "./said.tsx";
import { CallPage, Reopen, Urge, Withdraw } from "./wishes.tsx";

/** The pages behind a case's own, by what stands in the address. */
export const PAGES: Readonly<Record<string, (of: { about: string }) => ReactNode>> = {
	messages: Messages,
	question: QuestionPage,
	counter: Counter,
	add: Add,
	story: Story,
	review: Review,
	mine: Mine,
	outside: OutsidePage,
	urge: Urge,
	call: CallPage,
	reopen: Reopen,
	withdraw: Withdraw,
};

function Story() {
	const t = useRoomWords(content as RoomWords);
	return (
		<Screen title={t("said-so-far")} back={() => history.back()}>
			<Said />
		</Screen>
	);
}
