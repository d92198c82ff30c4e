import type { Offer } from "#engine/case.ts";
import { moneyText, type Names, partyName, textOf, timeText } from "../labels.ts";
import { Records } from "../parts/record.tsx";
import type { PanelProps } from "../screens/case/subjects.tsx";
import { type RoomWords, useRoomWords } from "../words.ts";
import { Act } from "./act.tsx";
import { By } from "./by.tsx";
import { Lines } from "./remedy-lines.tsx";
import { content } from "./words.yaml";

/** 协商: offers and counter-offers as a conversation, the complainant at the left, the other side at the right. */
export function Offers(props: PanelProps) {
	const { names } = props;
	const { say, kase } = names;
	const t = useRoomWords(content as RoomWords);
	return (
		<Records
			title={t("conversation")}
			empty={kase.offers.length === 0 ? say.ui("empty-offers") : null}
			act={<Act {...props} command="MakeOffer" />}
		>
			<div className="rounds">
				{kase.offers.map((one, n) => (
					<Turn key={one.id} offer={one} first={one.round !== kase.offers[n - 1]?.round} {...props} />
				))}
			</div>
		</Records>
	);
}

/** One offer and what was answered to it. */
function Turn({ offer, first, ...props }: PanelProps & { offer: Offer; first: boolean }) {
	const { names } = props;
	const { say, kase } = names;
	const t = useRoomWords(content as RoomWords);
	const from = offer.from === "company" ? say.of("sides", "company") : fromName(names, offer);
	const stands = !offer.accepted && !offer.declined && !offer.expired && !offer.superseded;
	const rounds = new Set(kase.offers.map((one) => one.round)).size;
	return (
		<>
			{first && rounds > 1 && <p className="round-line">{t("round-of", { count: offer.round })}</p>}
			<article className={`bubble bubble-${offer.from} ${stands || offer.accepted ? "" : "bubble-over"}`}>
				<h3>
					{from} <span className="bubble-sum">{moneyText(say, offer.total)}</span>
					{offer.answers && <span className="tag">{t("offer-answers")}</span>}
				</h3>
				<By names={names} at={offer.at} by={offer.by} />
				<p className="entry-words">{textOf(names, offer.grounds)}</p>
				<Lines names={names} lines={offer.lines} />
				{stands && <p className="quiet">{say.ui("due-at", { time: timeText(names, offer.until) })}</p>}
				{stands && (
					<p className="acts">
						<Act {...props} command="AcceptOffer" known={{ offer: offer.id }} />{" "}
						<Act {...props} command="DeclineOffer" known={{ offer: offer.id }} />{" "}
						<Act {...props} command="CounterOffer" known={{ offer: offer.id }} />
					</p>
				)}
			</article>
			<Answered offer={offer} names={names} />
		</>
	);
}

function fromName(names: Names, { from, party }: Offer): string {
	return party && from === "respondent" ? partyName(names, party) : names.say.of("sides", from);
}

/** What became of an offer: accepted, declined with reasons, expired, or replaced. */
function Answered({ offer, names }: { offer: Offer; names: Names }) {
	const { say } = names;
	const t = useRoomWords(content as RoomWords);
	const side = offer.from === "complainant" ? "company" : "complainant";
	if (offer.accepted)
		return (
			<p className={`bubble bubble-${side} bubble-answer`}>
				<b className="good">
					{t("accepted-through", { how: say.of("values", `AcceptOffer.through.${offer.accepted.through}`) })}
				</b>{" "}
				<span className="quiet">{timeText(names, offer.accepted.at)}</span>
			</p>
		);
	if (offer.declined)
		return (
			<p className={`bubble bubble-${side} bubble-answer`}>
				<b>{say.of("events", "OfferDeclined")}</b>{" "}
				<span className="quiet">{timeText(names, offer.declined.at)}</span>
				{offer.declined.why && <span className="entry-words"> {textOf(names, offer.declined.why)}</span>}
			</p>
		);
	const over = offer.expired
		? { words: say.of("events", "OfferExpired"), at: offer.expired }
		: offer.superseded
			? { words: say.ui("superseded"), at: offer.superseded }
			: null;
	if (!over) return null;
	return (
		<p className="round-line">
			{over.words} · {timeText(names, over.at)}
		</p>
	);
}
