import { useState } from "react";
import { textOf } from "../../../labels.ts";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { Field } from "../../parts/field.tsx";
import { Screen } from "../../parts/screen.tsx";
import { go } from "../../route.ts";
import { content } from "../words.yaml";
import { correctionFrom, NOTHING, type TypedCorrection } from "./correction.ts";
import { Refused, useDoing, useFollowed } from "./link.tsx";

const DATA = [
	{ name: "name", type: "text", autoComplete: "name", most: 100 },
	{ name: "phone", type: "tel", autoComplete: "tel", most: 40 },
	{ name: "address", type: "text", autoComplete: "street-address", most: 300 },
] as const;

/** Only what is to be another is typed; the office checks it before messages go there. */
export function Correct() {
	const t = useRoomWords(content as RoomWords);
	const { names, own, base } = useFollowed();
	const { does, busy, refused } = useDoing();
	const [typed, setTyped] = useState<TypedCorrection>(NOTHING);
	const set = (how: Partial<TypedCorrection>) => setTyped((before) => ({ ...before, ...how }));
	const me = names.kase.parties.find((one) => one.id === own);
	const made = correctionFrom(typed);
	const send = () =>
		made.ok &&
		does(
			made.type,
			made.fields,
			t("correct"),
			(did) => typeof did !== "object" && go(`${base}/mine`, { replace: true }),
		);
	return (
		<Screen
			title={t("correct")}
			back={() => history.back()}
			act={
				<Button strong busy={busy} why={made.ok ? null : t(made.why)} onClick={send}>
					{t("correct-send")}
				</Button>
			}
		>
			<h2 className="p-question">{t("correct-asks")}</h2>
			<p className="p-quiet">{t("correct-help")}</p>
			{DATA.map(({ name, type, autoComplete, most }) => {
				const now = textOf(names, me?.[name]);
				return (
					<Field key={name} label={t(`new-${name}`)} help={now ? t("correct-now", { text: now }) : null}>
						{(control) => (
							<input
								{...control}
								type={type}
								autoComplete={autoComplete}
								maxLength={most}
								value={typed[name]}
								onChange={({ target }) => set({ [name]: target.value })}
							/>
						)}
					</Field>
				);
			})}
			<Field label={t("correct-words")} help={t("correct-words-help")}>
				{(control) => (
					<textarea
						{...control}
						rows={3}
						maxLength={2000}
						value={typed.words}
						onChange={({ target }) => set({ words: target.value })}
					/>
				)}
			</Field>
			<Refused problem={refused} />
		</Screen>
	);
}
