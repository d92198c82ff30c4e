import type { CaseAnswer } from "../../api.ts";
import type { Names } from "../../labels.ts";
import { bandShape } from "../../parts/band.ts";
import { bandWords } from "../../parts/band-words.ts";
import { Fold } from "../../parts/fold.tsx";
import { type RoomWords, useRoomWords } from "../../words.ts";
import type { Open } from "../case.tsx";
import { bandInput, Clocks, runningOf } from "./clocks.tsx";
import { byDue, keyOf } from "./duty.tsx";
import { Duty } from "./next.tsx";
import { Orders } from "./order.tsx";
import { Pasts } from "./pasts.tsx";
import { Parties } from "./sides.tsx";
import { Similar } from "./similar.tsx";
import { content } from "./words.yaml";

/** Beside the case: who, until when, who has to do what, the order, what was before, and cases like it. */
export function CaseSide({ names, answer, open }: { names: Names; answer: CaseAnswer; open: Open }) {
	const { say, kase } = names;
	const t = useRoomWords(content as RoomWords);
	const staff = answer.viewer === "staff";
	return (
		<>
			<Fold name="parties" title={say.ui("parties")} brief={kase.parties.length} open>
				{() => <Parties names={names} {...(staff && { tending: { answer, open } })} />}
			</Fold>
			<Fold name="clocks" title={say.ui("clocks")} brief={<Tightest names={names} />} open>
				{() => <Clocks names={names} />}
			</Fold>
			<Fold name="duties" title={t("duties")} brief={answer.obligations.length}>
				{() => <Duties names={names} answer={answer} open={open} />}
			</Fold>
			<Fold
				name="order"
				title={say.ui("order")}
				brief={kase.orders.map((one) => one.number).join(" ") || "0"}
			>
				{() => <Orders names={names} />}
			</Fold>
			{staff && (
				<>
					<Fold name="pasts" title={t("pasts")}>
						{() => <Pasts names={names} />}
					</Fold>
					<Fold name="similar" title={t("similar")}>
						{() => <Similar names={names} />}
					</Fold>
				</>
			)}
		</>
	);
}

/** The clock that ends first, in words. */
function Tightest({ names }: { names: Names }) {
	const [first] = runningOf(names);
	if (!first) return null;
	const shape = bandShape(bandInput(names, first));
	return <span className={shape.state === "late" ? "late" : undefined}>{bandWords(shape, names.say)}</span>;
}

/** What everybody has to do, by when, and what it holds up. */
function Duties({ names, answer, open }: { names: Names; answer: CaseAnswer; open: Open }) {
	const t = useRoomWords(content as RoomWords);
	if (answer.obligations.length === 0) return <p className="quiet">{t("duties-empty")}</p>;
	return (
		<ul>
			{answer.obligations.toSorted(byDue).map((one) => (
				<Duty
					key={keyOf(names, one)}
					duty={one}
					names={names}
					allowed={answer.allowed[one.command]}
					open={open}
				/>
			))}
		</ul>
	);
}
