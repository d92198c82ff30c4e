import { type ReactNode, useId, useState } from "react";
import { Icon } from "./icon.tsx";
import { readStored, store } from "./stored.ts";

/** A section that folds to its heading and a brief; the browser remembers which are open. What is folded is not read. */
export function Fold({
	name,
	title,
	brief,
	open: atFirst = false,
	children,
}: {
	/** Under which it is remembered. */
	name: string;
	title: string;
	/** Shown beside the heading, folded or not. */
	brief?: ReactNode;
	open?: boolean;
	children: () => ReactNode;
}) {
	const id = useId();
	const [open, setOpen] = useState(() => (readStored(`fold.${name}`) ?? (atFirst ? "open" : "")) === "open");
	const turn = () => {
		store(`fold.${name}`, open ? "folded" : "open");
		setOpen(!open);
	};
	return (
		<section className={open ? "fold fold-open" : "fold"} id={`side-${name}`}>
			<h2>
				<button type="button" aria-expanded={open} aria-controls={id} onClick={turn}>
					<Icon name="fold" size={16} />
					{title}
					{brief !== undefined && <span className="fold-brief">{brief}</span>}
				</button>
			</h2>
			<div id={id} className="fold-inside">
				{open && children()}
			</div>
		</section>
	);
}
