import { useState } from "react";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { Each } from "../work/each.tsx";
import { FoundCases } from "./found-cases.tsx";
import { content } from "./words.yaml";

/** Puts the chosen cases under the incident. */
export function AddCases({
	incident,
	known,
	onAdded,
}: {
	incident: string;
	/** Those that are under it already. */
	known: readonly string[];
	onAdded?: () => void;
}) {
	const t = useRoomWords(content as RoomWords);
	const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map());
	const plans = [...chosen].map(([id, number]) => ({
		case: id,
		number,
		type: "AttachToMassIncident",
		fields: { incident },
	}));
	const choose = (id: string, number: string, on: boolean) => {
		const next = new Map(chosen);
		if (on) next.set(id, number);
		else next.delete(id);
		setChosen(next);
	};
	return (
		<>
			<FoundCases
				label={t("search")}
				without={[incident, ...known]}
				chosen={[...chosen.keys()]}
				many
				onChoose={choose}
			/>
			<Each
				plans={plans}
				label={t("try", { count: plans.length })}
				why={plans.length === 0 ? t("none-chosen") : null}
				onDone={(done) => {
					setChosen(new Map());
					if (done.length > 0) onAdded?.();
				}}
			/>
		</>
	);
}
