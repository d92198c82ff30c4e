import "./told.css";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ask, problemIn } from "../../../api.ts";
import { timeText } from "../../../labels.ts";
import { Empty } from "../../../parts/empty.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { Screen } from "../../parts/screen.tsx";
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
	startedAt: string;
	outcome: string | null;
	/** The attempt that it became; or why it became none. */
	contact: string | null;
	refused: string | null;
}

const callsOf = (kase: string) =>
	ask<{ calls: CallMade[] }>("GET", `/api/cases/${encodeURIComponent(kase)}/calls`);

const COUNTED_AFTER_MS = [300, 700, 1_500, 3_000, 6_000];

/** A call that ended is counted a moment later, by itself: done once it is. */
async function untilCounted(kase: string, call: string): Promise<void> {
	for (const wait of COUNTED_AFTER_MS) {
		await new Promise((resolve) => setTimeout(resolve, wait));
		const one = (await callsOf(kase).catch(() => null))?.calls.find((known) => known.id === call);
		if (one?.contact || one?.refused) return;
	}
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
					<Button strong busy={line.isPending} why={no ?? contact.notNow} onClick={() => line.mutate()}>
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
			{(no || contact.notNow) && <Button onClick={() => go(`${base}/chat`)}>{t("write-desk")}</Button>}
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
		queryFn: () => callsOf(answer.case.id),
	});
	const made = calls.data?.calls ?? [];
	if (made.length === 0) return null;
	return (
		<section className="p-card">
			<h2>{t("calls-made")}</h2>
			<ul>
				{made.map((one) => (
					<li key={one.id} className="r-line">
						<span>{one.outcome ? names.say.of("values", `outcome.${one.outcome}`) : t("talking")}</span>
						<small className="p-quiet">{timeText(names, one.startedAt)}</small>
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
		onSuccess: (_, id) => {
			const kase = answer.case.id;
			void untilCounted(kase, id).then(() => {
				for (const key of ["case", "coach", "calls"])
					void queries.invalidateQueries({ queryKey: [key, kase] });
				void queries.invalidateQueries({ queryKey: ["mine"] });
			});
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
