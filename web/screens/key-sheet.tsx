import { Modal } from "antd";
import { useKeysInUse } from "../keys.ts";
import { useSay } from "../words.ts";

/** What the keys do here (`?`). */
export function KeySheet({ onClose }: { onClose: () => void }) {
	const say = useSay();
	const keys = useKeysInUse();
	return (
		<Modal open onCancel={onClose} footer={null} title={say.ui("keys")} width={640}>
			<dl className="keys">
				{keys.map(({ keys: pressed, says }) => (
					<div key={pressed}>
						<dt>
							{pressed.split(">").map((one) => (
								<kbd key={one}>{one.replace("mod", "Ctrl").replaceAll("+", " ")}</kbd>
							))}
						</dt>
						<dd>{says}</dd>
					</div>
				))}
			</dl>
		</Modal>
	);
}
