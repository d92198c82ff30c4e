import type { Item } from "#engine/case.ts";
import { moneyText, type Names, partyName, personName, textOf, timeText } from "../labels.ts";
import { Pairs } from "../parts/pairs.tsx";
import { Record, Records } from "../parts/record.tsx";
import { Explained } from "../screens/case/explained.tsx";
import type { PanelProps } from "../screens/case/subjects.tsx";
import { type RoomWords, useRoomWords } from "../words.ts";
import { Act } from "./act.tsx";
import { content } from "./words.yaml";

/** 执行: each item with its payments, receipts and attempts, and what may be done about it now. */
export function Execution(props: PanelProps) {
	const { say, kase } = props.names;
	return (
		<Records title={say.ui("items")} empty={kase.items.length === 0 ? say.ui("empty-items") : null}>
			{kase.items.map((one) => (
				<OneItem key={one.id} item={one} {...props} />
			))}
		</Records>
	);
}

function OneItem({ item, ...props }: PanelProps & { item: Item }) {
	const { names } = props;
	const { say } = names;
	const t = useRoomWords(content as RoomWords);
	const open = !item.done && !item.waived && !item.replacedBy;
	const failed = item.attempts.some((one) => !one.ok);
	return (
		<Record
			title={`${say.of("items", item.item)}${item.amount ? ` ${moneyText(say, item.amount)}` : ""}`}
			state={itemState(names, item)}
		>
			<Pairs
				rows={[
					[say.of("fields", "method"), item.started && say.of("values", `method.${item.started.method}`)],
					[say.of("fields", "payee"), item.payee && partyName(names, item.payee)],
					[say.of("fields", "bearer"), partyName(names, item.bearer)],
					[
						say.ui("done-by"),
						item.done && `${personName(names, item.done.by)} · ${timeText(names, item.done.at)}`,
					],
					[say.of("fields", "receipt"), item.done?.receipt],
					[say.ui("held"), item.held && textOf(names, item.held.why)],
					[say.ui("waived"), item.waived && textOf(names, item.waived.why)],
				]}
			/>
			<ol className="attempts">
				{item.attempts.map((one, n) => (
					<li key={one.at}>
						{t("attempt", { count: n + 1 })} · {timeText(names, one.at)} ·{" "}
						<span className={one.ok ? "good" : "fault"}>{t(one.ok ? "attempt-ok" : "attempt-failed")}</span>
						{one.receipt && ` · ${t("receipt-no", { number: one.receipt })}`}
						{one.reason && ` · ${textOf(names, one.reason)}`}
					</li>
				))}
			</ol>
			{item.recovery && (
				<p>
					{t("recovery", {
						who: partyName(names, item.recovery.from),
						amount: moneyText(say, item.recovery.amount),
					})}
					{item.recovery.done && <span className="good"> · {t("recovery-done")}</span>}
				</p>
			)}
			{item.explanation && <Explained names={names} explanation={item.explanation} />}
			{open && (
				<p className="acts">
					{!item.started && <Act {...props} command="StartItem" known={{ item: item.id }} />}{" "}
					<Act {...props} command="CompleteItem" known={{ item: item.id }} />{" "}
					{failed && <Act {...props} command="RetryItem" known={{ item: item.id }} />}{" "}
					<Act {...props} command="ReplaceItem" known={{ item: item.id }} />{" "}
					<Act {...props} command="HoldItem" known={{ item: item.id }} />{" "}
					<Act {...props} command="WaiveItem" known={{ item: item.id }} />
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
