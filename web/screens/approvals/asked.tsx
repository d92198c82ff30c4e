import type { Approval, Computation, Offer } from "#engine/case.ts";
import { committed } from "#engine/steps/approval-committed.ts";
import { moneyText, type Names, personName, textOf, timeText } from "../../labels.ts";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { Explained } from "../case/explained.tsx";
import { Pasts } from "../case/pasts.tsx";
import { Acts, type WorkAct } from "../work/acts.tsx";
import { DueBand } from "../work/due-band.tsx";
import { FindingShown, Heard } from "../work/found.tsx";
import { ItemHead } from "../work/item-head.tsx";
import type { Entry } from "../work/work-query.ts";
import { content } from "./words.yaml";

/** One request with everything that a decision needs, and the decision itself below. */
export function ApprovalAsked({ entry, names, onDone }: { entry: Entry; names: Names; onDone: () => void }) {
	const t = useRoomWords(content as RoomWords);
	const { say, kase } = names;
	const one = kase.approvals.find((known) => known.id === entry.about);
	if (!one) return null;
	const before = kase.approvals.filter((other) => other.id !== one.id);
	const ratify = one.agreed !== null;
	return (
		<>
			<ItemHead names={names} />
			<section className="panel">
				<p className="quiet">
					{t("asks", { name: personName(names, one.by) })} ·{" "}
					{t("asked-at", { time: timeText(names, one.at) })}
				</p>
				<p className="work-amount">{moneyText(say, one.ceiling)}</p>
				<DueBand
					names={names}
					about={one.id}
					since={one.agreed?.at ?? one.at}
					due={entry.due}
					label={t(ratify ? "ratify" : "do")}
				/>
				<Compared names={names} />
				{one.agreed && (
					<p>
						{t("ratify-note", {
							name: personName(names, one.agreed.by),
							amount: moneyText(say, one.agreed.ceiling),
						})}{" "}
						{textOf(names, one.agreed.words)}
					</p>
				)}
				<div className="work-two">
					<div>
						<h3>{t("grounds")}</h3>
						<p className="entry-words">{textOf(names, one.grounds)}</p>
					</div>
					<div>
						<Why names={names} approval={one} />
					</div>
				</div>
			</section>
			<Acts
				names={names}
				allowed={entry.item.allowed}
				acts={ratify ? ratifyActs(one, t) : decideActs(one, entry, t)}
				onDone={onDone}
				label={t("do")}
			/>
			<section className="panel work-after">
				<h2>{t("arithmetic")}</h2>
				<Arithmetic names={names} />
			</section>
			<div className="work-two">
				<section className="panel">
					<h2>{t("heard")}</h2>
					{kase.hearings.length === 0 ? <p className="quiet">{t("heard-none")}</p> : <Heard names={names} />}
				</section>
				<section className="panel">
					<h2>{t("finding")}</h2>
					{kase.findings.length === 0 && <p className="quiet">{t("finding-none")}</p>}
					{kase.findings.map((finding) => (
						<FindingShown key={finding.id} names={names} finding={finding} />
					))}
				</section>
			</div>
			<section className="panel">
				<h2>{t("pasts")}</h2>
				<Pasts names={names} />
			</section>
			{before.length > 0 && (
				<section className="panel">
					<h2>{t("earlier")}</h2>
					{before.map((other) => (
						<Earlier key={other.id} names={names} approval={other} />
					))}
				</section>
			)}
		</>
	);
}

function decideActs(one: Approval, entry: Entry, t: (key: string) => string): WorkAct[] {
	const given = { approval: one.id };
	// at night the duty manager's agreement is one of its own, to be ratified
	const night = entry.item.allowed.Approve !== true && entry.item.allowed.AgreeAsDutyManager === true;
	return [
		{ command: night ? "AgreeAsDutyManager" : "Approve", key: "a", given, label: t("agree") },
		{ command: "ReturnForRework", key: "b", given, label: t("return") },
	];
}

function ratifyActs(one: Approval, t: (key: string) => string): WorkAct[] {
	return [
		{
			command: "RatifyApproval",
			key: "a",
			given: { approval: one.id, ratified: true },
			without: ["why"],
			label: t("ratify"),
		},
		{
			command: "RatifyApproval",
			key: "b",
			given: { approval: one.id, ratified: false },
			label: t("refuse"),
		},
	];
}

/** The figure beside what was claimed, offered and promised before. */
function Compared({ names }: { names: Names }) {
	const t = useRoomWords(content as RoomWords);
	const { say, kase } = names;
	const claimed = kase.intake?.claimed;
	const offer: Offer | undefined = kase.offers.at(-1);
	const promised = committed(kase);
	const parts = [
		claimed && claimed.amount > 0 && t("claimed", { amount: moneyText(say, claimed) }),
		offer && t("offered", { amount: moneyText(say, offer.total) }),
	].filter(Boolean);
	return (
		<>
			{parts.length > 0 && <p className="quiet">{parts.join(" · ")}</p>}
			{promised > 0 && (
				<p className="quiet">
					{t("committed", {
						amount: moneyText(say, { amount: promised, currency: names.pack?.data.head.currency ?? "CNY" }),
					})}
				</p>
			)}
		</>
	);
}

/** Which rule asks for it, of whom, and whether it rose. */
function Why({ names, approval }: { names: Names; approval: Approval }) {
	const t = useRoomWords(content as RoomWords);
	const need = approval.raised.at(-1)?.to ?? approval.need;
	return (
		<>
			<h3>{t("rule")}</h3>
			<p>{t(`need-${need}`)}</p>
			{approval.raised.map((one) => (
				<p key={one.to}>
					{t(`need-${one.to}`)} ·{" "}
					{t("raised", { why: t(`raised-${one.why}`), time: timeText(names, one.at) })}
				</p>
			))}
			{approval.explanation && <Explained names={names} explanation={approval.explanation} />}
		</>
	);
}

/** The last computation by the rules, line by line. */
function Arithmetic({ names }: { names: Names }) {
	const t = useRoomWords(content as RoomWords);
	const { say, kase } = names;
	const last: Computation | undefined = kase.computations.at(-1);
	if (!last) return <p className="quiet">{t("arithmetic-none")}</p>;
	return (
		<ul className="lines">
			{last.lines.map((line) => (
				<li key={`${line.item}${line.bearer}${line.amount?.amount}${line.explanation?.row}`}>
					<b>{say.of("items", line.item)}</b> {line.amount && moneyText(say, line.amount)}{" "}
					<span className="tag">{say.of("values", line.legal)}</span>
					{line.explanation && <Explained names={names} explanation={line.explanation} />}
				</li>
			))}
		</ul>
	);
}

function Earlier({ names, approval }: { names: Names; approval: Approval }) {
	const t = useRoomWords(content as RoomWords);
	const { say } = names;
	const { returned, agreed, withdrawn } = approval;
	const state = returned ? "returned" : agreed ? "agreed" : withdrawn ? "withdrawn" : null;
	const act = returned ?? agreed ?? withdrawn;
	return (
		<article className="entry">
			<h3>
				{moneyText(say, approval.ceiling)} {state && <span className="tag">{t(state)}</span>}
			</h3>
			<p className="entry-words">{textOf(names, approval.grounds)}</p>
			{returned && <p className="entry-words internal">{textOf(names, returned.why)}</p>}
			{act && (
				<p className="quiet">
					{personName(names, act.by)} · {timeText(names, act.at)}
				</p>
			)}
		</article>
	);
}
