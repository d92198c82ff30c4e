import { useState } from "react";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { ChooseOne } from "../../parts/choices.tsx";
import { Field } from "../../parts/field.tsx";
import { Screen } from "../../parts/screen.tsx";
import { go } from "../../route.ts";
import { content } from "../words.yaml";
import { Refused, useDoing, useFollowed } from "./link.tsx";
import { CallThem } from "./other-side.tsx";
import { talkingWith } from "./standing.ts";

/** One text and one button: to urge, to be called, to reopen, to withdraw. */
function Saying({
	page,
	first = "",
	optional = false,
	command,
	children,
}: {
	page: string;
	first?: string;
	optional?: boolean;
	command: (words: string) => { type: string; fields: object };
	children?: React.ReactNode;
}) {
	const t = useRoomWords(content as RoomWords);
	const { base } = useFollowed();
	const { does, busy, refused } = useDoing();
	const [words, setWords] = useState(first);
	const send = () => {
		const { type, fields } = command(words.trim());
		does(type, fields, t(`page-${page}`), (did) => typeof did !== "object" && go(base, { replace: true }));
	};
	return (
		<Screen
			title={t(`page-${page}`)}
			back={() => history.back()}
			act={
				<Button
					strong
					busy={busy}
					why={!optional && words.trim() === "" ? t("words-missing") : null}
					onClick={send}
				>
					{t(`${page}-send`)}
				</Button>
			}
		>
			<p className="p-quiet">{t(`${page}-help`)}</p>
			{children}
			<Field label={t(optional ? "own-words-optional" : "own-words")}>
				{(control) => (
					<textarea
						{...control}
						rows={4}
						maxLength={2000}
						value={words}
						onChange={({ target }) => setWords(target.value)}
					/>
				)}
			</Field>
			<Refused problem={refused} />
		</Screen>
	);
}

export function Urge() {
	return <Saying page="urge" command={(words) => ({ type: "RecordUrging", fields: { words } })} />;
}

const TIMES = ["now", "today", "evening", "tomorrow"] as const;

/** Being called back: through a line that shows neither side the other's number. */
export function CallPage() {
	const t = useRoomWords(content as RoomWords);
	const [time, setTime] = useState<string>("now");
	const { answer } = useFollowed();
	const them = talkingWith(answer.case);
	const wish = t("call-wish", { time: t(`call-${time}`) });
	return (
		<Saying
			page="call"
			optional
			command={(words) => ({
				type: "SendMessage",
				fields: { to: "company", words: words ? `${wish}\n${words}` : wish },
			})}
		>
			{them && <CallThem them={them} />}
			<h2 className="p-question">{t("call-when")}</h2>
			<ChooseOne
				name={t("call-when")}
				chosen={time}
				choices={TIMES.map((id) => ({ id, text: t(`call-${id}`) }))}
				onChoose={setTime}
			/>
		</Saying>
	);
}

/** Not solved after all: by the follow-up where it is asked for, or else by what is new. */
export function Reopen() {
	const { answer } = useFollowed();
	const asked = answer.allowed.RecordFollowUp === true;
	return (
		<Saying
			page="reopen"
			command={(words) =>
				asked
					? { type: "RecordFollowUp", fields: { satisfied: false, bothered: false, words } }
					: { type: "ReopenCase", fields: { because: "new-facts", why: words } }
			}
		/>
	);
}

export function Withdraw() {
	const { answer } = useFollowed();
	const allegations = answer.case.allegations.filter((one) => !one.withdrawn).map((one) => one.id);
	return (
		<Saying
			page="withdraw"
			optional
			command={(words) => ({
				type: "WithdrawAllegations",
				fields: { allegations, ...(words ? { why: words } : {}) },
			})}
		/>
	);
}
