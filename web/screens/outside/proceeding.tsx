import type { Proceeding } from "#engine/case.ts";
import { bodyName, moneyText, type Names, personName, textOf, timeText } from "../../labels.ts";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { Acts, type WorkAct } from "../work/acts.tsx";
import { DueBand } from "../work/due-band.tsx";
import { FindingShown } from "../work/found.tsx";
import { ItemHead } from "../work/item-head.tsx";
import type { Entry } from "../work/work-query.ts";
import { content } from "./words.yaml";

/** One body's business: its number and term, the letters both ways, what can be answered with, and the reply. */
export function OneProceeding({ entry, names, onDone }: { entry: Entry; names: Names; onDone: () => void }) {
	const t = useRoomWords(content as RoomWords);
	const { say, kase } = names;
	const one = kase.proceedings.find((known) => known.id === entry.about);
	if (!one) return null;
	const replied = one.replies.some((reply) => reply.final);
	const agreed = kase.offers.find((offer) => offer.accepted);
	return (
		<>
			<ItemHead names={names} />
			<section className="panel">
				<p className="work-amount work-body">{bodyName(names, one.body)}</p>
				<p>
					<b className="case-number">{one.number}</b> <span className="tag">{t(one.direction)}</span>{" "}
					<span className="quiet">
						{t(one.direction === "inbound" ? "received" : "sent", { time: timeText(names, one.receivedAt) })}
						{one.due && ` · ${say.ui("due-at", { time: timeText(names, one.due) })}`}
					</span>
				</p>
				{!replied && one.due && (
					<DueBand
						names={names}
						about={one.id}
						since={one.receivedAt}
						due={one.due}
						kind="statutory"
						label={t("by-law")}
					/>
				)}
				<p className="quiet">
					{t(replied ? "replied" : one.direction === "inbound" ? "not-replied" : "no-term")}
				</p>
				{one.extended.map((each) => (
					<p key={each.at} className="quiet">
						{t("extended", { time: timeText(names, each.due) })} · {textOf(names, each.why)}
					</p>
				))}
			</section>
			<section className="panel">
				<h2>{t("thread")}</h2>
				<Letters names={names} proceeding={one} />
			</section>
			<Acts
				names={names}
				allowed={entry.item.allowed}
				acts={actsFor(one, t)}
				onDone={onDone}
				label={t("do")}
			/>
			<section className="panel work-after">
				<h2>{t("findings")}</h2>
				{kase.findings.length === 0 && <p className="quiet">{t("findings-none")}</p>}
				{kase.findings.map((finding) => (
					<FindingShown key={finding.id} names={names} finding={finding} />
				))}
				{agreed && <p>{t("promised", { amount: moneyText(say, agreed.total) })}</p>}
			</section>
		</>
	);
}

function actsFor(one: Proceeding, t: (key: string) => string): WorkAct[] {
	const given = { proceeding: one.id };
	const replied = one.replies.some((reply) => reply.final);
	const reply: WorkAct = { command: "ReplyToBody", key: "r", given, label: t("do-reply") };
	const result: WorkAct = { command: "RecordProceedingResult", key: "u", given, label: t("do-result") };
	const insurance: WorkAct = {
		command: "RecordInsuranceStep",
		key: "i",
		given,
		label: t("do-insurance"),
		stays: true,
	};
	const back: WorkAct = { command: "SendBackProceeding", key: "b", given, label: t("do-back") };
	const first = one.kind === "insurer" ? [insurance] : [];
	return [
		...(replied || one.direction === "outbound" ? [...first, result] : [...first, reply]),
		{ command: "ReceiveFromBody", key: "e", given, label: t("do-received"), stays: true },
		{ command: "ExtendProceeding", key: "x", given, label: t("do-extend"), stays: true },
		...(one.direction === "inbound" && !replied ? [back, result] : []),
	];
}

/** What came and what went, in order; the body at the left, the company at the right. */
function Letters({ names, proceeding }: { names: Names; proceeding: Proceeding }) {
	const t = useRoomWords(content as RoomWords);
	const { say } = names;
	const came = proceeding.received.map((one) => ({ ...one, came: true, final: true }));
	const went = proceeding.replies.map((one) => ({ ...one, came: false }));
	const all = [...came, ...went].toSorted((a, b) => a.at.localeCompare(b.at));
	return (
		<>
			{all.map((one) => (
				<article key={`${one.at}${one.came}`} className="entry">
					<h3>
						{one.came && proceeding.direction === "inbound"
							? t("from", { name: bodyName(names, proceeding.body) })
							: t("reply")}{" "}
						{!one.final && <span className="tag">{t("part")}</span>}
					</h3>
					<p className="entry-words">{textOf(names, one.words)}</p>
					<p className="quiet">
						{personName(names, one.by)} · {timeText(names, one.at)}
					</p>
				</article>
			))}
			{proceeding.insurance.length > 0 && (
				<p className="stack">
					<b>{t("insurance")}</b>
					{proceeding.insurance.map((one) => (
						<span key={one.step} className="tag">
							{say.of("values", one.step)} {one.amount && moneyText(say, one.amount)}
						</span>
					))}
				</p>
			)}
		</>
	);
}
