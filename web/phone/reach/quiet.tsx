import { type RoomWords, useRoomWords } from "../../words.ts";
import { ChooseOne } from "../parts/choices.tsx";
import { Field } from "../parts/field.tsx";
import type { Wished } from "./wished.ts";
import { content } from "./words.yaml";

const USUAL = { from: "22:00", to: "08:00" };

/** When nothing may ring: the usual hours, or one's own; and whether what is urgent may all the same. */
export function Quiet({ wished, onChange }: { wished: Wished; onChange: (how: Partial<Wished>) => void }) {
	const t = useRoomWords(content as RoomWords);
	const { quiet, urgentRings } = wished;
	return (
		<section>
			<h2 className="p-group">{t("quiet")}</h2>
			<ChooseOne
				name={t("quiet")}
				chosen={quiet ? "own" : "usual"}
				choices={[
					{ id: "usual", text: t("quiet-usual") },
					{ id: "own", text: t("quiet-own") },
				]}
				onChoose={(id) => onChange({ quiet: id === "own" ? (quiet ?? USUAL) : null })}
			/>
			{quiet && (
				<div className="p-times">
					{(["from", "to"] as const).map((end) => (
						<Field key={end} label={t(`quiet-${end}`)}>
							{(control) => (
								<input
									{...control}
									type="time"
									required
									value={quiet[end]}
									onChange={({ target }) =>
										target.value && onChange({ quiet: { ...quiet, [end]: target.value } })
									}
								/>
							)}
						</Field>
					))}
				</div>
			)}
			<label className="p-choice">
				<span>
					{t("urgent")}
					<small className="p-quiet">{t("urgent-help")}</small>
				</span>
				<input
					type="checkbox"
					checked={urgentRings}
					onChange={({ target }) => onChange({ urgentRings: target.checked })}
				/>
			</label>
		</section>
	);
}
