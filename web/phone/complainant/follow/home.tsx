import { useQueryClient } from "@tanstack/react-query";
import { textOf, timeText } from "../../../labels.ts";
import { Icon, type IconName } from "../../../parts/icon.tsx";
import { type RoomWords, useRoomWords, useSay } from "../../../words.ts";
import { outbox, useWaiting } from "../../outbox.ts";
import { Button } from "../../parts/button.tsx";
import { Screen } from "../../parts/screen.tsx";
import { problemText } from "../../parts/states.tsx";
import { go } from "../../route.ts";
import { FileList } from "../../uploads.tsx";
import { dropFile, useFiles } from "../../uploads-shelf.ts";
import { content } from "../words.yaml";
import { ConfirmActs, FollowUpCard } from "./ending.tsx";
import { useFollowed } from "./link.tsx";
import { Agreed, OfferActs, OfferCard, Payments } from "./offer.tsx";
import { Promises } from "./promises.tsx";
import { Said } from "./said.tsx";
import { StagesBar } from "./stages.tsx";
import { mayTurnOutside, type Next, nextOf } from "./standing.ts";

/** One's complaint at a glance: what is asked of me, how far it is, by when, who has it, what was said. */
export function Home() {
	const t = useRoomWords(content as RoomWords);
	const { answer, confirmed, asMyself } = useFollowed();
	const next = nextOf(answer);
	return (
		<Screen title={t("my-complaint")} act={<Acts next={next} />}>
			{!confirmed && (
				<button type="button" className="p-bar" onClick={() => asMyself(() => {})}>
					<Icon name="lock" />
					<span>{t("read-only")}</span>
					<b>{t("is-it-you")}</b>
				</button>
			)}
			<About />
			<StagesBar />
			<NextCard next={next} />
			<Waiting />
			<Payments />
			<Agreed />
			<Promises />
			<Said most={3} />
			<More />
		</Screen>
	);
}

function About() {
	const t = useRoomWords(content as RoomWords);
	const { answer, names, sent } = useFollowed();
	const { case: kase } = answer;
	const { say } = names;
	const kinds = kase.allegations.map((one) => {
		const id = one.category ?? one.proposed?.category;
		return say.bi(sent.categories.categories.find((known) => known.id === id)?.name);
	});
	const owner = kase.owner && answer.people[kase.owner.person];
	return (
		<section className="p-about">
			<h2>{kinds.filter(Boolean).join("、") || t("complaint")}</h2>
			<p className="p-quiet">
				{[kase.number, ...kase.orders.map((one) => t("order-is", { number: one.number }))].join(" · ")}
			</p>
			{!kase.closure && <p>{owner ? t("owner-is", { name: owner }) : t("no-owner-yet")}</p>}
		</section>
	);
}

function NextCard({ next }: { next: Next }) {
	const t = useRoomWords(content as RoomWords);
	const { names, base } = useFollowed();
	const { kase } = names;
	switch (next.is) {
		case "answer-offer":
			return <OfferCard offer={next.offer} />;
		case "answer-question":
			return (
				<section className="p-card p-next">
					<h2>{t("asked-of-you")}</h2>
					<p className="p-words">{textOf(names, next.question.words)}</p>
					<p className="p-quiet">{t("answer-by", { due: timeText(names, next.question.due) })}</p>
				</section>
			);
		case "confirm":
			return (
				<section className="p-card p-next">
					<h2>{t("is-it-solved")}</h2>
					<p className="p-quiet">{t("is-it-solved-help")}</p>
				</section>
			);
		case "follow-up":
			return <FollowUpCard />;
		case "closed":
			return (
				<section className="p-card">
					<h2>{names.say.of("outcomes", kase.closure?.outcome ?? "")}</h2>
					{kase.closure?.reason && <p className="p-words">{textOf(names, kase.closure.reason)}</p>}
					<p className="p-quiet">{kase.closure && timeText(names, kase.closure.at)}</p>
				</section>
			);
		default:
			return kase.finalPosition ? (
				<section className="p-card p-next">
					<h2>{t("final-position")}</h2>
					<p className="p-words">{textOf(names, kase.finalPosition.reasons)}</p>
					<button type="button" className="p-link" onClick={() => go(`${base}/outside`)}>
						{t("where-else")}
					</button>
				</section>
			) : (
				<p className="p-card p-calm">{t("nothing-asked")}</p>
			);
	}
}

