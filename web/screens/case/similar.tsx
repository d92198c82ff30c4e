import { useQuery } from "@tanstack/react-query";
import { problemIn } from "../../api.ts";
import { causeName, moneyText, type Names } from "../../labels.ts";
import { Failure, Waiting } from "../../parts/states.tsx";
import { similarQuery } from "../../queries.ts";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { OtherCase } from "./pasts.tsx";
import { content } from "./words.yaml";

/** Cases like this one, why they are, and how they ended: what was found, what was given. */
export function Similar({ names }: { names: Names }) {
	const { say } = names;
	const t = useRoomWords(content as RoomWords);
	const similar = useQuery(similarQuery(names.kase.id));
	if (similar.isPending) return <Waiting rows={2} />;
	if (similar.isError) return <Failure problem={problemIn(similar.error)} again={() => similar.refetch()} />;
	if (similar.data.length === 0) return <p className="quiet">{t("similar-empty")}</p>;
	return (
		<ul className="others">
			{similar.data.map((one) => (
				<OtherCase key={one.id} names={names} other={one}>
					{one.finding &&
						` · ${say.of("values", `upheld.${one.finding.upheld}`)} · ${causeName(names, one.finding.cause)}`}
					{one.amount && ` · ${moneyText(say, one.amount)}`}
					<span className="alike">{one.because.map((why) => t(`alike-${why}`)).join(" · ")}</span>
				</OtherCase>
			))}
		</ul>
	);
}
