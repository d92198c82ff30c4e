import "./told.css";
import { categoryName } from "../../../labels.ts";
import { Icon } from "../../../parts/icon.tsx";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { Screen } from "../../parts/screen.tsx";
import { go } from "../../route.ts";
import type { Track } from "../my-data.ts";
import { Row } from "../parts.tsx";
import { content } from "../words.yaml";
import { useWork } from "./work.tsx";

/** What every call goes through, whatever the trade says besides. */
const STEPS = ["listen", "restate", "left-out", "empathise", "explain", "offer"] as const;

/** How to speak about this kind of complaint, step by step, with the facts in the lines; and what not to do. */
export function CoachPage() {
	const t = useRoomWords(content as RoomWords);
	const { coach, base, names, answer } = useWork();
	const kind = categoryName(
		names,
		answer.case.allegations[0]?.category ?? answer.case.allegations[0]?.proposed?.category,
	);
	const call = coach.contact.to && !coach.contact.barred;
	return (
		<Screen
			title={t("coach")}
			back={() => history.back()}
			act={
				<>
					<Button onClick={() => go("/m/learn")}>{t("to-practice")}</Button>
					<Button
						strong
						why={call ? null : (coach.contact.barred ?? t("nobody-to-call"))}
						onClick={() => go(`${base}/call`)}
					>
						{t("act-call")}
					</Button>
				</>
			}
		>
			<p className="p-quiet">{t("coach-for", { kind })}</p>
			{coach.tracks.map((one) => (
				<Lines key={one.id} track={one} />
			))}
			{coach.tracks.length === 0 && <General />}
			{coach.doNot.length > 0 && (
				<section className="p-card">
					<h2>{t("do-not")}</h2>
					<ul>
						{coach.doNot.map((one) => (
							<li key={one.text.zh} className="r-not">
								<Icon name="cross" />
								<span>{names.say.bi(one.text)}</span>
							</li>
						))}
					</ul>
				</section>
			)}
			{coach.advice.map((one) => (
				<Lines key={one.id} track={one} />
			))}
			<Row icon="star" title={t("act-offer")} more={t("act-offer-help")} to={`${base}/offer`} />
		</Screen>
	);
}

function Lines({ track }: { track: Track }) {
	return (
		<section className="p-card">
			<h2>{track.title}</h2>
			<ol className="r-lines">
				{track.lines.map((one, n) => (
					<li key={one.act}>
						<b>
							{n + 1} {one.act}
						</b>
						<p className="r-say">{one.say}</p>
					</li>
				))}
			</ol>
		</section>
	);
}

/** Where the trade has no lines of its own for this kind. */
function General() {
	const t = useRoomWords(content as RoomWords);
	return (
		<section className="p-card">
			<h2>{t("coach-general")}</h2>
			<ol className="r-lines">
				{STEPS.map((one, n) => (
					<li key={one}>
						<b>
							{n + 1} {t(`step-${one}`)}
						</b>
						<p className="r-say">{t(`step-${one}-say`)}</p>
					</li>
				))}
			</ol>
		</section>
	);
}
