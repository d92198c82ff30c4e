import type { Approval, Item, Offer, RemedyLine } from "#engine/case.ts";
import { moneyText, type Names, partyName, personName, textOf, timeText } from "../labels.ts";
import { Pairs } from "../parts/pairs.tsx";
import { Record, Records } from "../parts/record.tsx";
import { Explained } from "../screens/case/explained.tsx";
import type { PanelProps } from "../screens/case/subjects.tsx";
import { Act } from "./act.tsx";
import { By } from "./contact.tsx";

/** 处理方案, 审批 and 执行: what the rules give, rounds of offers, ceilings, and what was carried out. */
export function Remedy(props: PanelProps) {
	const { names } = props;
	const { say, kase } = names;
	const computed = kase.computations.at(-1);
	return (
		<>
			{computed && (
				<Records title={say.ui("computed")} empty={null}>
					<Record internal title={`${say.ui("total")} ${moneyText(say, computed.total)}`}>
						<By names={names} at={computed.at} by={computed.by} />
						<Lines names={names} lines={computed.lines} />
					</Record>
				</Records>
			)}
			<Records
				title={say.ui("offers")}
				empty={kase.offers.length === 0 ? say.ui("empty-offers") : null}
				act={
					<>
						<Act {...props} command="ComputeRemedy" /> <Act {...props} command="MakeOffer" />
					</>
				}
			>
				{kase.offers.toReversed().map((one) => (
					<OfferMade key={one.id} offer={one} {...props} />
				))}
			</Records>
			{kase.finalPosition && (
				<Records title={say.of("commands", "TakeFinalPosition")} empty={null}>
					<Record title={`${say.ui("total")} ${moneyText(say, kase.finalPosition.total)}`}>
						<p className="entry-words">{textOf(names, kase.finalPosition.reasons)}</p>
						<Lines names={names} lines={kase.finalPosition.lines} />
					</Record>
				</Records>
			)}
			<Approvals {...props} />
			<Records title={say.ui("items")} empty={kase.items.length === 0 ? say.ui("empty-items") : null}>
				{kase.items.map((one) => (
					<ItemLine key={one.id} item={one} {...props} />
				))}
			</Records>
		</>
	);
}

/** Never a bare amount: each line with its sum and where the sum comes from. */
function Lines({ names, lines }: { names: Names; lines: readonly RemedyLine[] }) {
	const { say } = names;
	return (
		<ul className="lines">
			{lines.map((line) => (
				<li key={JSON.stringify([line.item, line.bearer, line.amount, line.explanation?.row])}>
					<p>
						<b>{say.of("items", line.item)}</b>
						{line.amount && ` ${moneyText(say, line.amount)}`}
						{line.count > 1 && ` × ${line.count}`}{" "}
						<span className="tag">{say.of("values", `legal.${line.legal}`)}</span>{" "}
						<span className="quiet">
							{say.of("fields", "bearer")}: {partyName(names, line.bearer)}
						</span>
					</p>
					{line.words && <p className="entry-words">{textOf(names, line.words)}</p>}
					{line.explanation && <Explained names={names} explanation={line.explanation} />}
				</li>
			))}
		</ul>
	);
}

function OfferMade({ offer, ...props }: PanelProps & { offer: Offer }) {
	const { names } = props;
	const { say } = names;
	const from = offer.from === "company" ? say.of("sides", "company") : say.of("sides", offer.from);
	const stands = !offer.accepted && !offer.declined && !offer.expired && !offer.superseded;
	return (
		<Record
			side={offer.from}
			title={`${from} · ${moneyText(say, offer.total)}`}
			state={offerState(names, offer)}
		>
			<By names={names} at={offer.at} by={offer.by} />
			<p className="entry-words">{textOf(names, offer.grounds)}</p>
			<Lines names={names} lines={offer.lines} />
			{offer.declined?.why && <p className="entry-words">{textOf(names, offer.declined.why)}</p>}
			{stands && (
				<p className="acts">
					<Act {...props} command="AcceptOffer" known={{ offer: offer.id }} />{" "}
					<Act {...props} command="DeclineOffer" known={{ offer: offer.id }} />{" "}
					<Act {...props} command="CounterOffer" known={{ offer: offer.id }} />
				</p>
			)}
		</Record>
	);
}

