import { Button, Modal } from "antd";
import { type KeyboardEvent, useRef, useState } from "react";
import type { EvidenceItem } from "#engine/case.ts";
import { type Names, partyName, personName, textOf, timeText } from "../../labels.ts";
import { spanWords } from "../../parts/band-words.ts";
import { Icon } from "../../parts/icon.tsx";
import { Pairs } from "../../parts/pairs.tsx";
import type { PanelProps } from "../../screens/case/subjects.tsx";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { content } from "../words.yaml";
import { FileChecks } from "./checks.tsx";

const ZOOMS = [1, 1.5, 2, 3, 4] as const;
const JUDGEMENTS = ["accepted", "doubtful", "forged"] as const;

/** Evidence at full size with what is known of it; arrow keys go on, + and − zoom, Esc closes. */
export function Viewer({
	evidence,
	onView,
	...props
}: PanelProps & { evidence: string; onView: (evidence: string | null) => void }) {
	const { names, answer, open } = props;
	const { say, kase } = names;
	const t = useRoomWords(content as RoomWords);
	const at = Math.max(
		0,
		kase.evidence.findIndex((one) => one.id === evidence),
	);
	const item = kase.evidence[at];
	const [zoom, setZoom] = useState(0);
	const first = useRef<HTMLButtonElement>(null);
	const go = (step: number) => {
		setZoom(0);
		onView(kase.evidence[(at + step + kase.evidence.length) % kase.evidence.length]?.id ?? null);
	};
	const nearer = (step: number) =>
		setZoom((before) => Math.max(0, Math.min(ZOOMS.length - 1, before + step)));
	const onKey = (event: KeyboardEvent) => {
		const act = {
			ArrowLeft: () => go(-1),
			ArrowRight: () => go(1),
			"+": () => nearer(1),
			"=": () => nearer(1),
			"-": () => nearer(-1),
			0: () => setZoom(0),
		}[event.key];
		// a film's own arrow keys go through its time
		if (!act || event.target instanceof HTMLMediaElement) return;
		event.preventDefault();
		act();
	};
	if (!item) return null;
	const picture = item.file?.mime.startsWith("image/") ?? false;
	return (
		<Modal
			open
			footer={null}
			width="min(1280px, 96vw)"
			className="viewer"
			title={textOf(names, item.title)}
			onCancel={() => onView(null)}
			afterOpenChange={(shown) => shown && first.current?.focus()}
			destroyOnHidden
		>
			{/* biome-ignore lint/a11y/noStaticElementInteractions: keys work wherever in the viewer one is */}
			<div className="viewer-body" onKeyDown={onKey}>
				<div className="viewer-stage">
					<Shown names={names} item={item} zoom={ZOOMS[zoom] ?? 1} />
				</div>
				<div className="viewer-about">
					<div className="viewer-keys">
						<Button
							ref={first}
							size="small"
							icon={<Icon name="back" size={16} />}
							aria-label={t("before")}
							title={`${t("before")} ←`}
							onClick={() => go(-1)}
						/>
						<span role="status">{t("viewer-place", { at: at + 1, count: kase.evidence.length })}</span>
						<Button
							size="small"
							icon={<Icon name="next" size={16} />}
							aria-label={t("after")}
							title={`${t("after")} →`}
							onClick={() => go(1)}
						/>
						{picture && <Zoom t={t} zoom={zoom} nearer={nearer} />}
					</div>
					<From names={names} item={item} />
					{item.file && answer.viewer === "staff" && <FileChecks names={names} item={item} />}
					{answer.allowed.JudgeEvidence === true && (
						<fieldset>
							<legend>{t("judge")}</legend>
							<div className="stack">
								{JUDGEMENTS.map((as) => (
									<Button
										key={as}
										size="small"
										disabled={item.judged?.as === as}
										onClick={() => {
											onView(null);
											open("JudgeEvidence", { evidence: item.id, as });
										}}
									>
										{say.of("values", as)}
									</Button>
								))}
							</div>
						</fieldset>
					)}
					<About names={names} item={item} />
				</div>
			</div>
		</Modal>
	);
}

