import { textOf, timeText } from "../../../labels.ts";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { Recorder } from "../../parts/recorder.tsx";
import { Screen } from "../../parts/screen.tsx";
import { go } from "../../route.ts";
import { addFile, useFiles } from "../../uploads-shelf.ts";
import { ProofSlots } from "../proof.tsx";
import { content } from "../words.yaml";
import { recipesOf } from "./case-data.ts";
import { useFollowed } from "./link.tsx";

/** More proof: by recipe, or spoken. What is chosen is on its way at once. */
export function Add() {
	const t = useRoomWords(content as RoomWords);
	const { answer, names, sent, base, confirmed, asMyself } = useFollowed();
	const kase = answer.case;
	const files = useFiles(kase.id);
	const categories = kase.allegations.flatMap((one) => one.category ?? one.proposed?.category ?? []);
	const title = t("voice");
	return (
		<Screen
			title={t("page-add")}
			back={() => history.back()}
			act={
				confirmed ? (
					<Button strong onClick={() => go(base)}>
						{t("ready")}
					</Button>
				) : (
					<Button strong onClick={() => asMyself(() => {})}>
						{t("is-it-you")}
					</Button>
				)
			}
		>
			<p className="p-quiet">{confirmed ? t("proof-more") : t("proof-confirm")}</p>
			<ProofSlots recipes={recipesOf(sent, categories)} files={files} about={kase.id} />
			<Recorder
				onDone={(file) => void addFile({ about: kase.id, file, name: "voice", kind: "statement", title })}
			/>
			{kase.evidence.length > 0 && (
				<section className="p-card">
					<h2>{t("proof-there")}</h2>
					<ul>
						{kase.evidence.map((one) => (
							<li key={one.id} className="p-line">
								<span>{textOf(names, one.title)}</span>
								<small className="p-quiet">{timeText(names, one.at)}</small>
							</li>
						))}
					</ul>
				</section>
			)}
		</Screen>
	);
}
