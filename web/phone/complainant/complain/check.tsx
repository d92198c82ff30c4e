import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ask, problemIn } from "../../../api.ts";
import { moneyText } from "../../../labels.ts";
import { minorOf } from "../../../parts/money.ts";
import { readStored, store } from "../../../parts/stored.ts";
import { type RoomWords, useRoomWords, useSay } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { Screen } from "../../parts/screen.tsx";
import { problemText } from "../../parts/states.tsx";
import { go } from "../../route.ts";
import { FileList } from "../../uploads.tsx";
import { handOver, useFiles } from "../../uploads-shelf.ts";
import { content } from "../words.yaml";
import type { Filed } from "./order-data.ts";
import { type Asked, aboutOrder } from "./questions.tsx";
import type { Question } from "./typed.ts";

/** Everything once more, each to be changed; then it is sent, once however often the button is pressed. */
export function Check({ own, typed, kind, forget }: Asked & { forget: () => void }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const about = aboutOrder(own);
	const files = useFiles(about);
	const [key] = useState(() => keyFor(about));
	const claimed = minorOf(typed.amount);
	const wished = [...typed.wishes.map((one) => t(`wish-${one}`)), typed.otherWish.trim()].filter(Boolean);
	const filing = useMutation({
		networkMode: "always",
		mutationFn: () =>
			ask<Filed>(
				"POST",
				"/api/complain/file",
				{
					category: typed.category ?? undefined,
					words: typed.words.trim(),
					...(wished.length > 0 ? { wished: wished.join("；") } : {}),
					...(claimed === null ? {} : { claimed }),
				},
				{ "idempotency-key": key },
			),
		onSuccess: async (filed) => {
			await handOver(about, filed.case);
			forget();
			store(`${about}.key`, null);
			sessionStorage.setItem("redress.filed", JSON.stringify({ ...filed, zone: own.pack.zone }));
			go("/complain/done", { replace: true });
		},
	});
	const rows: [Question, string, string][] = [
		["kind", t("what-happened"), say.bi(kind?.plain)],
		["words", t("own-words"), typed.words.trim() || t("voice")],
		["wish", t("what-wished"), wished.join("；") || t("no-wish")],
		...(claimed === null
			? []
			: [
					["amount", t("amount"), moneyText(say, { amount: claimed, currency: own.pack.currency })] as [
						Question,
						string,
						string,
					],
				]),
	];
	return (
		<Screen
			title={t("check")}
			back={() => history.back()}
			act={
				<Button strong busy={filing.isPending} onClick={() => filing.mutate()}>
					{filing.isError ? t("send-complaint-again") : t("send-complaint")}
				</Button>
			}
		>
			{filing.isError && (
				<p className="p-card p-fault" role="alert">
					{problemIn(filing.error).status === 0
						? t("offline-kept")
						: problemText(problemIn(filing.error), say)}
				</p>
			)}
			<ul className="p-check">
				{rows.map(([question, name, text]) => (
					<li key={question}>
						<small>{name}</small>
						<p>{text}</p>
						<button type="button" className="p-link" onClick={() => go(`/complain/${question}`)}>
							{t("change")}
							<span className="p-hidden"> {name}</span>
						</button>
					</li>
				))}
				<li>
					<small>{t("proof")}</small>
					<div>{files.length === 0 ? t("no-proof") : <FileList files={files} />}</div>
					<button type="button" className="p-link" onClick={() => go("/complain/proof")}>
						{t("change")}
						<span className="p-hidden"> {t("proof")}</span>
					</button>
				</li>
			</ul>
			<p className="p-quiet">{t("what-follows")}</p>
		</Screen>
	);
}

/** One key for one complaint, also after the page was closed in between. */
function keyFor(about: string): string {
	const kept = readStored(`${about}.key`);
	const key = kept ?? crypto.randomUUID();
	if (!kept) store(`${about}.key`, key);
	return key;
}
