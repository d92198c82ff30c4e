import "./guarded.css";
import { useMemo } from "react";
import { type GuardPlace, guardPlaces } from "#engine/guard-places.ts";
import { Marked } from "../../parts/marked.tsx";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { Field } from "../parts/field.tsx";
import type { Coach } from "./my-data.ts";
import { content } from "./words.yaml";

type Phrases = Coach["guard"];

/** What stands in the way of these words, as the server will look at them again. */
export function useGuard(
	words: string,
	phrases: Phrases,
): { places: GuardPlace[]; blocked: boolean; asks: boolean } {
	return useMemo(() => {
		const known = phrases.map((one) => ({ ...one, source: NO_SOURCE }));
		const places = guardPlaces(words, { data: { guard: { phrases: known } } });
		const blocked = places.some((one) => one.finding.act === "block");
		return { places, blocked, asks: !blocked && places.length > 0 };
	}, [words, phrases]);
}
const NO_SOURCE = { kind: "company", ref: "-", sure: "company-default" } as const;

/** The words that stand in the way, marked, each with a better way to say it. */
export function GuardAdvice({
	words,
	places,
	onReplace,
	calm = false,
}: {
	words: string;
	places: readonly GuardPlace[];
	onReplace: (words: string) => void;
	/** One's own account: heat is pointed out, and nothing is stopped. */
	calm?: boolean;
}) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const told = calm ? places.filter(({ finding }) => CALMED.has(finding.kind)) : places;
	const rules = [...new Map(told.map((one) => [one.finding.rule, one])).values()];
	if (told.length === 0) return null;
	return (
		<section className="r-guard" role="status">
			<p className="r-words">
				<Marked text={words} at={told.map(({ from, to }) => [from, to] as const)} />
			</p>
			{rules.map((one) => {
				const { finding, from, to } = one;
				const better = finding.instead && say.bi(finding.instead);
				// against heat there is advice, which is no message to send
				const removes = calm || finding.kind === "heat";
				return (
					<div key={finding.rule} className="r-guard-rule">
						<p className="p-fault">
							{t(calm ? "guard-calm" : finding.act === "block" ? "guard-block" : "guard-ask", {
								words: words.slice(from, to),
								kind: say.of("values", finding.kind),
							})}
						</p>
						{better && (
							<>
								<p>{removes ? better : t("guard-better", { words: better })}</p>
								<button
									type="button"
									className="p-button"
									onClick={() => onReplace(removes ? words.slice(0, from) + words.slice(to) : better)}
								>
									{t(removes ? "guard-remove" : "guard-take")}
								</button>
							</>
						)}
					</div>
				);
			})}
		</section>
	);
}

/** What does not belong into one's own account; what may not go to a customer is another matter. */
const CALMED: ReadonlySet<string> = new Set(["heat", "forbidden"]);

/** Why these words go out although the guard asks. */
export function GuardReason({ reason, onChange }: { reason: string; onChange: (reason: string) => void }) {
	const t = useRoomWords(content as RoomWords);
	return (
		<Field label={t("guard-reason")} help={t("guard-reason-help")}>
			{(control) => (
				<input
					{...control}
					value={reason}
					maxLength={500}
					onChange={({ target }) => onChange(target.value)}
				/>
			)}
		</Field>
	);
}
