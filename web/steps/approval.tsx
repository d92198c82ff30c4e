import { useQuery } from "@tanstack/react-query";
import type { Approval } from "#engine/case.ts";
import { moneyText, type Names, partyName, personName, textOf, timeText } from "../labels.ts";
import { Pairs } from "../parts/pairs.tsx";
import { Record, Records } from "../parts/record.tsx";
import { pastsQuery } from "../queries.ts";
import { Explained } from "../screens/case/explained.tsx";
import { Counts } from "../screens/case/pasts.tsx";
import type { PanelProps } from "../screens/case/subjects.tsx";
import { type RoomWords, useRoomWords } from "../words.ts";
import { Act } from "./act.tsx";
import { By } from "./by.tsx";
import { Lines } from "./remedy-lines.tsx";
import { content } from "./words.yaml";

/** 审批: what is asked and why the rules ask for it, what the sides have behind them, the sums, and the answer. */
export function Approvals(props: PanelProps) {
	const { names } = props;
	const { say, kase } = names;
	const t = useRoomWords(content as RoomWords);
	const ceiling = kase.approvals.findLast((one) => one.agreed && !one.withdrawn)?.agreed?.ceiling;
	if (kase.approvals.length === 0 && props.answer.viewer !== "staff") return null;
	return (
		<Records
			title={say.ui("approvals-of-case")}
			empty={kase.approvals.length === 0 ? t("ceiling-none") : null}
			act={<Act {...props} command="RequestApproval" />}
		>
			{ceiling && <Ceiling names={names} amount={ceiling} />}
			{kase.approvals.toReversed().map((one) => (
				<OneApproval key={one.id} approval={one} {...props} />
			))}
		</Records>
	);
}

/** What may be given in all, and how much of it is promised. */
function Ceiling({ names, amount }: { names: Names; amount: Approval["ceiling"] }) {
	const { say, kase } = names;
	const t = useRoomWords(content as RoomWords);
	const promised = kase.offers.findLast((one) => one.accepted)?.total ?? kase.finalPosition?.total;
	const used = { amount: promised?.amount ?? 0, currency: amount.currency };
	const left = { ...used, amount: Math.max(0, amount.amount - used.amount) };
	return (
		<p>
			{t("ceiling-now")} <b>{moneyText(say, amount)}</b>{" "}
			<span className="quiet">
				{t("ceiling-left", { used: moneyText(say, used), left: moneyText(say, left) })}
			</span>
		</p>
	);
}

function OneApproval({ approval, ...props }: PanelProps & { approval: Approval }) {
	const { names } = props;
	const { say, kase } = names;
	const t = useRoomWords(content as RoomWords);
	const waits = !approval.agreed && !approval.returned && !approval.withdrawn;
	const computed = kase.computations.at(-1);
	return (
		<Record
			internal
			title={`${t("asked")} ${moneyText(say, approval.ceiling)}`}
			state={approvalState(names, approval)}
		>
			<By names={names} at={approval.at} by={approval.by} />
			<p className="entry-words">{textOf(names, approval.grounds)}</p>
			<Pairs
				rows={[
					[t("asked-why"), t("asked-level", { level: approval.level })],
					[t("what-rules-give"), computed && <Against key="a" names={names} approval={approval} />],
					[t("agreed-ceiling"), approval.agreed && moneyText(say, approval.agreed.ceiling)],
				]}
			/>
			{approval.explanation && <Explained names={names} explanation={approval.explanation} />}
			{waits && computed && <Lines names={names} lines={computed.lines} />}
			{waits && <Sides names={names} />}
			<Answer names={names} approval={approval} />
			{waits && (
				<p className="acts">
					<Act {...props} command="Approve" known={{ approval: approval.id }} />{" "}
					<Act {...props} command="AgreeAsDutyManager" known={{ approval: approval.id }} />{" "}
					<Act {...props} command="ReturnForRework" known={{ approval: approval.id }} />{" "}
					<Act {...props} command="WithdrawRequest" known={{ approval: approval.id }} />
				</p>
			)}
			{approval.ratify && !approval.ratify.done && !approval.ratify.refused && (
				<Act {...props} command="RatifyApproval" known={{ approval: approval.id }} />
			)}
		</Record>
	);
}

/** What the rules give, and by how much more or less is asked. */
function Against({ names, approval }: { names: Names; approval: Approval }) {
	const { say, kase } = names;
	const t = useRoomWords(content as RoomWords);
	const rules = kase.computations.at(-1)?.total;
	if (!rules) return null;
	const over = approval.ceiling.amount - rules.amount;
	const amount = moneyText(say, { amount: Math.abs(over), currency: rules.currency });
	const key = over === 0 ? "same-as-rules" : over > 0 ? "over-rules" : "under-rules";
	return `${moneyText(say, rules)} · ${t(key, { amount })}`;
}

/** Complaints of both sides by severity, for whoever has to agree. */
function Sides({ names }: { names: Names }) {
	const t = useRoomWords(content as RoomWords);
	const pasts = useQuery(pastsQuery(names.kase.id)).data;
	if (!pasts || pasts.length === 0) return null;
	return (
		<>
			<h3>{t("history-of-sides")}</h3>
			<ul>
				{pasts.map((one) => (
					<li key={one.party} className={`side-${one.side}`}>
						<span className="share-name">{partyName(names, one.party)}</span> <Counts past={one} />
					</li>
				))}
			</ul>
		</>
	);
}

function Answer({ names, approval }: { names: Names; approval: Approval }) {
	const { say } = names;
	const t = useRoomWords(content as RoomWords);
	const { agreed, returned, ratify, raised } = approval;
	return (
		<>
			{raised.map((one) => (
				<p key={one.at} className="quiet">
					{t("raised-to", { to: say.of("values", one.to) })} · {timeText(names, one.at)}
				</p>
			))}
			{agreed && <By names={names} at={agreed.at} by={agreed.by} />}
			{agreed?.words && <p className="entry-words">{textOf(names, agreed.words)}</p>}
			{ratify && (
				<p className="quiet">
					{ratify.done
						? `${t("ratified")} · ${personName(names, ratify.done.by)}`
						: ratify.refused
							? `${t("ratify-refused")} · ${textOf(names, ratify.refused.why)}`
							: t("ratify-by", { time: timeText(names, ratify.due) })}
				</p>
			)}
			{returned && (
				<>
					<By names={names} at={returned.at} by={returned.by} />
					<p className="entry-words">{textOf(names, returned.why)}</p>
				</>
			)}
		</>
	);
}

function approvalState({ say }: Names, { agreed, returned, withdrawn, need }: Approval): string {
	if (agreed) return say.ui("approval-agreed");
	if (returned) return say.ui("approval-returned");
	if (withdrawn) return say.of("events", "ApprovalWithdrawn");
	return `${say.ui("waiting-for")} ${say.of("values", need)}`;
}
