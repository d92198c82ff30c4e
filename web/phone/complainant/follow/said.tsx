import { moneyText, textOf, timeText } from "../../../labels.ts";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { go } from "../../route.ts";
import { content } from "../words.yaml";
import { useFollowed } from "./link.tsx";
import { storyOf, type Told } from "./story.ts";

/** What was said and done so far; `most`: only the latest, with the way to all of it. */
export function Said({ most }: { most?: number }) {
	const t = useRoomWords(content as RoomWords);
	const { answer, own, base } = useFollowed();
	const all = storyOf(answer.case, own);
	const shown = most === undefined ? all : all.slice(-most);
	return (
		<section className={most === undefined ? "p-said" : "p-said p-said-latest"} aria-label={t("said-so-far")}>
			{most !== undefined && <h2>{t("said-so-far")}</h2>}
			{shown.map((one, n) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: what was said stays in its place
				<Line key={n} told={one} />
			))}
			{most !== undefined && (
				<button type="button" className="p-link" onClick={() => go(`${base}/story`)}>
					{t("all-said", { count: all.length })}
				</button>
			)}
		</section>
	);
}

function Line({ told }: { told: Told }) {
	const t = useRoomWords(content as RoomWords);
	const { names } = useFollowed();
	const { side, what, words, amount, at } = told;
	const text = words ? textOf(names, words) : "";
	const head = what.startsWith("closed-") ? names.say.of("outcomes", what.slice(7)) : t(what);
	return (
		<article className={`p-told p-told-${side}`}>
			<small>
				{head}
				{amount && ` ${moneyText(names.say, amount)}`} · {timeText(names, at)}
			</small>
			{text && <p className="p-words">{text}</p>}
		</article>
	);
}
