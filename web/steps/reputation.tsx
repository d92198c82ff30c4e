import type { Sanction } from "#engine/case.ts";
import { type Names, partyName, textOf, timeText } from "../labels.ts";
import { Pairs } from "../parts/pairs.tsx";
import { Record, Records } from "../parts/record.tsx";
import { Explained } from "../screens/case/explained.tsx";
import type { PanelProps } from "../screens/case/subjects.tsx";
import { type RoomWords, useRoomWords } from "../words.ts";
import { Act } from "./act.tsx";
import { By } from "./by.tsx";
import { content } from "./words.yaml";

/** 信誉: points, restrictions, blocks and praise, each with rule, term and way back. */
export function Reputation(props: PanelProps) {
	const { say, kase } = props.names;
	return (
		<Records
			title={say.of("steps", "reputation")}
			empty={kase.sanctions.length === 0 ? say.ui("empty-sanctions") : null}
			act={
				<>
					<Act {...props} command="ImposeSanction" /> <Act {...props} command="BlockParty" />{" "}
					<Act {...props} command="TakeSafetyMeasure" />
				</>
			}
		>
			{kase.sanctions.map((one) => (
				<Sanctioned key={one.id} sanction={one} {...props} />
			))}
		</Records>
	);
}

function Sanctioned({ sanction, ...props }: PanelProps & { sanction: Sanction }) {
	const { names } = props;
	const { say } = names;
	const t = useRoomWords(content as RoomWords);
	const known = { sanction: sanction.id };
	const over = sanction.reversed !== null || sanction.lifted !== null;
	const { review } = sanction;
	return (
		<Record
			side={names.kase.parties.find((one) => one.id === sanction.party)?.side ?? "company"}
			title={`${say.of("sanctions", sanction.kind)} · ${partyName(names, sanction.party)}`}
			state={stateOf(names, sanction)}
		>
			<Pairs
				rows={[
					[say.of("fields", "points"), sanction.points !== 0 && String(sanction.points)],
					[say.of("fields", "until"), sanction.until && timeText(names, sanction.until)],
					[say.of("fields", "reason"), textOf(names, sanction.reason)],
					[say.of("events", "SanctionLifted"), sanction.lifted && textOf(names, sanction.lifted.why)],
				]}
			/>
			<By names={names} at={sanction.at} by={sanction.by} />
			{review && (
				<p className={review.done ? "quiet" : "fault"}>
					{review.done ? t("safety-reviewed") : t("safety-review", { time: timeText(names, review.due) })}
				</p>
			)}
			{sanction.rule && <Explained names={names} explanation={sanction.rule} />}
			{!over && (
				<p className="acts">
					{review && !review.done && <Act {...props} command="ReviewSafetyMeasure" known={known} />}{" "}
					<Act {...props} command="LiftSanction" known={known} />{" "}
					<Act {...props} command="ReverseSanction" known={known} />
				</p>
			)}
		</Record>
	);
}

function stateOf(names: Names, sanction: Sanction): string {
	const { say } = names;
	if (sanction.reversed) return say.of("events", "SanctionReversed");
	if (sanction.lifted) return say.of("events", "SanctionLifted");
	if (sanction.inForce) return say.ui("in-force");
	return say.ui("in-force-from", { time: timeText(names, sanction.effectiveFrom) });
}
