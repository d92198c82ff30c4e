import { type Names, personName, timeText } from "../labels.ts";

/** Who did it, and when. */
export function By({ names, at, by }: { names: Names; at: string; by: string }) {
	return (
		<p className="quiet by">
			{names.say.ui("history-by", { name: personName(names, by), time: timeText(names, at) })}
		</p>
	);
}
