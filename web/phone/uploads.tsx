import type { Problem } from "../api.ts";
import { Icon } from "../parts/icon.tsx";
import { type RoomWords, useRoomWords, useSay } from "../words.ts";
import { problemText } from "./parts/states.tsx";
import type { Shown } from "./uploads-shelf.ts";
import { content } from "./words.yaml";

/** The files kept for something, each with how far it is; `onDrop`: they may be taken back. */
export function FileList({ files, onDrop }: { files: readonly Shown[]; onDrop?: (id: string) => void }) {
	const t = useRoomWords(content as RoomWords);
	if (files.length === 0) return null;
	return (
		<ul className="p-files">
			{files.map((one) => (
				<li key={one.id}>
					<Preview one={one} />
					<div>
						<span>{one.title}</span>
						<Progress one={one} />
					</div>
					{onDrop && one.state !== "sending" && one.state !== "done" && (
						<button
							type="button"
							className="p-icon"
							aria-label={t("drop", { what: one.title })}
							onClick={() => onDrop(one.id)}
						>
							<Icon name="close" />
						</button>
					)}
				</li>
			))}
		</ul>
	);
}

function Preview({ one }: { one: Shown }) {
	const url = usePreview(one);
	if (url) return <img className="p-thumb" src={url} alt="" />;
	return (
		<span className="p-thumb">
			<Icon
				name={
					one.kind === "video" ? "film" : one.kind === "statement" || one.kind === "audio" ? "sound" : "file"
				}
			/>
		</span>
	);
}

const urls = new WeakMap<Blob, string>();

function usePreview({ kind, file }: Shown): string | null {
	if (kind !== "photo") return null;
	const known = urls.get(file);
	if (known) return known;
	const made = URL.createObjectURL(file);
	urls.set(file, made);
	return made;
}

function Progress({ one }: { one: Shown }) {
	const t = useRoomWords(content as RoomWords);
	const percent = Math.round(one.progress * 100);
	switch (one.state) {
		case "waiting":
			return <small className="p-quiet">{one.about.startsWith("order:") ? t("kept") : t("waiting")}</small>;
		case "sending":
			return (
				<>
					<progress max={1} value={one.progress} aria-label={t("sending", { percent })} />
					<small className="p-quiet">{t("sending", { percent })}</small>
				</>
			);
		case "stopped":
			return <small className="p-fault">{t("stopped", { percent })}</small>;
		case "done":
			return <small className="p-good">{t("done")}</small>;
		case "refused":
			return <small className="p-fault">{one.refused && <Refusal problem={one.refused} />}</small>;
	}
}

/** Why a file was not taken, and what to do about it. */
function Refusal({ problem }: { problem: Problem }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const known = { 404: "gone", 413: "too-large", 415: "refused", 422: "unreadable" }[problem.status];
	return known ? t(known) : `${problemText(problem, say)} ${t("not-sent")}`;
}
