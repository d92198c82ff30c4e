import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ask, problemIn } from "../../../api.ts";
import { timeText } from "../../../labels.ts";
import { Icon } from "../../../parts/icon.tsx";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { Screen } from "../../parts/screen.tsx";
import { Empty } from "../../parts/states.tsx";
import { go } from "../../route.ts";
import { content } from "../words.yaml";
import { beginsTalk, Refused, useWork } from "./work.tsx";

interface Line {
	id: string;
	number: string;
	expiresAt: string;
	pretend: boolean;
}

interface Ringing {
	id: string;
	answeredAt: string | null;
}

interface CallMade {
	id: string;
	at: string;
	outcome: string;
	refused: string | null;
}

/** Calling through the masked line: neither sees the other's number, and tries are counted. */
export function Call() {
	const t = useRoomWords(content as RoomWords);
	const work = useWork();
	const { coach, answer, base } = work;
	const { contact } = coach;
	const kase = encodeURIComponent(answer.case.id);
	const line = useMutation({
		mutationFn: async () => {
			const lent = await ask<Line>("POST", `/api/cases/${kase}/lines`, { to: contact.to });
			// the time to talk begins once one can
			if (beginsTalk(work)) await ask("POST", `/api/cases/${kase}/commands`, { type: "OpenDirectTalk" });
			return lent;
		},
	});
	const no = contact.to ? contact.barred : t("nobody-to-call");
	const full = contact.today >= contact.perDay || contact.tries >= contact.inAll;
	if (line.data?.pretend) return <PretendCall line={line.data} />;
	return (
		<Screen
			title={t("act-call")}
			back={() => history.back()}
			act={
				line.data ? (
					<a className="p-button p-button-strong r-link-button" href={`tel:${line.data.number}`}>
						<Icon name="call" /> {t("dial", { number: line.data.number })}
					</a>
				) : (
					<Button
						strong
						busy={line.isPending}
						why={no ?? (full ? t("no-more-tries") : null)}
						onClick={() => line.mutate()}
					>
						{t("get-line")}
					</Button>
				)
			}
		>
			<Rules />
			<Refused problem={line.isError ? problemIn(line.error) : null} />
			{line.data && <p className="p-quiet">{t("line-until", { number: line.data.number })}</p>}
			<Opening />
			<CallsMade />
			{(no || full) && <Button onClick={() => go(`${base}/chat`)}>{t("write-desk")}</Button>}
		</Screen>
	);
}

/** How often, when not, and what a refusal means. */
function Rules() {
	const t = useRoomWords(content as RoomWords);
	const { contact } = useWork().coach;
	const [from, to] = contact.quiet;
	return (
		<section className="p-card">
			<h2>{t("call-rules")}</h2>
			<ul className="r-list">
				<li>{t("call-masked")}</li>
				<li>
					{t("call-tries", {
						today: contact.today,
						perDay: contact.perDay,
						tries: contact.tries,
						inAll: contact.inAll,
					})}
				</li>
				<li>{t("call-quiet", { from, to })}</li>
				<li>{t(contact.declined ? "call-declined" : "call-respect")}</li>
				<li>{t("call-recorded")}</li>
			</ul>
		</section>
	);
}

/** The first lines, to be read while it rings. */
function Opening() {
	const t = useRoomWords(content as RoomWords);
	const { coach } = useWork();
	const [track] = coach.tracks;
	if (!track) return null;
	return (
		<section className="p-card">
			<h2>{t("open-with")}</h2>
			<ol className="r-lines">
				{track.lines.map((one, n) => (
					<li key={one.act}>
						<b>
							{n + 1} {one.act}
						</b>
						<p className="r-say">{one.say}</p>
					</li>
				))}
			</ol>
		</section>
	);
}

function CallsMade() {
	const t = useRoomWords(content as RoomWords);
	const { answer, names } = useWork();
	const calls = useQuery({
		queryKey: ["calls", answer.case.id],
		queryFn: () =>
			ask<{ calls: CallMade[] }>("GET", `/api/cases/${encodeURIComponent(answer.case.id)}/calls`),
	});
	const made = calls.data?.calls ?? [];
	if (made.length === 0) return null;
	return (
		<section className="p-card">
			<h2>{t("calls-made")}</h2>
			<ul>
				{made.map((one) => (
					<li key={one.id} className="r-line">
						<span>{names.say.of("values", `outcome.${one.outcome}`)}</span>
						<small className="p-quiet">{timeText(names, one.at)}</small>
					</li>
				))}
			</ul>
		</section>
	);
}

/** A call that rings nowhere, and says so: everything after it is real. */
function PretendCall({ line }: { line: Line }) {
	const t = useRoomWords(content as RoomWords);
	const { answer, coach, base } = useWork();
	const queries = useQueryClient();
	const [call, setCall] = useState<Ringing | null>(null);
	const ring = useMutation({
		mutationFn: () => ask<Ringing>("POST", "/api/pretend/calls", { line: line.id }),
		onSuccess: setCall,
	});
	const pick = useMutation({
		mutationFn: (id: string) => ask<Ringing>("POST", `/api/pretend/calls/${encodeURIComponent(id)}/answer`),
		onSuccess: setCall,
	});
	const end = useMutation({
		mutationFn: (id: string) => ask("POST", `/api/pretend/calls/${encodeURIComponent(id)}/hang-up`),
		onSuccess: () => {
			for (const key of ["case", "coach", "calls"])
				void queries.invalidateQueries({ queryKey: [key, answer.case.id] });
			void queries.invalidateQueries({ queryKey: ["mine"] });
			go(base);
		},
	});
	const { mutate: begin } = ring;
	useEffect(() => begin(), [begin]);
	const failed = ring.error ?? pick.error ?? end.error;
	const busy = ring.isPending || pick.isPending || end.isPending;
	return (
		<Screen
			title={t("act-call")}
			act={
				call && (
					<>
						<Button strong={call.answeredAt !== null} busy={busy} onClick={() => end.mutate(call.id)}>
							{t(call.answeredAt ? "hang-up" : "not-answered")}
						</Button>
						{!call.answeredAt && (
							<Button strong busy={busy} onClick={() => pick.mutate(call.id)}>
								{t("they-answer")}
							</Button>
						)}
					</>
				)
			}
		>
			<Empty icon="call" text={call?.answeredAt ? t("talking") : t("ringing", { number: line.number })}>
				<p className="p-quiet">{t("pretend-call")}</p>
			</Empty>
			<Refused problem={failed ? problemIn(failed) : null} />
			{coach.tracks.length > 0 && <Opening />}
		</Screen>
	);
}
