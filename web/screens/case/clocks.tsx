import { clockName, type Names, partyName, timeText } from "../../labels.ts";
import { type BandInput, bandShape } from "../../parts/band.ts";
import { bandWords } from "../../parts/band-words.ts";
import { Band } from "../../parts/clock-band.tsx";
import { SourceText } from "../../parts/source-text.tsx";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { content } from "./words.yaml";

type Clock = Names["kase"]["clocks"][number];

/** Those that run, the one that ends first first. */
export function runningOf({ kase }: Names): Clock[] {
	return kase.clocks.filter((one) => !one.stopped).toSorted((a, b) => a.due.localeCompare(b.due));
}

export function bandInput({ now }: Names, { startedAt, due, pauses, stopped }: Clock): BandInput {
	return { startedAt, due, pauses, stoppedAt: stopped?.at ?? null, now };
}

/** Every clock as a band, those that run first; the law's with a double edge. */
export function Clocks({ names }: { names: Names }) {
	const { say, kase } = names;
	const stopped = kase.clocks.filter((one) => one.stopped);
	return (
		<>
			{kase.clocks.length === 0 && <p className="quiet">{say.ui("empty-clocks")}</p>}
			<ul className="clocks">
				{runningOf(names).map((one) => (
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
		</>
	);
}

function ClockLine({ names, clock }: { names: Names; clock: Clock }) {
	const { say } = names;
	const input = bandInput(names, clock);
	const name = clockName(names, clock.id);
	const moved = clock.dues.length > 1;
	// an approval's clock runs for a level, not for a party
	const party = names.kase.parties.find((one) => one.id === clock.party);
	return (
		<li>
			<p className="clock-name">
				<span>
					{name} <span className="quiet">{say.of("clockKinds", clock.kind)}</span>
				</span>
				<span className="quiet">{say.ui("due-at", { time: timeText(names, clock.due) })}</span>
			</p>
			<Band {...input} kind={clock.kind} label={name} words={bandWords(bandShape(input), say)} />
			{party && <p className="quiet">{partyName(names, party.id)}</p>}
			<Pauses names={names} clock={clock} />
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
			{clock.rule?.source && <SourceText text={clock.rule.source} />}
		</li>
	);
}

/** Each stretch in which the clock stood still, and why. */
function Pauses({ names, clock }: { names: Names; clock: Clock }) {
	const t = useRoomWords(content as RoomWords);
	if (clock.pauses.length === 0) return null;
	return (
		<ul className="clock-dues">
			{clock.pauses.map(({ from, to, reason }) => (
				<li key={from}>
					{to
						? t("pause-was", { from: timeText(names, from), to: timeText(names, to) })
						: t("pause-open", { from: timeText(names, from) })}
					{names.texts[reason] && ` · ${t("why-paused", { reason: names.texts[reason] ?? null })}`}
				</li>
			))}
		</ul>
	);
}
