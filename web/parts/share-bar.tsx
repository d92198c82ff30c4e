/** Shares that add up to a whole, as one bar: each in the colour of its side, with its name and figure. */
export interface Share {
	name: string;
	percent: number;
	side: "complainant" | "respondent" | "company" | "other";
}

export function ShareBar({ shares, label }: { shares: readonly Share[]; label: string }) {
	return (
		<div className="shares">
			<div
				className="shares-bar"
				role="img"
				aria-label={`${label}: ${shares.map((one) => `${one.name} ${one.percent}%`).join(", ")}`}
			>
				{shares.map((one) => (
					<i key={one.name} className={`side-${one.side}`} style={{ width: `${one.percent}%` }} />
				))}
			</div>
			<ul className="shares-names">
				{shares.map((one) => (
					<li key={one.name} className={`side-${one.side}`}>
						{one.name} {one.percent}%
					</li>
				))}
			</ul>
		</div>
	);
}
