import { bodyName, factName, moneyText, textOf } from "../labels.ts";
import { Record, Records } from "../parts/record.tsx";
import type { PanelProps } from "../screens/case/subjects.tsx";
import { type RoomWords, useRoomWords } from "../words.ts";
import { Act } from "./act.tsx";
import { Approvals } from "./approval.tsx";
import { By } from "./by.tsx";
import { Execution } from "./execution.tsx";
import { Offers } from "./offers.tsx";
import { Lines, sumOf } from "./remedy-lines.tsx";
import { content } from "./words.yaml";

/** 处理方案, 审批 and 执行: what the rules give, rounds of offers, ceilings, and what was carried out. */
export function Remedy(props: PanelProps) {
	// what waits for an answer goes first
	const asked = props.names.kase.approvals.some((one) => !one.agreed && !one.returned && !one.withdrawn);
	return (
		<>
			<Totals {...props} />
			{asked && <Approvals {...props} />}
			<Reckoned {...props} />
			<Offers {...props} />
			<Final {...props} />
			{!asked && <Approvals {...props} />}
			<Execution {...props} />
		</>
	);
}

/** The money of the case at a glance: what the rules give, what was agreed, what went out, what is still to go. */
function Totals({ names }: PanelProps) {
	const { say, kase, pack } = names;
	const t = useRoomWords(content as RoomWords);
	const currency = pack?.data.head.currency ?? "CNY";
	const agreed = kase.offers.filter((one) => one.accepted).map((one) => one.total);
	const settled = agreed.length > 0 ? agreed : kase.finalPosition ? [kase.finalPosition.total] : [];
	const items = kase.items.filter((one) => !one.replacedBy);
	const sum = (which: (item: (typeof items)[number]) => boolean) =>
		sumOf(
			items.filter(which).map((one) => one.amount),
			currency,
		);
	const rows = [
		{ name: t("computed-by-rules"), money: kase.computations.at(-1)?.total },
		{ name: t("running-agreed"), money: settled.length > 0 ? sumOf(settled, currency) : undefined },
		{ name: t("running-done"), money: sum((one) => one.done !== null) },
		{ name: t("running-open"), money: sum((one) => !one.done && !one.waived && !one.held) },
		{ name: t("running-held"), money: sum((one) => one.held !== null && !one.done && !one.waived) },
		{ name: t("running-waived"), money: sum((one) => one.waived !== null) },
	].flatMap(({ name, money }, n) => (money && (n < 2 || money.amount > 0) ? [{ name, money }] : []));
	if (rows.length === 0) return null;
	return (
		<dl className="totals">
			{rows.map(({ name, money }) => (
				<div key={name}>
					<dt>{name}</dt>
					<dd>{moneyText(say, money)}</dd>
				</div>
			))}
		</dl>
	);
}

/** The last reckoning by the rules, with what still had to be found out for it. */
function Reckoned(props: PanelProps) {
	const { names, answer } = props;
	const { say, kase } = names;
	const t = useRoomWords(content as RoomWords);
	const computed = kase.computations.at(-1);
	if (!computed && answer.allowed.ComputeRemedy !== true) return null;
	return (
		<Records
			title={t("computed-by-rules")}
			empty={computed ? null : say.of("commandHelp", "ComputeRemedy")}
			act={<Act {...props} command="ComputeRemedy" />}
		>
			{computed && (
				<Record internal title={`${say.ui("total")} ${moneyText(say, computed.total)}`}>
					<By names={names} at={computed.at} by={computed.by} />
					<Lines names={names} lines={computed.lines} />
					{computed.needs.length > 0 && (
						<p className="fault">
							{t("needs-facts")}
							{computed.needs.map((one) => factName(names, one)).join(" · ")}
						</p>
					)}
				</Record>
			)}
		</Records>
	);
}

function Final({ names }: PanelProps) {
	const { say, kase } = names;
	const t = useRoomWords(content as RoomWords);
	const { finalPosition: final } = kase;
	if (!final) return null;
	return (
		<Records title={t("final")} empty={null}>
			<Record
				title={final.nothingOwed ? t("final-nothing") : `${say.ui("total")} ${moneyText(say, final.total)}`}
			>
				<By names={names} at={final.at} by={final.by} />
				<p className="entry-words">{textOf(names, final.reasons)}</p>
				{final.unaccepted && <p className="quiet">{t("final-unaccepted")}</p>}
				<Lines names={names} lines={final.lines} />
				{final.referTo.length > 0 && (
					<p className="quiet">
						{t("refer-to", { bodies: final.referTo.map((one) => bodyName(names, one)) })}
					</p>
				)}
			</Record>
		</Records>
	);
}
