import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { go } from "../../route.ts";
import { Row } from "../parts.tsx";
import { content } from "../words.yaml";
import type { Next } from "./standing.ts";
import { beginsTalk, useWork, whyNot } from "./work.tsx";

/** Everything else that can be done; what can't says why. */
export function More() {
	const t = useRoomWords(content as RoomWords);
	const work = useWork();
	const { base, coach } = work;
	const rows = [
		{
			icon: "call",
			word: "act-call",
			page: "call",
			no: coach.contact.barred ?? whyNot(work, "RecordContact"),
		},
		{ icon: "chat", word: "act-chat", page: "chat", no: null },
		{
			icon: "star",
			word: "act-offer",
			page: "offer",
			no: beginsTalk(work) ? null : whyNot(work, "OfferAsWorker"),
		},
		{ icon: "file", word: "act-explain", page: "explain", no: whyNot(work, "Explain") },
		{ icon: "turn", word: "act-propose", page: "propose", no: whyNot(work, "ProposeImprovement") },
		{
			icon: "lock",
			word: "act-block",
			page: "block",
			no: whyNot(work, "BlockParty"),
		},
	] as const;
	return (
		<section className="r-rows">
			{rows.map(({ icon, word, page, no }) => (
				<Row
					key={page}
					icon={icon}
					title={t(word)}
					more={no ?? t(`${word}-help`)}
					{...(no ? {} : { to: `${base}/${page}` })}
				/>
			))}
		</section>
	);
}

/** The one strong act, and beside it what is done just as often. */
export function Acts({ next }: { next: Next }) {
	const t = useRoomWords(content as RoomWords);
	const { base, coach } = useWork();
	const call = coach.contact.to && !coach.contact.barred;
	if (next.is === "explain")
		return (
			<>
				{call && <Button onClick={() => go(`${base}/call`)}>{t("act-call")}</Button>}
				<Button strong onClick={() => go(`${base}/explain`)}>
					{t("write-account")}
				</Button>
			</>
		);
	if (next.is === "contact")
		return (
			<>
				<Button onClick={() => go(`${base}/explain`)}>{t("write-account")}</Button>
				<Button strong onClick={() => go(`${base}/call`)}>
					{t("act-call")}
				</Button>
			</>
		);
	if (next.is === "appeal" || next.is === "supplement")
		return (
			<Button strong onClick={() => go(`${base}/appeal`)}>
				{t(next.is === "appeal" ? "act-appeal" : "act-supplement")}
			</Button>
		);
	return <Button onClick={() => go(`${base}/chat`)}>{t("write-desk")}</Button>;
}
