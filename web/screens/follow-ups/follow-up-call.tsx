import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { problemIn } from "../../api.ts";
import { itemName, moneyText, type Names, timeText } from "../../labels.ts";
import { Faults } from "../../parts/faults.tsx";
import { wallOf } from "../../parts/time.ts";
import { TalkTrack } from "../../steps/talk-track.tsx";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { Parties } from "../case/sides.tsx";
import { Acts } from "../work/acts.tsx";
import { ItemHead } from "../work/item-head.tsx";
import { useAct } from "../work/use-act.ts";
import type { Entry } from "../work/work-query.ts";
import { Answers } from "./answers.tsx";
import { inQuietHours, isOwn, triesOf } from "./due.ts";
import { content } from "./words.yaml";

/** One call: what was promised, whom to call and when not, the script, and the answers as they are given. */
export function FollowUpCall({ entry, names, onDone }: { entry: Entry; names: Names; onDone: () => void }) {
	const t = useRoomWords(content as RoomWords);
	const { say, kase, pack } = names;
	const customers = kase.parties.filter((one) => one.side === "complainant");
	const tries = triesOf(entry.item, entry.about);
	const place = kase.followUpPlan.findIndex((one) => one.attempt === entry.about) + 1;
	const attempt = { attempt: entry.about };
	return (
		<>
			<ItemHead names={names}>
				<span className="tag">{t("attempt", { count: place })}</span>
			</ItemHead>
			<Quiet names={names} />
			<section className="panel">
				{kase.closure && (
					<p className="quiet">
						{t("outcome", {
							outcome: say.of("outcomes", kase.closure.outcome),
							time: timeText(names, kase.closure.at),
						})}
						{tries > 0 && ` · ${t("tries", { count: tries, most: pack?.data.followUp.attempts ?? null })}`}
					</p>
				)}
				<h3>{t("promised")}</h3>
				<Promised names={names} />
			</section>
			<div className="work-call">
				<Acts
					names={names}
					allowed={entry.item.allowed}
					acts={[
						{
							command: "RecordFollowUp",
							key: "r",
							label: t("reached"),
							form: (done) => <Answers names={names} attempt={entry.about} onDone={done} />,
						},
						{
							command: "RecordFollowUpAttempt",
							key: "n",
							label: t("no-answer"),
							form: (done) => <NoAnswer names={names} attempt={entry.about} onDone={done} />,
						},
						{ command: "WaiveFollowUp", key: "w", given: attempt, label: t("waive") },
					]}
					onDone={onDone}
					label={t("do")}
				/>
				{!isOwn(entry) && (
					<aside>
						<TalkTrack names={names} step="follow-up" side="complainant" party={customers[0]?.id ?? null} />
						<Parties names={{ ...names, kase: { ...kase, parties: customers } }} />
					</aside>
				)}
			</div>
		</>
	);
}

/** Nobody is called at night. */
function Quiet({ names }: { names: Names }) {
	const t = useRoomWords(content as RoomWords);
	const quiet = names.pack?.data.contact.quiet;
	const time = wallOf(names.now, names.zone).slice(11);
	if (!quiet || !inQuietHours(time, quiet)) return null;
	return (
		<p className="work-warning gap-after" role="note">
			{t("quiet", { from: quiet[0], to: quiet[1] })}
		</p>
	);
}

/** What was to be done for the customer, and whether it has been. */
function Promised({ names }: { names: Names }) {
	const t = useRoomWords(content as RoomWords);
	const { say, kase } = names;
	const items = kase.items.filter((one) => !one.replacedBy && !one.waived);
	const offer = kase.offers.find((one) => one.accepted);
	if (items.length === 0)
		return <p className="quiet">{offer ? moneyText(say, offer.total) : t("promised-none")}</p>;
	return (
		<ul className="lines">
			{items.map((one) => (
				<li key={one.id}>
					{itemName(names, one.id)} <span className="tag">{t(one.done ? "done" : "open")}</span>{" "}
					<span className="quiet">{one.done && timeText(names, one.done.at)}</span>
				</li>
			))}
		</ul>
	);
}

function NoAnswer({ names, attempt, onDone }: { names: Names; attempt: string; onDone: () => void }) {
	const t = useRoomWords(content as RoomWords);
	const queries = useQueryClient();
	const act = useAct(names.kase, onDone);
	return (
		<>
			<p className="quiet gap-after">{t("no-answer-help")}</p>
			{act.isError && (
				<Faults
					problem={problemIn(act.error)}
					onReload={() => void queries.invalidateQueries({ queryKey: ["work"] })}
				/>
			)}
			<Button
				type="primary"
				loading={act.isPending}
				onClick={() => act.mutate({ type: "RecordFollowUpAttempt", fields: { attempt } })}
			>
				{t("record-no-answer")}
			</Button>
		</>
	);
}
