import { Alert, Button } from "antd";
import type { Problem } from "../api.ts";
import { useSay } from "../words.ts";

/** What went wrong with what was sent, and what to do. */
export function Faults({ problem, onReload }: { problem: Problem; onReload?: () => void }) {
	const say = useSay();
	const stale = problem.reason === "Conflict";
	const count = problem.fields?.length ?? 0;
	const title = problem.status === 0 ? say.ui("offline") : problem.title || say.ui("error");
	return (
		<Alert
			className="gap-after"
			type="warning"
			showIcon
			role="alert"
			title={stale ? say.ui("changed-meanwhile") : title}
			description={count > 0 ? say.ui("check-fields", { count }) : undefined}
			action={
				stale && onReload ? (
					<Button size="small" onClick={onReload}>
						{say.ui("show-update")}
					</Button>
				) : undefined
			}
		/>
	);
}
