import { Button, Skeleton } from "antd";
import type { Problem } from "../api.ts";
import { useSay } from "../words.ts";
import { Icon } from "./icon.tsx";

/** An error says what to do. */
export function Failure({ problem, again }: { problem?: Problem; again?: () => void }) {
	const say = useSay();
	const unreached = !problem || problem.status === 0;
	if (problem?.status === 404) return <NotThere text={problem.title} />;
	const title = problem?.title || (problem && unreached ? say.ui("unreached") : say.ui("error"));
	return (
		<div className="state" role="alert">
			<Icon name="warn" size={24} />
			<p>{title}</p>
			{/* what one may not see stays so, however often one asks */}
			{problem?.status !== 403 && (
				<Button onClick={again ?? (() => location.reload())}>{say.ui("try-again")}</Button>
			)}
		</div>
	);
}

/** Asked for again it would not be there either: the way back. */
export function NotThere({ text }: { text?: string }) {
	const say = useSay();
	return (
		<div className="state" role="alert">
			<Icon name="search" size={24} />
			<p>{text || say.ui("not-there")}</p>
			<Button href="/">{say.ui("to-inbox")}</Button>
		</div>
	);
}

/** While reading: the shape of what will come. */
export function Waiting({ rows = 3 }: { rows?: number }) {
	const say = useSay();
	return (
		<div className="waiting" role="status" aria-label={say.ui("loading")}>
			{Array.from({ length: rows }, (_, n) => `row-${n}`).map((key) => (
				<Skeleton key={key} active title={false} paragraph={{ rows: 2 }} />
			))}
		</div>
	);
}
