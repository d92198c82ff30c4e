import { Button } from "antd";
import type { ReactNode } from "react";
import type { Names } from "./names.ts";

/** What is read of a list that comes in pages. */
interface Pages {
	hasNextPage: boolean;
	isFetchingNextPage: boolean;
	fetchNextPage: () => unknown;
}

/** A table of the administrator's whose rows come page by page. */
export function PagedTable({
	names: { t, say },
	heads,
	acts = false,
	pages,
	children,
}: {
	names: Names;
	/** Words of the columns. */
	heads: readonly string[];
	/** A column of buttons at the end. */
	acts?: boolean;
	pages: Pages;
	children: ReactNode;
}) {
	return (
		<>
			<div className="people-scroll">
				<table className="people-table">
					<thead>
						<tr>
							{heads.map((one) => (
								<th scope="col" key={one}>
									{t(one)}
								</th>
							))}
							{acts && (
								<th scope="col">
									<span className="unseen">{t("actions")}</span>
								</th>
							)}
						</tr>
					</thead>
					<tbody>{children}</tbody>
				</table>
			</div>
			{pages.hasNextPage && (
				<Button className="more" loading={pages.isFetchingNextPage} onClick={() => pages.fetchNextPage()}>
					{say.ui("more")}
				</Button>
			)}
		</>
	);
}

/** One thing that may be tried again, at the end of its row. */
export function TryAgain({
	label,
	busy,
	why,
	fault,
	onTry,
}: {
	label: string;
	busy: boolean;
	/** Why it can't be done now. */
	why?: string | undefined;
	fault: string | null;
	onTry: () => void;
}) {
	return (
		<td className="people-last">
			<Button size="small" loading={busy} disabled={why !== undefined} title={why} onClick={onTry}>
				{label}
			</Button>
			{fault && (
				<p className="fault" role="alert">
					{fault}
				</p>
			)}
		</td>
	);
}
