import { useState } from "react";
import { moneyText, seatName, textOf, timeText } from "../../../labels.ts";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { Screen } from "../../parts/screen.tsx";
import { go } from "../../route.ts";
import { content } from "../words.yaml";
import { useFollowed } from "./link.tsx";
import { RenewSheet } from "./renew.tsx";

/** What is known of me, what I asked to have put right, and the link by which I read all this. */
export function Mine() {
	const t = useRoomWords(content as RoomWords);
	const { names, own, base, asMyself } = useFollowed();
	const [renewing, setRenewing] = useState(false);
	const { kase } = names;
	const me = kase.parties.find((one) => one.id === own);
	const rows = [
		[t("name"), textOf(names, me?.name)],
		[t("phone"), textOf(names, me?.phone)],
		[t("address"), textOf(names, me?.address)],
		[t("seat"), me ? seatName(names, me.seat) : ""],
		[t("what-wished"), textOf(names, kase.intake?.wished)],
		[t("amount"), kase.intake?.claimed ? moneyText(names.say, kase.intake.claimed) : ""],
		[t("told-complaint"), textOf(names, kase.intake?.verbatim)],
	].filter(([, text]) => text);
	return (
		<Screen
			title={t("page-mine")}
			back={() => history.back()}
			act={
				<Button strong onClick={() => go(`${base}/correct`)}>
					{t("correct")}
				</Button>
			}
		>
			<Corrections />
			<dl className="p-check">
				{rows.map(([name, text]) => (
					<div key={name}>
						<dt>{name}</dt>
						<dd className="p-words">{text}</dd>
					</div>
				))}
			</dl>
			<p className="p-quiet">{t("who-sees")}</p>
			<section className="p-card">
				<h2>{t("my-link")}</h2>
				<p className="p-quiet">{t("my-link-help")}</p>
				<button type="button" className="p-link" onClick={() => asMyself(() => setRenewing(true))}>
					{t("renew")}
				</button>
			</section>
			{renewing && <RenewSheet onClose={() => setRenewing(false)} />}
		</Screen>
	);
}

/** How far what I asked for is: waiting, done, or not, and why. */
function Corrections() {
	const t = useRoomWords(content as RoomWords);
	const { names } = useFollowed();
	const asked = (names.kase.corrections ?? []).filter((one) => !one.replaced).slice(-2);
	return asked.map(({ id, at, fields, decided }) => (
		<section key={id} className={decided ? "p-card" : "p-card p-next"}>
			<h2>
				{t(decided ? (decided.taken ? "correction-done" : "correction-declined") : "correction-waiting")}
			</h2>
			{(["name", "phone", "address"] as const).map(
				(one) =>
					fields[one] && (
						<p key={one} className="p-line">
							<span>{t(one)}</span>
							<b>{textOf(names, fields[one])}</b>
						</p>
					),
			)}
			{decided?.why && <p className="p-words">{textOf(names, decided.why)}</p>}
			<p className="p-quiet">{timeText(names, decided?.at ?? at)}</p>
		</section>
	));
}