function Zoom({
	t,
	zoom,
	nearer,
}: {
	t: (key: string) => string;
	zoom: number;
	nearer: (step: number) => void;
}) {
	return (
		<span className="viewer-zoom">
			<Button
				size="small"
				icon={<Icon name="zoom-out" size={16} />}
				aria-label={t("smaller")}
				title={`${t("smaller")} −`}
				disabled={zoom === 0}
				onClick={() => nearer(-1)}
			/>
			<span>{Math.round((ZOOMS[zoom] ?? 1) * 100)}%</span>
			<Button
				size="small"
				icon={<Icon name="zoom-in" size={16} />}
				aria-label={t("larger")}
				title={`${t("larger")} +`}
				disabled={zoom === ZOOMS.length - 1}
				onClick={() => nearer(1)}
			/>
		</span>
	);
}

function Shown({ names, item, zoom }: { names: Names; item: EvidenceItem; zoom: number }) {
	const t = useRoomWords(content as RoomWords);
	const src = `/api/cases/${names.kase.id}/evidence/${item.id}`;
	const title = textOf(names, item.title);
	const mime = item.file?.mime ?? "";
	if (!item.file) return <p className="quiet">{t("no-file")}</p>;
	if (mime.startsWith("image/")) return <img src={src} alt={title} style={{ width: `${zoom * 100}%` }} />;
	if (mime.startsWith("video/"))
		return (
			<video src={src} controls preload="metadata" title={title}>
				<track kind="captions" />
			</video>
		);
	if (mime.startsWith("audio/"))
		return (
			<audio src={src} controls preload="metadata" title={title}>
				<track kind="captions" />
			</audio>
		);
	if (mime === "application/pdf") return <iframe src={src} title={title} />;
	return <p className="quiet">{t("no-preview")}</p>;
}

function From({ names, item }: { names: Names; item: EvidenceItem }) {
	const { say, kase } = names;
	const side = kase.parties.find((one) => one.id === item.from)?.side ?? "company";
	return (
		<p className={`viewer-from side-${side}`}>
			{item.from === "company" ? say.of("sides", "company") : partyName(names, item.from)}
		</p>
	);
}

/** When it came against the order, what was odd then, and the fingerprint that proves it unaltered. */
function About({ names, item }: { names: Names; item: EvidenceItem }) {
	const { say, kase, pack } = names;
	const t = useRoomWords(content as RoomWords);
	const src = `/api/cases/${kase.id}/evidence/${item.id}`;
	const piece = pack?.data.evidence.recipes[item.recipe ?? ""]?.pieces.find((one) => one.id === item.piece);
	return (
		<>
			<Pairs
				rows={[
					[say.of("fields", "AddEvidence.kind"), say.of("values", `AddEvidence.kind.${item.kind}`)],
					[say.of("fields", "piece"), piece && say.bi(piece.name)],
					[t("taken"), takenWords(names, item, t)],
					[t("added"), `${timeText(names, item.at)} · ${personName(names, item.by)}`],
					[
						say.of("fields", "AddEvidence.flags"),
						item.flags.length > 0 && (
							<span className="fault">{item.flags.map((one) => say.of("values", one)).join(" · ")}</span>
						),
					],
					[
						t("judged"),
						item.judged &&
							`${say.of("values", item.judged.as)} · ${personName(names, item.judged.by)} · ${textOf(names, item.judged.why)}`,
					],
					[t("size"), item.file && `${sizeText(item.file.bytes)} · ${item.file.mime}`],
					[t("fingerprint"), item.file && <code className="hash">{item.file.sha256}</code>],
				]}
			/>
			{item.file && (
				<p className="stack">
					<a href={src} download>
						{say.ui("download")}
					</a>
					<a href={src} target="_blank" rel="noreferrer">
						{t("new-window")}
					</a>
				</p>
			)}
		</>
	);
}

function takenWords(
	names: Names,
	item: EvidenceItem,
	t: (key: string, fillings?: Record<string, string>) => string,
): string | null {
	if (!item.file) return null;
	if (!item.takenAt) return t("taken-unknown");
	const [ordered] = names.kase.orders.flatMap((one) => one.takenAt ?? []).sort();
	const taken = timeText(names, item.takenAt);
	if (!ordered) return taken;
	const minutes = (Date.parse(item.takenAt) - Date.parse(ordered)) / 60_000;
	const time = spanWords(Math.abs(minutes), names.say);
	return `${taken} · ${t(minutes < 0 ? "taken-before-order" : "taken-after-order", { time })}`;
}

function sizeText(bytes: number): string {
	if (bytes < 1024) return `${bytes} B`;
	if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
	return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
