import { lazy, Suspense, useEffect, useState } from "react";
import type { Names } from "../../labels.ts";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { content } from "./words.yaml";

const Adding = lazy(async () => ({ default: (await import("../../steps/evidence/adding.tsx")).Adding }));

/** Files dropped anywhere on the case, or pasted, become evidence; first it is asked whose they are. */
export function EvidenceDrop({ names }: { names: Names }) {
	const t = useRoomWords(content as RoomWords);
	const [files, setFiles] = useState<File[]>([]);
	const [over, setOver] = useState(false);
	useEffect(() => {
		const carries = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
		const drag = (event: DragEvent) => {
			if (!carries(event)) return;
			event.preventDefault();
			setOver(true);
		};
		// leaving the window, not one thing within it for another
		const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
		const drop = (event: DragEvent) => {
			setOver(false);
			if (!carries(event) || event.defaultPrevented) return;
			event.preventDefault();
			setFiles([...(event.dataTransfer?.files ?? [])]);
		};
		const paste = (event: ClipboardEvent) => {
			const pasted = [...(event.clipboardData?.files ?? [])];
			if (pasted.length === 0) return;
			event.preventDefault();
			setFiles(pasted);
		};
		addEventListener("dragover", drag);
		addEventListener("dragleave", leave);
		addEventListener("drop", drop);
		addEventListener("paste", paste);
		return () => {
			removeEventListener("dragover", drag);
			removeEventListener("dragleave", leave);
			removeEventListener("drop", drop);
			removeEventListener("paste", paste);
		};
	}, []);
	return (
		<>
			{over && <div className="drop-here">{t("drop-here")}</div>}
			<Suspense fallback={null}>
				{files.length > 0 && <Adding names={names} preset={{ files }} onClose={() => setFiles([])} />}
			</Suspense>
		</>
	);
}
