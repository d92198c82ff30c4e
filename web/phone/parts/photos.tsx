import { useRef } from "react";
import { Icon, type IconName } from "../../parts/icon.tsx";

/** A tile that opens the camera or the files of the phone. */
export function AddFiles({
	label,
	help,
	accept = "image/*,video/*",
	camera = false,
	icon = accept.startsWith("image") ? "camera" : "plus",
	onFiles,
}: {
	label: string;
	help?: string | undefined;
	accept?: string;
	/** The camera first, for proof of what is there now. */
	camera?: boolean;
	icon?: IconName;
	onFiles: (files: File[]) => void;
}) {
	const input = useRef<HTMLInputElement>(null);
	return (
		<div className="p-slot">
			<button type="button" className="p-button p-wide" onClick={() => input.current?.click()}>
				<Icon name={icon} />
				<span>{label}</span>
			</button>
			{help && <p className="p-quiet">{help}</p>}
			<input
				ref={input}
				type="file"
				hidden
				multiple
				aria-label={label}
				accept={accept}
				{...(camera ? { capture: "environment" as const } : {})}
				onChange={({ currentTarget }) => {
					onFiles([...(currentTarget.files ?? [])]);
					// the same file may be chosen again
					currentTarget.value = "";
				}}
			/>
		</div>
	);
}
