import { useKeysInUse } from "../keys.ts";
import { Icon } from "../parts/icon.tsx";
import { Pressed } from "../parts/pressed.tsx";
import { useSay } from "../words.ts";

/** As many keys as one takes in at a glance. */
const SHOWN = 9;

/** Beside the list while no case is open: what to do, and the keys that do it. */
export function NoCase() {
	const say = useSay();
	const keys = useKeysInUse().filter((one) => !one.keys.includes(">"));
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
