import { useKeysInUse } from "../keys.ts";
import { Icon } from "../parts/icon.tsx";
import { Pressed } from "../parts/pressed.tsx";
import { useSay } from "../words.ts";

/** What one does first stands first; as many as one takes in at a glance. */
const ORDER = ["j", "k", "o", "shift+o", "/", "mod+k", "shift+x", "?"];
const SHOWN = 8;

/** Beside the list while no case is open: what to do, and the keys that do it. */
export function NoCase() {
	const say = useSay();
	const place = (pressed: string) => (ORDER.includes(pressed) ? ORDER.indexOf(pressed) : ORDER.length);
	const keys = useKeysInUse()
		.filter((one) => !one.keys.includes(">"))
		.sort((one, other) => place(one.keys) - place(other.keys));
	return (
		<div className="no-case">
			<Icon name="file" size={24} />
			<p>{say.ui("choose-a-case")}</p>
			<dl className="keys">
				{keys.slice(0, SHOWN).map(({ keys: pressed, says }) => (
					<div key={pressed}>
						<dt>
							<Pressed keys={pressed} />
						</dt>
						<dd>{says}</dd>
					</div>
				))}
			</dl>
		</div>
	);
}
