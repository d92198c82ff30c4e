import { Input } from "antd";
import { useId } from "react";

/** A few lines of text under their label, growing with what is typed. */
export function LabelledText({
	label,
	value,
	onChange,
	least = 1,
	most = 2000,
}: {
	label: string;
	value: string;
	onChange: (value: string) => void;
	/** Lines shown while it is empty. */
	least?: number;
	/** Characters. */
	most?: number;
}) {
	const id = useId();
	return (
		<div className="labelled-text">
			<label htmlFor={id}>{label}</label>
			<Input.TextArea
				id={id}
				value={value}
				maxLength={most}
				autoSize={{ minRows: least, maxRows: least + 6 }}
				onChange={(event) => onChange(event.target.value)}
			/>
		</div>
	);
}
