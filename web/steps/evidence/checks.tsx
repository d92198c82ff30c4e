import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Skeleton } from "antd";
import type { EvidenceItem } from "#engine/case.ts";
import type { PhotoFlag } from "#engine/photo-flags.ts";
import { problemIn } from "../../api.ts";
import { type Names, timeText } from "../../labels.ts";
import { spanWords } from "../../parts/band-words.ts";
import { Icon } from "../../parts/icon.tsx";
import { Pairs } from "../../parts/pairs.tsx";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { content } from "../words.yaml";
import { type Checks, type Elsewhere, evidenceChecksQuery } from "./checks-data.ts";

/** What speaks for and against a file: its own time and place beside the order's, and where else it was seen. */
export function FileChecks({ names, item }: { names: Names; item: EvidenceItem }) {
	const t = useRoomWords(content as RoomWords);
	const asked = useQuery(evidenceChecksQuery(names.kase.id, item.id));
	if (asked.isPending) return <Skeleton active paragraph={{ rows: 3 }} title={false} />;
	if (asked.isError)
		return (
			<p className="fault" role="alert">
				{t("checks-failed")} {problemIn(asked.error).title}{" "}
				<Button size="small" onClick={() => void asked.refetch()}>
					{names.say.ui("try-again")}
				</Button>
			</p>
		);
	const checks = asked.data;
	const doubts = checks.flags.length + checks.elsewhere.length > 0;
	return (
		<section className="checks">
			<h3>{t("checks")}</h3>
			{doubts && (
				<div className="checks-doubts">
					<ul>
						{checks.flags.map((one) => (
							<Doubt key={one.flag + (one.time ?? "")} names={names} flag={one} />
						))}
						{checks.elsewhere.map((one) => (
							<Seen key={one.case?.id ?? one.order ?? "hidden"} names={names} item={item} seen={one} />
						))}
					</ul>
					<p className="quiet">{t("checks-are-hints")}</p>
				</div>
			)}
			{checks.photo && <Times names={names} checks={checks} />}
			<Account names={names} checks={checks} />
			{!doubts && <p className="quiet">{t(checks.comparable ? "checks-none" : "checks-not-compared")}</p>}
		</section>
	);
}

type T = (key: string, fillings?: Record<string, string | number>) => string;

/** One odd thing in a sentence, with its figures. */
function Doubt({
	names,
	flag: { flag, minutes, metres, time, software },
}: {
	names: Names;
	flag: PhotoFlag;
}) {
	const t = useRoomWords(content as RoomWords) as T;
	const key = time ? `doubt-${flag}-${time}` : `doubt-${flag}`;
	return (
		<li className="fault">
			<Icon name="warn" size={14} />
			<span>
				{t(key, {
					time: minutes === undefined ? "" : spanWords(minutes, names.say),
					distance: metres === undefined ? "" : distanceText(metres, t),
					software: software ?? "",
				})}
			</span>
		</li>
	);
}

/** Another case that shows it, with both pictures side by side. */
function Seen({ names, item, seen }: { names: Names; item: EvidenceItem; seen: Elsewhere }) {
	const t = useRoomWords(content as RoomWords) as T;
	const { same, order, differs } = seen;
	const there = seen.case;
	const likeness = Math.round(100 - (differs / 256) * 100);
	const words = same === "file" ? t("doubt-same-file") : t("doubt-same-picture", { likeness });
	const picture = item.file?.mime.startsWith("image/") && there?.evidence;
	return (
		<li className="fault checks-seen">
			<Icon name="warn" size={14} />
			<span>
				{words}{" "}
				{there ? (
					<Link to="/cases/$id" params={{ id: there.id }} target="_blank">
						{there.number}
					</Link>
				) : (
					<span>{order ? t("on-order", { order }) : t("hidden-case")}</span>
				)}
			</span>
			{picture && (
				<span className="checks-pair">
					<figure>
						<img src={`/api/cases/${names.kase.id}/evidence/${item.id}`} alt="" />
						<figcaption>{t("this-case")}</figcaption>
					</figure>
					<figure>
						<img src={`/api/cases/${there.id}/evidence/${there.evidence}`} alt="" loading="lazy" />
						<figcaption>{there.number}</figcaption>
					</figure>
				</span>
			)}
		</li>
	);
}

/** Order, photo and receipt in the order in which they were, with the time between them. */
function Times({ names, checks }: { names: Names; checks: Checks }) {
	const t = useRoomWords(content as RoomWords) as T;
	const { photo, orderedAt, endedAt, receivedAt } = checks;
	const odd = checks.flags.some((one) => one.flag === "taken-before-order" || one.flag === "taken-in-future");
	const moments = [
		{ what: "ordered", at: orderedAt },
		{ what: "ended", at: endedAt === orderedAt ? null : endedAt },
		{ what: "taken", at: photo?.takenAt ?? null },
		{ what: "received", at: receivedAt },
	]
		.flatMap(({ what, at }) => (at === null ? [] : [{ what, at }]))
		.toSorted((a, b) => a.at.localeCompare(b.at));
	return (
		<ol className="checks-times">
			{moments.map(({ what, at }, n) => {
				const before = moments[n - 1]?.at;
				const minutes = before ? (Date.parse(at) - Date.parse(before)) / 60_000 : 0;
				return (
					<li key={what} className={what === "taken" ? (odd ? "is-taken is-odd" : "is-taken") : undefined}>
						<span>{t(`moment-${what}`)}</span>
						<span>{timeText(names, at)}</span>
						{minutes >= 1 && (
							<span className="quiet">{t("later-by", { time: spanWords(minutes, names.say) })}</span>
						)}
					</li>
				);
			})}
		</ol>
	);
}

/** The rest of what the photo says; what it doesn't say is no fault of it. */
function Account({ names, checks }: { names: Names; checks: Checks }) {
	const t = useRoomWords(content as RoomWords) as T;
	const { photo, nearest, places } = checks;
	if (!photo) return null;
	const { takenAt, zoneSupposed, position, device, software } = photo;
	const silent = takenAt === null && position === null && device === null;
	const far = checks.flags.some((one) => one.flag === "far-from-order");
	const toOrder = nearest
		? t("from-nearest", {
				distance: distanceText(nearest.metres, t),
				what: nearest.place.what,
				time: timeText(names, nearest.place.at),
			})
		: t(places > 0 ? "no-position" : "order-without-places");
	return (
		<>
			{silent && <p className="quiet">{t("photo-silent")}</p>}
			{!silent && (
				<Pairs
					rows={[
						[t("moment-taken"), takenAt === null ? t("taken-unknown") : zoneSupposed && t("zone-supposed")],
						[
							t("place"),
							position ? (
								<>
									<span className={far ? "fault" : undefined}>{toOrder}</span>
									<br />
									<span className="quiet">
										{position.latitude.toFixed(5)}, {position.longitude.toFixed(5)} (WGS-84)
									</span>
								</>
							) : (
								t("no-position")
							),
						],
						[t("device"), device],
						[t("software"), software],
					]}
				/>
			)}
		</>
	);
}

function distanceText(metres: number, t: T): string {
	return metres < 1000
		? t("metres", { count: metres })
		: t("kilometres", { count: (metres / 1000).toFixed(1) });
}
