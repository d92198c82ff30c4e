import { Icon } from "../../../parts/icon.tsx";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Screen } from "../../parts/screen.tsx";
import { content } from "../words.yaml";
import { useFollowed } from "./link.tsx";

/** Numbers of public lines as they stand in a body's name. */
const LINE = /\b(1\d{2,4})\b/;

/** Where one may turn outside the company: said plainly, with the number to call. */
export function OutsidePage() {
	const t = useRoomWords(content as RoomWords);
	const { sent, names } = useFollowed();
	const { say } = names;
	const referred = names.kase.closure?.referTo ?? names.kase.finalPosition?.referTo ?? [];
	const bodies = Object.entries(sent.proceedings.bodies).sort(
		([a], [b]) => Number(referred.includes(b)) - Number(referred.includes(a)),
	);
	return (
		<Screen title={t("page-outside")} back={() => history.back()}>
			<p className="p-quiet">{t("outside-help")}</p>
			{bodies.map(([id, { name, refer }]) => {
				const line = LINE.exec(name.zh)?.[1] ?? LINE.exec(refer.zh)?.[1];
				return (
					<section key={id} className="p-card">
						<h2>{say.bi(name)}</h2>
						<p>{say.bi(refer)}</p>
						{line && (
							<a className="p-button p-wide" href={`tel:${line}`}>
								<Icon name="call" /> {line}
							</a>
						)}
					</section>
				);
			})}
			<p className="p-quiet">{t("outside-number", { number: names.kase.number })}</p>
		</Screen>
	);
}
