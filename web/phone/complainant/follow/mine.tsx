import { useState } from "react";
import { moneyText, seatName, textOf } from "../../../labels.ts";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { Field } from "../../parts/field.tsx";
import { Screen } from "../../parts/screen.tsx";
import { go } from "../../route.ts";
import { content } from "../words.yaml";
import { Refused, useDoing, useFollowed } from "./link.tsx";

/** What is known of me, and saying what of it is wrong or has to be added. */
export function Mine() {
	const t = useRoomWords(content as RoomWords);
	const { names, own, base } = useFollowed();
	const { does, busy, refused } = useDoing();
	const [words, setWords] = useState("");
	const { kase } = names;
	const me = kase.parties.find((one) => one.id === own);
	const rows = [
		[t("name"), textOf(names, me?.name)],
		[t("phone"), textOf(names, me?.phone)],
		[t("address"), textOf(names, me?.address)],
		[t("seat"), me ? seatName(names, me.seat) : ""],
		[t("what-wished"), textOf(names, kase.intake?.wished)],
		[t("amount"), kase.intake?.claimed ? moneyText(names.say, kase.intake.claimed) : ""],
		[t("told-complaint"), textOf(names, kase.intake?.verbatim)],
	].filter(([, text]) => text);
	const send = () =>
		does(
			"AmendComplaint",
			{ words: words.trim() },
			t("correct"),
			(did) => typeof did !== "object" && go(base, { replace: true }),
		);
	return (
		<Screen
			title={t("page-mine")}
			back={() => history.back()}
			act={
				<Button strong busy={busy} disabled={words.trim() === ""} onClick={send}>
					{t("correct-send")}
				</Button>
			}
		>
			<dl className="p-check">
				{rows.map(([name, text]) => (
					<div key={name}>
						<dt>{name}</dt>
						<dd className="p-words">{text}</dd>
					</div>
				))}
			</dl>
			<Field label={t("correct")} help={t("correct-help")}>
				{(control) => (
					<textarea
						{...control}
						rows={4}
						maxLength={5000}
						value={words}
						onChange={({ target }) => setWords(target.value)}
					/>
				)}
			</Field>
			<Refused problem={refused} />
			<p className="p-quiet">{t("who-sees")}</p>
		</Screen>
	);
}
