import { type ReactNode, useEffect, useRef } from "react";
import { Icon } from "../../parts/icon.tsx";
import { useSay } from "../../words.ts";

/** A sheet from below, above everything; the way back and Escape close it. */
export function Sheet({
	title,
	onClose,
	children,
}: {
	title: string;
	onClose: () => void;
	children: ReactNode;
}) {
	const say = useSay();
	const dialog = useRef<HTMLDialogElement>(null);
	useEffect(() => dialog.current?.showModal(), []);
	return (
		<dialog ref={dialog} className="p-sheet" aria-label={title} onClose={onClose}>
			<div className="p-sheet-head">
				<h2>{title}</h2>
				<button type="button" className="p-icon" aria-label={say.ui("close")} onClick={onClose}>
					<Icon name="close" size={22} />
				</button>
			</div>
			{children}
		</dialog>
	);
}
