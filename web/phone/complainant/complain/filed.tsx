import { useState } from "react";
import { Empty } from "../../../parts/empty.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { formatInstant } from "../../../parts/time.ts";
import { type RoomWords, useRoomWords, useSay } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { Screen } from "../../parts/screen.tsx";
import { go } from "../../route.ts";
import { FileList } from "../../uploads.tsx";
import { useSending } from "../../uploads-sending.ts";
import { useFiles } from "../../uploads-shelf.ts";
import { content } from "../words.yaml";
import type { Filed } from "./order-data.ts";

type Kept = Filed & { zone: string };

function keptFiled(): Kept | null {
	return JSON.parse(sessionStorage.getItem("redress.filed") ?? "null") as Kept | null;
}

const nothing = () => {};

/** It is in: number, date, what happens now, and the link; the pictures go up meanwhile. */
export function Done() {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const [filed] = useState(keptFiled);
	const token = filed?.link.split("/").at(-1) ?? "";
	const files = useFiles(filed?.case ?? "");
	useSending(filed?.case ?? null, { authorization: `Link ${token}` }, nothing);
	if (!filed) return <Nothing />;
	const time = (at: string) => formatInstant(at, filed.zone, say.language, filed.now);
	return (
		<Screen
			title={t("complain")}
			act={
				<Button strong onClick={() => go(filed.link, { replace: true })}>
					{t("follow")}
				</Button>
			}
		>
			<div className="p-received">
				<Icon name="check" size={28} />
				<h2>{filed.duplicate ? t("running-case") : t("received")}</h2>
				<p className="p-number">{filed.number}</p>
				{filed.receivedAt && <p className="p-quiet">{time(filed.receivedAt)}</p>}
			</div>
			{filed.duplicate && <p className="p-card">{t("running-case-help")}</p>}
			<FileList files={files} />
			<section className="p-card">
				<h2>{t("what-now")}</h2>
				<ol className="p-ordered">
					<li>{t("now-1")}</li>
					<li>{t("now-2")}</li>
					<li>{filed.due ? t("now-3", { due: time(filed.due) }) : t("now-3-open")}</li>
				</ol>
			</section>
			<CopyLink link={filed.link} />
		</Screen>
	);
}

/** Settled at once by what the order proves. */
export function Settled() {
	const t = useRoomWords(content as RoomWords);
	const [filed] = useState(keptFiled);
	if (!filed) return <Nothing />;
	return (
		<Screen
			title={t("complain")}
			act={
				<Button strong onClick={() => go(filed.link, { replace: true })}>
					{t("see-payment")}
				</Button>
			}
		>
			<div className="p-received">
				<Icon name="check" size={28} />
				<h2>{t("settled")}</h2>
				<p className="p-number">{filed.number}</p>
			</div>
			<p className="p-card">{t("settled-help")}</p>
			<CopyLink link={filed.link} />
		</Screen>
	);
}

function Nothing() {
	const t = useRoomWords(content as RoomWords);
	return (
		<Screen title={t("complain")}>
			<Empty text={t("nothing-here")} icon="search">
				<Button onClick={() => go("/complain", { replace: true })}>{t("begin")}</Button>
			</Empty>
		</Screen>
	);
}

function CopyLink({ link }: { link: string }) {
	const t = useRoomWords(content as RoomWords);
	const [copied, setCopied] = useState(false);
	const address = new URL(link, location.origin).href;
	const copy = () => navigator.clipboard?.writeText(address).then(() => setCopied(true), nothing);
	return (
		<section className="p-card">
			<p>{t("link-help")}</p>
			<p className="p-address">{address}</p>
			<button type="button" className="p-button p-wide" onClick={() => void copy()}>
				<Icon name="copy" /> {copied ? t("copied") : t("copy-link")}
			</button>
		</section>
	);
}
