import { useInfiniteQuery } from "@tanstack/react-query";
import { problemIn } from "../../api.ts";
import { Failure } from "../../parts/states.tsx";
import { useAct } from "./act.ts";
import { CaseNumber } from "./case-number.tsx";
import { faultName } from "./fault-name.ts";
import type { Names } from "./names.ts";
import { PagedTable, TryAgain } from "./paged-table.tsx";
import { type GivenUp, givenUpQuery } from "./queries.ts";

/** What the background gave up: notices, payments, wake-ups. Each can be tried again once its cause is mended. */
export function GivenUpWork({ names }: { names: Names }) {
	const { t } = names;
	const list = useInfiniteQuery(givenUpQuery);
	const rows = list.data?.pages.flatMap((page) => page.givenUp) ?? [];
	return (
		<section className="given-up">
			<h2>{t("given-up-title")}</h2>
			{list.isError && <Failure problem={problemIn(list.error)} again={() => list.refetch()} />}
			{list.isSuccess && rows.length === 0 && <p className="quiet">{t("given-up-empty")}</p>}
			{rows.length > 0 && (
				<PagedTable
					names={names}
					heads={["given-up-what", "case", "given-up-why", "attempts"]}
					acts
					pages={list}
				>
					{rows.map((one) => (
						<GivenUpRow key={one.id} names={names} row={one} />
					))}
				</PagedTable>
			)}
		</section>
	);
}

const DOES = ["notify", "pay"];

function GivenUpRow({ names, row }: { names: Names; row: GivenUp }) {
	const { t, time } = names;
	const { act, busy, fault } = useAct("given-up");
	const does = row.does && DOES.includes(row.does) ? `does-${row.does}` : `due-${row.kind}`;
	const path = `/api/given-up/${encodeURIComponent(row.id)}/retry`;
	return (
		<tr>
			<th scope="row">
				{t(does)}
				<div className="quiet">{time(row.failedAt)}</div>
			</th>
			<td>{row.case && <CaseNumber id={row.case} number={row.number} />}</td>
			<td>
				{row.error && faultName(t, row.error)}
				{row.error && faultName(t, row.error) !== row.error && <div className="quiet">{row.error}</div>}
			</td>
			<td>{t("tries", { count: row.attempts })}</td>
			<TryAgain
				label={t("retry")}
				busy={busy}
				fault={fault}
				onTry={() => act({ method: "POST", path, done: t("retried") })}
			/>
		</tr>
	);
}
