import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

/** A figure that opens exactly the cases it counts; none, and there is nothing to open. */
export function FigureLink({
	to,
	count,
	className,
	label,
	children,
}: {
	to: object;
	count: number;
	className?: string;
	/** What it counts, for those who hear it. */
	label?: string;
	children?: ReactNode;
}) {
	if (count === 0) return <span className={className ?? "quiet"}>{children ?? count}</span>;
	return (
		<Link to="/" search={to} className={className} aria-label={label && `${label} ${count}`}>
			{children ?? count}
		</Link>
	);
}
