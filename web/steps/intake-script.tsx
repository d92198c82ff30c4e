import { Checkbox } from "antd";
import type { Fillings } from "#engine/filling.ts";
import { fill } from "#engine/filling.ts";
import type { PackAnswer } from "../pack.ts";
import { useRoomWords, useSay } from "../words.ts";
import { words } from "./intake-words.ts";

/** What to say while a complaint is taken down, line by line; what was said is ticked and goes into the record. */
export function Script({
	pack,
	category,
	known,
	said,
	onSaid,
}: {
	pack: PackAnswer;
	/** Chosen or proposed: it decides which tracks are for this complaint. */
	category: string | null;
	known: Fillings;
	said: readonly string[];
	onSaid: (said: string[]) => void;
}) {
	const say = useSay();
	const t = useRoomWords(words);
	const tracks = tracksFor(pack, say.language, category);
	const tick = (id: string) => onSaid(said.includes(id) ? said.filter((one) => one !== id) : [...said, id]);
	if (tracks.length === 0) return <p className="quiet">{t("script-none")}</p>;
	return (
		<>
			{tracks.map((track, place) => {
				const done = track.lines.filter((_, n) => said.includes(`${track.id}.${n + 1}`)).length;
				return (
					<details key={track.id} className="track" open={place === 0}>
						<summary>
							<b>{track.title}</b>{" "}
							<span className="quiet">{t("said-count", { count: done, all: track.lines.length })}</span>
						</summary>
						<ol>
							{track.lines.map((line, n) => {
								const id = `${track.id}.${n + 1}`;
								return (
									<li key={id} className={said.includes(id) ? "line line-said" : "line"}>
										<Checkbox checked={said.includes(id)} onChange={() => tick(id)}>
											<span className="line-act">{line.act}</span>
											<span className="line-say">{fill(line.say, known)}</span>
										</Checkbox>
									</li>
								);
							})}
						</ol>
					</details>
				);
			})}
		</>
	);
}

/** Tracks for this category or its group come first, those for others are left out. */
export function tracksFor(pack: PackAnswer, language: "zh" | "en", category: string | null) {
	const all = pack.data.wording[language].talk.intake?.complainant ?? [];
	const group = pack.data.categories.categories.find((one) => one.id === category)?.group ?? null;
	const meant = (wanted: readonly string[]) => wanted.some((one) => one === category || one === group);
	const general = all.filter((one) => one.for.length === 0);
	// what endangers somebody is said before anything is known
	const special = all.filter((one) => one.for.length > 0 && meant(one.for));
	return [...special, ...general];
}
