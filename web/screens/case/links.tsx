import "./links.css";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Popconfirm } from "antd";
import { useState } from "react";
import { ask, problemIn } from "../../api.ts";
import { type Names, personName, timeText } from "../../labels.ts";
import { Faults } from "../../parts/faults.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { content } from "./words.yaml";

interface LinkShown {
	id: string;
	party: string;
	madeAt: string;
	madeBy: string | null;
	expiresAt: string;
	confirmedAt: string | null;
	openedAt: string | null;
	readAt: string | null;
	revokedAt: string | null;
	revokedBy: string | null;
}

/** The links by which a party follows their case: opened or not, and by whom; to be withdrawn, or sent anew. */
export function Links({ names, party }: { names: Names; party: string }) {
	const t = useRoomWords(content as RoomWords);
	const [open, setOpen] = useState(false);
	return (
		<div className="links">
			<Button size="small" type="text" aria-expanded={open} onClick={() => setOpen(!open)}>
				{t("links")}
			</Button>
			{open && <List names={names} party={party} />}
		</div>
	);
}

function List({ names, party }: { names: Names; party: string }) {
	const t = useRoomWords(content as RoomWords);
	const queries = useQueryClient();
	const path = `/api/cases/${names.kase.id}/links`;
	const query = { queryKey: ["links", names.kase.id] };
	const links = useQuery({ ...query, queryFn: () => ask<{ links: LinkShown[] }>("GET", path) });
	const changing = useMutation({
		mutationFn: ({ to, body }: { to: string; body: object }) => ask("POST", to, { party, ...body }),
		onSettled: () =>
			Promise.all([
				queries.invalidateQueries(query),
				queries.invalidateQueries({ queryKey: ["notices", names.kase.id] }),
			]),
	});
	if (links.isPending) return <Waiting />;
	if (links.isError) return <Failure problem={problemIn(links.error)} again={() => void links.refetch()} />;
	const own = links.data.links.filter((one) => one.party === party);
	const good = own.filter((one) => stateOf(one, names.now) === "good");
	const withdraw = (link?: string) => changing.mutate({ to: `${path}/withdraw`, body: link ? { link } : {} });
	return (
		<>
			{own.length === 0 && <p className="quiet">{t("links-none")}</p>}
			<ul>
				{own.map((one) => (
					<li key={one.id} className={stateOf(one, names.now) === "good" ? "link" : "link link-over"}>
						<LinkWords names={names} link={one} />
						{stateOf(one, names.now) === "good" && (
							<Button size="small" type="text" disabled={changing.isPending} onClick={() => withdraw(one.id)}>
								{t("link-withdraw")}
							</Button>
						)}
					</li>
				))}
			</ul>
			<p className="links-acts">
				<Button
					size="small"
					loading={changing.isPending}
					onClick={() => changing.mutate({ to: path, body: {} })}
				>
					{t("link-send")}
				</Button>
				<Popconfirm
					title={t("links-withdraw-sure")}
					okText={t("links-withdraw-send")}
					onConfirm={() => changing.mutate({ to: path, body: { withdraw: true } })}
				>
					<Button size="small" disabled={changing.isPending || good.length === 0}>
						{t("links-withdraw")}
					</Button>
				</Popconfirm>
			</p>
			{changing.isSuccess && (
				<p className="quiet" role="status">
					{t("links-done")}
				</p>
			)}
			{changing.isError && <Faults problem={problemIn(changing.error)} />}
		</>
	);
}

function stateOf({ revokedAt, expiresAt }: LinkShown, now: string): "good" | "revoked" | "expired" {
	if (revokedAt) return "revoked";
	return expiresAt <= now ? "expired" : "good";
}

function LinkWords({ names, link }: { names: Names; link: LinkShown }) {
	const t = useRoomWords(content as RoomWords);
	const time = (at: string) => timeText(names, at);
	const by = (who: string) =>
		names.kase.parties.some((one) => one.id === who) ? t("link-by-self") : personName(names, who);
	const state = stateOf(link, names.now);
	return (
		<div>
			<div>
				{time(link.madeAt)} ·{" "}
				{link.madeBy ? t("link-made-by", { who: by(link.madeBy) }) : t("link-by-notice")}
			</div>
			<div className="quiet">
				{state === "revoked" &&
					link.revokedAt &&
					t("link-revoked", { time: time(link.revokedAt), who: link.revokedBy ? by(link.revokedBy) : "" })}
				{state === "expired" && t("link-expired", { time: time(link.expiresAt) })}
				{state === "good" && t("link-until", { time: time(link.expiresAt) })}
			</div>
			<div className="quiet">
				{link.confirmedAt ? t("link-confirmed", { time: time(link.confirmedAt) }) : t("link-unconfirmed")}
				{link.openedAt && ` · ${t("link-opened", { time: time(link.openedAt) })}`}
				{!link.openedAt && !link.readAt && ` · ${t("link-never")}`}
			</div>
			{link.readAt && <div className="link-read">{t("link-read", { time: time(link.readAt) })}</div>}
		</div>
	);
}
