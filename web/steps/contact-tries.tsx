import { dayOf } from "#engine/time/instant.ts";
import { clockTimeIn } from "#engine/time/wall.ts";
import { content } from "../form/words.yaml";
import type { Names } from "../labels.ts";
import { type RoomWords, useRoomWords } from "../words.ts";

/** How often a party was tried, how often they may be, and when not: law 8 as the pack has it. */
export function ContactTries({ names, party }: { names: Names; party: string | null }) {
	const t = useRoomWords(content as RoomWords);
	const { kase, pack, zone, now } = names;
	const one = kase.parties.find((known) => known.id === party);
	if (!pack || one?.side !== "complainant") return null;
	const { perDay, inAll, quiet, unreachable } = pack.data.contact;
	if (inAll === 0) return null;
	const tries = kase.contacts.filter((made) => made.party === one.id && made.outcome !== "reached");
	const today = tries.filter((made) => dayOf(made.at, zone) === dayOf(now, zone)).length;
	const [from, to] = quiet;
	const hours = { from, to };
	const full = today >= perDay || tries.length >= inAll;
	return (
		<ul className="tries">
			<li className={full ? "tries-now" : ""}>{t("tries", { today, perDay, all: tries.length, inAll })}</li>
			{isQuiet(clockTimeIn(now, zone), quiet) ? (
				<li className="tries-now">{t("quiet-now", hours)}</li>
			) : (
				<li>{t("quiet", hours)}</li>
			)}
			<li>{t("unreachable-after", { count: unreachable.attempts })}</li>
		</ul>
	);
}

function isQuiet(time: string, [from, to]: readonly [string, string]): boolean {
	return from < to ? time >= from && time < to : time >= from || time < to;
}
