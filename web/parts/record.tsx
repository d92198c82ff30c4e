import type { ReactNode } from "react";

/** One record of a case: what it is, in which state, and what belongs to it. */
export function Record({
	title,
	state,
	side = "company",
	internal = false,
	children,
}: {
	title: ReactNode;
	state?: ReactNode;
	side?: string;
	/** Never goes out: its own ground and a dashed edge. */
	internal?: boolean;
	children?: ReactNode;
}) {
	return (
		<article className={`entry entry-${side} ${internal ? "internal" : ""}`}>
			<h3>
				{title} {state && <span className="tag">{state}</span>}
			</h3>
			{children}
		</article>
	);
}

/** A heading with its records, or what to do when there are none. */
export function Records({
	title,
	empty,
	children,
	act,
}: {
	title: string;
	empty: string | null;
	children?: ReactNode;
	act?: ReactNode;
}) {
	return (
		<section className="records-of">
			<h2>
				{title} {act}
			</h2>
			{empty !== null && <p className="quiet">{empty}</p>}
			{children}
		</section>
	);
}
