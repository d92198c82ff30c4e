import { Button, Form, Upload } from "antd";
import type { Names } from "../labels.ts";

/** The file that goes with a piece of evidence. */
export function FileField({
	names,
	files,
	onChange,
}: {
	names: Names;
	files: File[];
	onChange: (files: File[]) => void;
}) {
	const { say } = names;
	return (
		<Form.Item label={say.of("fields", "file")}>
			<Upload
				beforeUpload={(file) => {
					onChange([file]);
					return false;
				}}
				onRemove={() => onChange([])}
				maxCount={1}
				fileList={files.map((file) => ({
					uid: file.name,
					name: file.name,
					size: file.size,
					status: "done" as const,
				}))}
			>
				<Button>{say.ui("upload")}</Button>
			</Upload>
		</Form.Item>
	);
}