/** Under the thumb: what is asked for now, or else writing to whoever has the case. */
function Acts({ next }: { next: Next }) {
	const t = useRoomWords(content as RoomWords);
	const { base } = useFollowed();
	if (next.is === "answer-offer") return <OfferActs offer={next.offer} />;
	if (next.is === "confirm") return <ConfirmActs />;
	if (next.is === "follow-up") return null;
	if (next.is === "answer-question")
		return (
			<Button strong onClick={() => go(`${base}/question/${next.question.id}`)}>
				{t("answer")}
			</Button>
		);
	return (
		<>
			<Button onClick={() => go(`${base}/add`)}>{t("add-proof")}</Button>
			<Button strong onClick={() => go(`${base}/messages`)}>
				{t("write")}
			</Button>
		</>
	);
}

/** What is still in this phone: acts without a network, files on their way. */
function Waiting() {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const queries = useQueryClient();
	const { answer } = useFollowed();
	const waiting = useWaiting(answer.case.id);
	const files = useFiles(answer.case.id).filter((one) => one.state !== "done");
	if (waiting.length === 0 && files.length === 0) return null;
	return (
		<section className="p-card p-waiting-card">
			<h2>{t("in-this-phone")}</h2>
			<ul>
				{waiting.map((one) => (
					<li key={one.id} className="p-line">
						<span>{one.what}</span>
						{one.refused ? (
							<button
								type="button"
								className="p-link"
								onClick={() =>
									void outbox()
										.forget(one.id)
										.then(() => queries.invalidateQueries())
								}
							>
								{problemText(one.refused, say)} · {t("forget")}
							</button>
						) : (
							<small className="p-quiet">{t("sends-later")}</small>
						)}
					</li>
				))}
			</ul>
			<FileList files={files} onDrop={(id) => void dropFile(id)} />
		</section>
	);
}

/** Everything else one may want, each with a line of what it does; what can't be done now says why. */
function More() {
	const t = useRoomWords(content as RoomWords);
	const { answer, base } = useFollowed();
	const { allowed, case: kase } = answer;
	const closed = kase.closure !== null;
	const rows: { page: string; icon: IconName; shown: boolean }[] = [
		{ page: "messages", icon: "chat", shown: true },
		{ page: "add", icon: "camera", shown: allowed.AddEvidence === true },
		{ page: "call", icon: "call", shown: !closed },
		{ page: "urge", icon: "clock", shown: allowed.RecordUrging === true && !closed },
		{ page: "review", icon: "turn", shown: allowed.RequestReview === true },
		{
			page: "reopen",
			icon: "question",
			shown: closed && (allowed.RecordFollowUp === true || allowed.ReopenCase === true),
		},
		{ page: "reach", icon: "bell", shown: true },
		{ page: "mine", icon: "eye", shown: true },
		{ page: "outside", icon: "out", shown: mayTurnOutside(kase, answer.now) },
		{ page: "withdraw", icon: "cross", shown: allowed.WithdrawAllegations === true && !closed },
	];
	return (
		<nav className="p-card p-menu" aria-label={t("more")}>
			{rows
				.filter((one) => one.shown)
				.map(({ page, icon }) => (
					<button key={page} type="button" onClick={() => go(`${base}/${page}`)}>
						<Icon name={icon} size={20} />
						<span>
							{t(`page-${page}`)}
							<small className="p-quiet">{t(`page-${page}-help`)}</small>
						</span>
						<Icon name="next" />
					</button>
				))}
		</nav>
	);
}
