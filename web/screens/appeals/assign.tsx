import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import type { Refusal } from "#engine/decision.ts";
import { problemIn } from "../../api.ts";
import { type Names, personName } from "../../labels.ts";
import { Faults } from "../../parts/faults.tsx";
import { refusalText } from "../../shown.ts";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { useAct } from "../work/use-act.ts";
import { content } from "./words.yaml";

/** Who may review: whoever decided before, or is of the accused's line, is shown with the reason and can't be chosen. */
export function AssignReviewer({
	names,
	appeal,
	reviewers,
	onDone,
}: {
	names: Names;
	appeal: string;
	reviewers: Readonly<Record<string, true | Refusal>>;
	onDone: () => void;
}) {
	const t = useRoomWords(content as RoomWords);
	const queries = useQueryClient();
	const assign = useAct(names.kase, onDone);
	const able = Object.keys(reviewers).filter((id) => reviewers[id] === true);
	const [chosen, setChosen] = useState<string | undefined>(able[0]);
	return (
		<fieldset className="reviewers">
			<legend>{t("choose")}</legend>
			{Object.entries(reviewers).map(([id, answer]) => (
				<label key={id} className="reviewer">
					<input
						type="radio"
						name={`reviewer-${appeal}`}
						value={id}
						checked={chosen === id}
						disabled={answer !== true}
						onChange={() => setChosen(id)}
					/>
					<span>{personName(names, id)}</span>
					{answer !== true && <span className="quiet">{refusalText(names, "AssignReviewer", answer)}</span>}
				</label>
			))}
			{able.length === 0 && <p className="why-not">{t("nobody")}</p>}
			{assign.isError && (
				<Faults
					problem={problemIn(assign.error)}
					onReload={() => void queries.invalidateQueries({ queryKey: ["work"] })}
				/>
			)}
			<Button
				type="primary"
				disabled={!chosen}
				loading={assign.isPending}
				onClick={() =>
					chosen && assign.mutate({ type: "AssignReviewer", fields: { appeal, person: chosen } })
				}
			>
				{chosen ? t("assign-to", { name: personName(names, chosen) }) : t("assign")}
			</Button>
		</fieldset>
	);
}
