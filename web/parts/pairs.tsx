import type { ReactNode } from "react";

/** Names and what they stand for, one under the other; those without anything are left out. */
export function Pairs({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
	const known = rows.filter(
		([, value]) => value !== null && value !== undefined && value !== "" && value !== false,
	);
	return (
		<dl className="pairs">
			{known.map(([name, value]) => (
				<div key={name}>
					<dt>{name}</dt>
					<dd>{value}</dd>
				</div>
			))}
		</dl>
	);
}
