import { Button } from "antd";
import type { GuardPlace } from "#engine/guard-places.ts";
import { Icon } from "../../../parts/icon.tsx";
import { type RoomWords, useRoomWords, useSay } from "../../../words.ts";
import { content } from "./words.yaml";

/** What the guard finds, one line each: which rule, what it does, and other words at one click. */
export function GuardList({
	text,
	places,
	onReplace,
}: {
	text: string;
	places: readonly GuardPlace[];
	onReplace: (text: string) => void;
}) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	if (places.length === 0) return null;
	const replace = ({ from, to }: GuardPlace, by: string) =>
		onReplace(text.slice(0, from) + by + text.slice(to));
	return (
		<ul className="guard-list" aria-label={t("guard")} aria-live="polite">
			{places.map((one) => {
				const { finding, from, to } = one;
				const instead = finding.instead?.[say.language];
				return (
					<li key={from}>
						<Icon name={finding.act === "block" ? "cross" : "question"} size={14} />
						<q>{text.slice(from, to)}</q>
						<span>
							{t(`kind-${finding.kind}`)} · {t(finding.act === "block" ? "guard-block" : "guard-ask")}
						</span>
						{instead ? (
							<Button size="small" onClick={() => replace(one, instead)}>
								{t("guard-instead", { text: instead })}
							</Button>
						) : (
							<Button size="small" onClick={() => replace(one, "")}>
								{t("guard-remove")}
							</Button>
						)}
					</li>
				);
			})}
		</ul>
	);
}
