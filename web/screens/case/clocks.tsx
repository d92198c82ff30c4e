import { clockName, type Names, partyName, timeText } from "../../labels.ts";
import { bandShape } from "../../parts/band.ts";
import { bandWords } from "../../parts/band-words.ts";
import { Band } from "../../parts/clock-band.tsx";

/** Every clock as a band, those that run first; the law's with a double edge. */
export function Clocks({ names }: { names: Names }) {
	const { say, kase } = names;
	const running = kase.clocks.filter((one) => !one.stopped).toSorted((a, b) => a.due.localeCompare(b.due));
	const stopped = kase.clocks.filter((one) => one.stopped);
	return (
		<section className="panel" aria-labelledby="clocks">
			<h2 id="clocks">{say.ui("clocks")}</h2>
			{kase.clocks.length === 0 && <p className="quiet">{say.ui("empty-clocks")}</p>}
			<ul className="clocks">
				{running.map((one) => (
					<ClockLine key={one.id} names={names} clock={one} />
				))}
			</ul>
			{stopped.length > 0 && (
				<details>
					<summary>{`${say.ui("stopped")} ${stopped.length}`}</summary>
					<ul className="clocks">
						{stopped.map((one) => (
							<ClockLine key={one.id} names={names} clock={one} />
						))}
					</ul>
				</details>
			)}
		</section>
	);
}

function ClockLine({ names, clock }: { names: Names; clock: Names["kase"]["clocks"][number] }) {
	const { say, now } = names;
	const input = {
		startedAt: clock.startedAt,
		due: clock.due,
		pauses: clock.pauses,
		stoppedAt: clock.stopped?.at ?? null,
		now,
	};
	const name = clockName(names, clock.id);
	const open = clock.pauses.find((one) => one.to === null);
	const moved = clock.dues.length > 1;
	return (
		<li>
			<p className="clock-name">
				<span>
					{name} <span className="quiet">{say.of("clockKinds", clock.kind)}</span>
				</span>
				<span className="quiet">{say.ui("due-at", { time: timeText(names, clock.due) })}</span>
			</p>
			<Band {...input} kind={clock.kind} label={name} words={bandWords(bandShape(input), say)} />
			{clock.party && <p className="quiet">{partyName(names, clock.party)}</p>}
			{open && names.texts[open.reason] && (
				<p className="quiet">{say.ui("paused-because", { reason: names.texts[open.reason] ?? null })}</p>
			)}
			{!clock.certain && <p className="quiet">{say.ui("uncertain-due")}</p>}
			{moved && (
				<ul className="clock-dues">
					{clock.dues.map((one) => (
						<li key={one.at}>
							{say.of("values", one.why)} {timeText(names, one.at)} → {timeText(names, one.due)}
						</li>
					))}
				</ul>
			)}
			{clock.rule?.source && <p className="source">{clock.rule.source}</p>}
		</li>
	);
}