function offerState(names: Names, offer: Offer): string {
	const { say } = names;
	if (offer.accepted) return say.of("events", "OfferAccepted");
	if (offer.declined) return say.of("events", "OfferDeclined");
	if (offer.expired) return say.of("events", "OfferExpired");
	if (offer.superseded) return say.ui("superseded");
	return say.ui("due-at", { time: timeText(names, offer.until) });
}

function Approvals(props: PanelProps) {
	const { names } = props;
	const { say, kase } = names;
	if (kase.approvals.length === 0) return null;
	return (
		<Records title={say.ui("approvals-of-case")} empty={null}>
			{kase.approvals.map((one) => (
				<Record
					key={one.id}
					internal
					title={`${say.of("fields", "ceiling")} ${moneyText(say, one.agreed?.ceiling ?? one.ceiling)}`}
					state={approvalState(names, one)}
				>
					<By names={names} at={one.at} by={one.by} />
					<p className="entry-words">{textOf(names, one.grounds)}</p>
					{one.agreed && <By names={names} at={one.agreed.at} by={one.agreed.by} />}
					{one.returned && <p className="entry-words">{textOf(names, one.returned.why)}</p>}
					{one.explanation && <Explained names={names} explanation={one.explanation} />}
					{!one.agreed && !one.returned && !one.withdrawn && (
						<p className="acts">
							<Act {...props} command="Approve" known={{ approval: one.id }} />{" "}
							<Act {...props} command="ReturnForRework" known={{ approval: one.id }} />
						</p>
					)}
				</Record>
			))}
		</Records>
	);
}

function approvalState({ say }: Names, { agreed, returned, withdrawn, need }: Approval): string {
	if (agreed) return say.ui("approval-agreed");
	if (returned) return say.ui("approval-returned");
	if (withdrawn) return say.of("events", "ApprovalWithdrawn");
	return `${say.ui("waiting-for")} ${say.of("values", need)}`;
}

function ItemLine({ item, ...props }: PanelProps & { item: Item }) {
	const { names } = props;
	const { say } = names;
	const open = !item.done && !item.waived && !item.replacedBy;
	return (
		<Record
			title={`${say.of("items", item.item)}${item.amount ? ` ${moneyText(say, item.amount)}` : ""}`}
			state={itemState(names, item)}
		>
			<Pairs
				rows={[
					[say.of("fields", "method"), item.started && say.of("values", `method.${item.started.method}`)],
					[say.of("fields", "payee"), item.payee && partyName(names, item.payee)],
					[say.of("fields", "receipt"), item.done?.receipt],
					[
						say.ui("done-by"),
						item.done && `${personName(names, item.done.by)} · ${timeText(names, item.done.at)}`,
					],
					[say.ui("attempts"), item.attempts.length > 1 && String(item.attempts.length)],
				]}
			/>
			{item.explanation && <Explained names={names} explanation={item.explanation} />}
			{open && (
				<p className="acts">
					{!item.started && <Act {...props} command="StartItem" known={{ item: item.id }} />}{" "}
					<Act {...props} command="CompleteItem" known={{ item: item.id }} />{" "}
					{item.attempts.some((one) => !one.ok) && (
						<Act {...props} command="RetryItem" known={{ item: item.id }} />
					)}
				</p>
			)}
		</Record>
	);
}

function itemState({ say }: Names, item: Item): string {
	if (item.done) return say.of("standings", "done");
	if (item.waived) return say.ui("waived");
	if (item.replacedBy) return say.ui("replaced");
	if (item.held) return say.ui("held");
	if (item.pending) return say.of("values", "result.pending");
	if (item.attempts.some((one) => !one.ok)) return say.of("values", "result.failed");
	return say.of("standings", item.started ? "open" : "waiting");
}
