import { type ReactNode, useId } from "react";

/** A question and its answer, with help and what is wrong beside it. */
export function Field({
	label,
	help,
	fault,
	children,
}: {
	label: string;
	help?: string | null;
	fault?: string | null;
	children: (control: { id: string; "aria-describedby": string; "aria-invalid": boolean }) => ReactNode;
}) {
	const id = useId();
	return (
		<div className="p-field">
			<label htmlFor={id}>{label}</label>
			{children({ id, "aria-describedby": `${id}-more`, "aria-invalid": Boolean(fault) })}
			<div id={`${id}-more`}>
				{help && <p className="p-quiet">{help}</p>}
				{fault && <p className="p-fault">{fault}</p>}
			</div>
		</div>
	);
}
