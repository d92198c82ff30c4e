import { Modal } from "antd";
import { type KeyInUse, useKeysInUse } from "../keys.ts";
import { Pressed } from "../parts/pressed.tsx";
import { useSay } from "../words.ts";

/** What the keys do here (`?`). */
export function KeySheet({ onClose }: { onClose: () => void }) {
	const say = useSay();
	const keys = useKeysInUse();
	const leads = ({ keys: pressed }: KeyInUse) => pressed.includes(">");
	return (
		<Modal open onCancel={onClose} footer={null} title={say.ui("keys")} width={720}>
			<div className="key-sheet">
				<Keys title={say.ui("keys-here")} keys={keys.filter((one) => !leads(one))} />
				<Keys title={say.ui("keys-lead")} keys={keys.filter(leads)} />
			</div>
		</Modal>
	);
}

function Keys({ title, keys }: { title: string; keys: readonly KeyInUse[] }) {
	return (
		<section>
			<h2>{title}</h2>
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
		</section>
	);
}
