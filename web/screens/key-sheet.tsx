import { Modal } from "antd";
import { useKeysInUse } from "../keys.ts";
import { Pressed } from "../parts/pressed.tsx";
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
							<Pressed keys={pressed} />
						</dt>
						<dd>{says}</dd>
					</div>
				))}
			</dl>
		</Modal>
	);
}
