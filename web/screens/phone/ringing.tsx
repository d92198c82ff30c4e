import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useState } from "react";
import { problemIn } from "../../api.ts";
import { useKey } from "../../keys.ts";
import { Faults } from "../../parts/faults.tsx";
import { Icon } from "../../parts/icon.tsx";
import { useRoomWords, useSay } from "../../words.ts";
import { type Call, callerQuery, tellCall, type Waiting, waitingQuery } from "./queries.ts";
import { words } from "./words.ts";

/** What rings now, the longest first; one key takes it. */
export function Ringing({
	waiting,
	ring,
	aheadMs,
}: {
	waiting: readonly Call[];
	ring: Waiting["ring"];
	aheadMs: number;
}) {
	const t = useRoomWords(words);
	const queries = useQueryClient();
	const accept = useMutation({
		mutationFn: (call: Call) => tellCall("answered", call.id),
		onSettled: () => queries.invalidateQueries({ queryKey: waitingQuery.queryKey }),
	});
	const [first, ...others] = waiting;
	useKey("a", t("accept"), () => first && accept.mutate(first), first !== undefined && !accept.isPending);
	if (!first) return null;
	return (
		<section className="ringing" aria-live="assertive">
			<h1>{t("incoming")}</h1>
			<article className="ringing-one panel">
				<Who call={first} />
				<Rings call={first} ring={ring} aheadMs={aheadMs} />
				<Button
					type="primary"
					size="large"
					autoFocus
					icon={<Icon name="phone" />}
					loading={accept.isPending}
					onClick={() => accept.mutate(first)}
				>
					{t("accept")} <kbd>A</kbd>
				</Button>
				{accept.isError && <Faults problem={problemIn(accept.error)} />}
			</article>
			{others.length > 0 && (
				<ul className="ringing-others">
					{others.map((call) => (
						<li key={call.id} className="panel">
							<b>{call.caller ?? t("withheld")}</b>
							<Rings call={call} ring={ring} aheadMs={aheadMs} />
							<Button size="small" onClick={() => accept.mutate(call)}>
								{t("accept")}
							</Button>
						</li>
					))}
				</ul>
			)}
		</section>
	);
}

/** Who it is, as far as their number tells. */
function Who({ call }: { call: Call }) {
	const say = useSay();
	const t = useRoomWords(words);
	const known = useQuery({ ...callerQuery(call.id), enabled: call.caller !== null }).data;
	return (
		<div className="ringing-who">
			<p className="ringing-number">{call.caller ?? t("withheld")}</p>
			<p>
				{known?.name && <b>{known.name}</b>}{" "}
				<span className="quiet">{t("on-line", { line: call.line })}</span>{" "}
				{call.pretend && <span className="tag">{t("pretended")}</span>}
			</p>
			{known && (
				<p className="quiet">
					{known.orders.length > 0 && `${say.ui("orders")} ${known.orders.length} · `}
					{known.cases.length === 0 ? t("cases-none") : t("cases-open", { count: known.history.open })}
				</p>
			)}
		</div>
	);
}

/** The rings as a row of strokes up to the aim; those past it are late, with their figure. */
function Rings({ call, ring, aheadMs }: { call: Call; ring: Waiting["ring"]; aheadMs: number }) {
	const t = useRoomWords(words);
	const now = useNow() + aheadMs;
	const count = Math.max(1, Math.floor((now - Date.parse(call.ringingAt)) / (ring.seconds * 1_000)) + 1);
	const late = count > ring.aim;
	return (
		<p className={late ? "rings rings-late" : "rings"}>
			<span className="rings-strokes" aria-hidden="true">
				{Array.from({ length: ring.aim }, (_, n) => n + 1).map((stroke) => (
					<i key={stroke} className={stroke <= count ? "rung" : ""} />
				))}
			</span>
			<b>{t("rings-now", { count })}</b>
			<span className={late ? "late" : "quiet"}>
				{t(late ? "rings-late" : "rings-aim", { count: ring.aim })}
			</span>
		</p>
	);
}

/** The moment, twice a second. */
export function useNow(): number {
	const [now, setNow] = useState(Date.now);
	useEffect(() => {
		const timer = setInterval(() => setNow(Date.now()), 500);
		return () => clearInterval(timer);
	}, []);
	return now;
}
