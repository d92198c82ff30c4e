import { useMutation } from "@tanstack/react-query";
import type { Party } from "#engine/case.ts";
import { ask, problemIn } from "../../../api.ts";
import { seatName, timeText } from "../../../labels.ts";
import { Icon } from "../../../parts/icon.tsx";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { content } from "../words.yaml";
import { linkHeaders } from "./case-data.ts";
import { Refused, useFollowed } from "./link.tsx";

/** A number for half an hour; dialled from one's own phone it rings theirs. */
interface Line {
	number: string;
	expiresAt: string;
	/** It rings nowhere: this is the demo. */
	pretend: boolean;
}

/** Calling the other side while they speak with each other: neither sees the other's number. */
export function CallThem({ them }: { them: Party }) {
	const t = useRoomWords(content as RoomWords);
	const { token, answer, names, asMyself } = useFollowed();
	const seat = seatName(names, them.seat);
	const lending = useMutation({
		mutationFn: () =>
			ask<Line>(
				"POST",
				`/api/cases/${encodeURIComponent(answer.case.id)}/lines`,
				{ to: them.id },
				linkHeaders(token),
			),
	});
	const line = lending.data;
	return (
		<section className="p-card p-side-respondent">
			<h2>{t("talking-with", { seat })}</h2>
			<p className="p-quiet">{t("call-them-help")}</p>
			{line ? (
				<>
					<a className="p-button p-wide" href={`tel:${line.number}`}>
						<Icon name="call" /> {line.number}
					</a>
					<p className="p-quiet">{t("line-until", { at: timeText(names, line.expiresAt) })}</p>
					{line.pretend && <p className="p-quiet">{t("line-pretend")}</p>}
				</>
			) : (
				<Button busy={lending.isPending} onClick={() => asMyself(() => lending.mutate())}>
					<Icon name="call" /> {t("call-them", { seat })}
				</Button>
			)}
			<Refused problem={lending.isError ? problemIn(lending.error) : null} />
		</section>
	);
}

/** To whom a message goes, while the other side may be written to as well. */
export function ToWhom({ them, to, onChange }: { them: Party; to: string; onChange: (to: string) => void }) {
	const t = useRoomWords(content as RoomWords);
	const { names } = useFollowed();
	const choices = [
		{ id: "company", text: t("told-answer") },
		{ id: them.id, text: seatName(names, them.seat) },
	];
	return (
		<fieldset className="p-to">
			<legend>{t("message-to")}</legend>
			{choices.map(({ id, text }) => (
				<button key={id} type="button" aria-pressed={to === id} onClick={() => onChange(id)}>
					{text}
				</button>
			))}
		</fieldset>
	);
}
