import { useQuery } from "@tanstack/react-query";
import { type Present, usePresence } from "../live.ts";
import { directoryQuery, sessionQuery } from "../queries.ts";
import { useSay } from "../words.ts";
import { Icon } from "./icon.tsx";

/** So many are shown one by one. */
const SHOWN = 2;

/**
 * Who else has a case open, and who is typing what. In a row only their signs; `long` with names, for the case itself.
 */
export function Presence({ case: id, long = false }: { case: string; long?: boolean }) {
	const say = useSay();
	const own = useQuery(sessionQuery).data?.person ?? null;
	const others = usePresence(id, own);
	const directory = useQuery({ ...directoryQuery, enabled: others.length > 0 }).data;
	if (others.length === 0) return null;
	const name = (one: Present) => directory?.people[one.person]?.alias ?? one.person;
	const said = others.map((one) => doingWords(one, name(one), say)).join(say.language === "zh" ? "，" : ", ");
	return (
		<span className={long ? "present present-long" : "present"} title={said} role="img" aria-label={said}>
			{others.slice(0, SHOWN).map((one) => (
				<span key={one.person} className={one.doing === "typing" ? "present-one typing" : "present-one"}>
					{[...name(one)][0]}
				</span>
			))}
			{others.length > SHOWN && <span className="present-one">+{others.length - SHOWN}</span>}
			{long && (
				<span className="present-words">
					<Icon name="eye" size={16} /> {said}
				</span>
			)}
		</span>
	);
}

function doingWords({ doing, about }: Present, name: string, say: ReturnType<typeof useSay>): string {
	if (doing === "looking") return say.ui("is-looking", { name });
	return about
		? say.ui("is-typing-about", { name, what: say.of("commands", about) })
		: say.ui("is-typing", { name });
}
