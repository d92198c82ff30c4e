import { TRACKS } from "#engine/steps/names.ts";
import type { CaseAnswer } from "../../api.ts";
import type { Names } from "../../labels.ts";

/** The four tracks and their steps: a mark for how each stands, its name beneath. */
export function Road({ names, standings }: { names: Names; standings: CaseAnswer["standings"] }) {
	const { say, kase } = names;
	return (
		<section className="road" aria-label={say.ui("progress")}>
			{TRACKS.map((track) => (
				<div className={`track track-${track}`} key={track}>
					<h2>{say.of("tracks", track)}</h2>
					<ol>
						{standings
							.filter((one) => one.track === track)
							.map(({ step, standing }) => (
								<li key={step} className={`step step-${standing}`} title={kase.skipped[step]?.why}>
									<Mark standing={standing} />
									<span className="step-name">{say.of("steps", step)}</span>
									<span className="step-standing">{say.of("standings", standing)}</span>
								</li>
							))}
					</ol>
				</div>
			))}
		</section>
	);
}

/** Done: full with a tick. Open: half. Waiting: empty. Not needed: a dash. */
function Mark({ standing }: { standing: string }) {
	return (
		<svg className="mark" width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
			{standing === "not-needed" ? (
				<path d="M5 10h10" className="mark-line" />
			) : (
				<circle cx="10" cy="10" r="7" className="mark-ring" />
			)}
			{standing === "open" && <path d="M10 3a7 7 0 0 1 0 14z" className="mark-fill" />}
			{standing === "done" && <path d="M6.5 10.2 9 12.7l4.7-5" className="mark-tick" />}
		</svg>
	);
}
