import { Alert, App, Button, Input, Modal } from "antd";
import { useRoomWords, useSay } from "../../words.ts";
import { words } from "./words.ts";

/** Something secret that is shown this once: to be copied before it is gone. */
export function Once({ title, secret, onClose }: { title: string; secret: string; onClose: () => void }) {
	const t = useRoomWords(words);
	const say = useSay();
	const { message } = App.useApp();
	const copy = async () => {
		await navigator.clipboard.writeText(secret);
		message.success(t("copied"));
	};
	return (
		<Modal
			open
			title={title}
			onCancel={onClose}
			mask={{ closable: false }}
			footer={[
				<Button key="close" onClick={onClose}>
					{say.ui("close")}
				</Button>,
				<Button key="copy" type="primary" onClick={copy}>
					{t("copy")}
				</Button>,
			]}
		>
			<Alert type="warning" showIcon title={t("once")} className="gap-after" />
			<Input
				className="once"
				readOnly
				value={secret}
				aria-label={title}
				onFocus={({ target }) => target.select()}
			/>
		</Modal>
	);
}
