import "./links.css";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import type { Correction } from "#engine/case.ts";
import { ask, problemIn } from "../../api.ts";
import { textOf, timeText } from "../../labels.ts";
import { Faults } from "../../parts/faults.tsx";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { useCaseReload } from "./reload.ts";
import type { PanelProps } from "./subjects.tsx";
import { content } from "./words.yaml";

/** What a party asks to have put right: confirmed by one act, or not, with a reason. */
export function Corrections({ party, ...props }: PanelProps & { party: string }) {
	const t = useRoomWords(content as RoomWords);
	const { names, answer } = props;
	const own = (names.kase.corrections ?? []).filter((one) => one.party === party && !one.replaced);
	const done = own.findLast((one) => one.decided?.taken);
	return (
		<>
			{own
				.filter((one) => !one.decided)
				.map((one) => (
					<div key={one.id} className="correction">
						<p>
							<b>{t("correction-asked")}</b> <span className="quiet">{timeText(names, one.at)}</span>
						</p>
						<Fields {...props} correction={one} />
						{one.why && <p className="entry-words">{textOf(names, one.why)}</p>}
						<p className="correction-acts">
							{answer.allowed.DecideCorrection === true && <Take {...props} correction={one} />}
							{answer.allowed.DecideCorrection === true && (
								<Button
									size="small"
									onClick={() => props.open("DecideCorrection", { correction: one.id, taken: false })}
								>
									{t("correction-decline")}
								</Button>
							)}
						</p>
					</div>
				))}
			{done?.decided && (
				<p className="quiet">{t("corrected-at", { time: timeText(names, done.decided.at) })}</p>
			)}
			{answer.allowed.CorrectParty === true && (
				<Button size="small" type="text" onClick={() => props.open("CorrectParty", { party })}>
					{t("correct-party")}
				</Button>
			)}
		</>
	);
}

/** Each part that is to be another, with what stands there now. */
function Fields({ names, correction }: PanelProps & { correction: Correction }) {
	const t = useRoomWords(content as RoomWords);
	const { say, kase } = names;
	const party = kase.parties.find((one) => one.id === correction.party);
	return (["name", "phone", "address"] as const).map((field) => {
		const next = correction.fields[field];
		if (!next) return null;
		const before = party?.[field];
		return (
			<p key={field}>
				<span className="quiet">{say.of("fields", field)}</span> {textOf(names, next)}{" "}
				<span className="quiet">
					{before ? t("correction-now", { text: textOf(names, before) }) : t("correction-new")}
				</span>
			</p>
		);
	});
}

function Take({ names, correction }: PanelProps & { correction: Correction }) {
	const t = useRoomWords(content as RoomWords);
	const reload = useCaseReload(names.kase);
	const taking = useMutation({
		mutationFn: () =>
			ask("POST", `/api/cases/${names.kase.id}/commands`, {
				type: "DecideCorrection",
				correction: correction.id,
				taken: true,
			}),
		onSettled: reload,
	});
	return (
		<>
			<Button size="small" loading={taking.isPending} onClick={() => taking.mutate()}>
				{t("correction-take")}
			</Button>
			{taking.isError && <Faults problem={problemIn(taking.error)} />}
		</>
	);
}
