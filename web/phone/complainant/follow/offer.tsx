import { useState } from "react";
import type { Offer } from "#engine/case.ts";
import { moneyText, textOf, timeText } from "../../../labels.ts";
import { Icon } from "../../../parts/icon.tsx";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { Sheet } from "../../parts/sheet.tsx";
import { go } from "../../route.ts";
import { Lines } from "../lines.tsx";
import { content } from "../words.yaml";
import { Refused, useDoing, useFollowed } from "./link.tsx";
import { Sign } from "./sign.tsx";
import { agreedOffer } from "./standing.ts";

/** What is offered, laid open, with what was wished for beside it. */
export function OfferCard({ offer }: { offer: Offer }) {
	const t = useRoomWords(content as RoomWords);
	const { answer, names } = useFollowed();
	const { say } = names;
	const claimed = answer.case.intake?.claimed;
	const earlier = answer.case.offers.filter((one) => one.id !== offer.id);
	return (
		<section className="p-card p-offer">
			<p className="p-quiet">{offer.from === "respondent" ? t("offer-by-other") : t("our-offer")}</p>
			<p className="p-sum">{moneyText(say, offer.total)}</p>
			<Lines lines={offer.lines} sums={answer.sums?.[offer.id] ?? []} />
			<p className="p-words">{textOf(names, offer.grounds)}</p>
			{(claimed || earlier.length > 0) && (
				<dl className="p-beside">
					{claimed && (
						<div>
							<dt>{t("you-asked")}</dt>
							<dd>{moneyText(say, claimed)}</dd>
						</div>
					)}
					{earlier.map((one) => (
						<div key={one.id}>
							<dt>{one.from === "complainant" ? t("your-counter") : t("earlier-offer")}</dt>
							<dd>{one.lines.length > 0 ? moneyText(say, one.total) : textOf(names, one.grounds)}</dd>
						</div>
					))}
					<div>
						<dt>{t("our-offer")}</dt>
						<dd>{moneyText(say, offer.total)}</dd>
					</div>
				</dl>
			)}
			<p className="p-quiet">{t("offer-until", { due: timeText(names, offer.until) })}</p>
			<p className="p-quiet">{t("offer-rights")}</p>
		</section>
	);
}

export function OfferActs({ offer }: { offer: Offer }) {
	const t = useRoomWords(content as RoomWords);
	const { base, names } = useFollowed();
	const { does, busy, refused } = useDoing();
	const [sure, setSure] = useState(false);
	const [declining, setDeclining] = useState(false);
	const unsigned = refused?.reason === "SignatureMissing";
	const accept = (signed?: string) =>
		does(
			"AcceptOffer",
			{ offer: offer.id, through: "page", ...(signed ? { signed } : {}) },
			t("accept"),
			(did) => {
				if (typeof did !== "object") setSure(false);
			},
		);
	return (
		<>
			<Button onClick={() => setDeclining(true)}>{t("decline")}</Button>
			<Button onClick={() => go(`${base}/counter`)}>{t("counter")}</Button>
			<Button strong onClick={() => setSure(true)}>
				{t("accept")}
			</Button>
			{sure && (
				<Sheet
					title={t("accept-sure", { amount: moneyText(names.say, offer.total) })}
					onClose={() => setSure(false)}
				>
					<p>{t("accept-what")}</p>
					{unsigned ? <Sign onSigned={accept} busy={busy} /> : <Refused problem={refused} />}
					{!unsigned && (
						<div className="p-row">
							<Button strong busy={busy} onClick={() => accept()}>
								{t("accept-it")}
							</Button>
						</div>
					)}
				</Sheet>
			)}
			{declining && <Decline offer={offer} onClose={() => setDeclining(false)} />}
		</>
	);
}

function Decline({ offer, onClose }: { offer: Offer; onClose: () => void }) {
	const t = useRoomWords(content as RoomWords);
	const { does, busy, refused } = useDoing();
	const [why, setWhy] = useState("");
	const decline = () =>
		does(
			"DeclineOffer",
			{ offer: offer.id, ...(why.trim() ? { why: why.trim() } : {}) },
			t("decline"),
			onClose,
		);
	return (
		<Sheet title={t("decline-why")} onClose={onClose}>
			<p className="p-quiet">{t("decline-help")}</p>
			<div className="p-field">
				<textarea
					aria-label={t("decline-why")}
					rows={3}
					maxLength={2000}
					value={why}
					onChange={({ target }) => setWhy(target.value)}
				/>
			</div>
			<Refused problem={refused} />
			<div className="p-row">
				<Button strong busy={busy} onClick={decline}>
					{t("decline")}
				</Button>
			</div>
		</Sheet>
	);
}

/** What was agreed, word for word, with the number and the time: one's proof. */
export function Agreed() {
	const t = useRoomWords(content as RoomWords);
	const { answer, names } = useFollowed();
	const [copied, setCopied] = useState(false);
	const offer = agreedOffer(answer.case);
	if (!offer?.accepted) return null;
	const { say } = names;
	const text = [
		t("agreed-text", { number: answer.case.number, at: timeText(names, offer.accepted.at) }),
		...offer.lines.map(
			(one, n) =>
				`${say.of("items", one.item)} ${one.amount ? moneyText(say, one.amount) : ""} ${answer.sums?.[offer.id]?.[n] ?? ""}`,
		),
		t("agreed-total", { amount: moneyText(say, offer.total) }),
		textOf(names, offer.grounds),
	].join("\n");
	const copy = () =>
		navigator.clipboard?.writeText(text).then(
			() => setCopied(true),
			() => {},
		);
	return (
		<details className="p-card p-agreed">
			<summary>
				<Icon name="check" /> {t("agreed")} · {moneyText(say, offer.total)}
			</summary>
			<pre className="p-proof">{text}</pre>
			<button type="button" className="p-button p-wide" onClick={() => void copy()}>
				<Icon name="copy" /> {copied ? t("copied") : t("copy-proof")}
			</button>
		</details>
	);
}

/** What was promised and how far it is: on its way, paid, done. */
export function Payments() {
	const t = useRoomWords(content as RoomWords);
	const { answer, names } = useFollowed();
	const { items } = answer.case;
	if (items.length === 0) return null;
	return (
		<section className="p-card">
			<h2>{t("what-you-get")}</h2>
			<ul>
				{items
					.filter((one) => one.replacedBy === null)
					.map((one) => (
						<li key={one.id} className="p-line">
							<span>
								{names.say.of("items", one.item)} {one.amount && moneyText(names.say, one.amount)}
							</span>
							<small className={one.done ? "p-good" : "p-quiet"}>
								{one.waived
									? t("item-waived")
									: one.done
										? t("item-done", { at: timeText(names, one.done.at) })
										: one.pending || one.started
											? t("item-on-its-way")
											: t("item-ahead")}
							</small>
						</li>
					))}
			</ul>
		</section>
	);
}
