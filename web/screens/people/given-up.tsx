import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { problemIn } from "../../api.ts";
import { Failure } from "../../parts/states.tsx";
import { useAct } from "./act.ts";
import type { Names } from "./names.ts";
import { type GivenUp, givenUpQuery } from "./queries.ts";

/** What the background gave up: notices, payments, wake-ups. Each can be tried again once its cause is mended. */
export function GivenUpWork({ names }: { names: Names }) {
	const { t, say } = names;
	const list = useInfiniteQuery(givenUpQuery);
	const rows = list.data?.pages.flatMap((page) => page.givenUp) ?? [];
	return (
		<section className="given-up">
			<h2>{t("given-up-title")}</h2>
			{list.isError && <Failure problem={problemIn(list.error)} again={() => list.refetch()} />}
			{list.isSuccess && rows.length === 0 && <p className="quiet">{t("given-up-empty")}</p>}
			{rows.length > 0 && (
				<div className="people-scroll">
					<table className="people-table">
						<thead>
							<tr>
								{["given-up-what", "case", "given-up-why", "attempts"].map((one) => (
									<th scope="col" key={one}>
										{t(one)}
									</th>
								))}
								<th scope="col">
									<span className="unseen">{t("actions")}</span>
								</th>
							</tr>
						</thead>
						<tbody>
							{rows.map((one) => (
								<GivenUpRow key={one.id} names={names} row={one} />
							))}
						</tbody>
					</table>
				</div>
			)}
			{list.hasNextPage && (
				<Button className="more" loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
					{say.ui("more")}
				</Button>
			)}
		</section>
	);
}

const DOES = ["notify", "pay"];

function GivenUpRow({ names, row }: { names: Names; row: GivenUp }) {
	const { t, time } = names;
	const { act, busy, fault } = useAct("given-up");
	const does = row.does && DOES.includes(row.does) ? `does-${row.does}` : `due-${row.kind}`;
	return (
		<tr>
			<th scope="row">
				{t(does)}
				<div className="quiet">{time(row.failedAt)}</div>
			</th>
			<td>
				{row.case && (
					<Link to="/cases/$id" params={{ id: row.case }}>
						{row.number}
					</Link>
				)}
			</td>
			<td>{row.error}</td>
			<td>{t("tries", { count: row.attempts })}</td>
			<td className="people-last">
				<Button
					size="small"
					loading={busy}
					onClick={() =>
						act({
							method: "POST",
							path: `/api/given-up/${encodeURIComponent(row.id)}/retry`,
							done: t("retried"),
						})
					}
				>
					{t("retry")}
				</Button>
				{fault && <p className="fault">{fault}</p>}
			</td>
		</tr>
	);
}
