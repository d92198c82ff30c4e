import type { Case } from "#engine/case.ts";
import type { Names } from "../../labels.ts";
import { bandShape } from "../../parts/band.ts";
import { bandWords } from "../../parts/band-words.ts";
import { Band, type BandKind } from "../../parts/clock-band.tsx";

/** The clock of one matter as a band: by its own clock where it has one, else from when it was asked until it is due. */
export function DueBand({
	names,
	about,
	since,
	due,
	kind = "internal",
	label,
}: {
	names: Names;
	about: string;
	since: string;
	due: string | null;
	kind?: BandKind;
	label: string;
}) {
	const { say, kase, now } = names;
	const clock = clockOf(kase, about);
	if (!clock && !due) return <span className="quiet">{say.ui("no-due")}</span>;
	const input = {
		startedAt: clock?.startedAt ?? since,
		due: clock?.due ?? due ?? now,
		pauses: clock?.pauses ?? [],
		stoppedAt: null,
		now,
	};
	return (
		<Band {...input} kind={clock?.kind ?? kind} label={label} words={bandWords(bandShape(input), say)} />
	);
}

function clockOf(kase: Case, about: string): Case["clocks"][number] | null {
	return kase.clocks.find((one) => one.party === about && !one.stopped) ?? null;
}
