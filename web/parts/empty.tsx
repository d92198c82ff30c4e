import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";

/** An empty thing says what to do; on the desk and on the phones. */
export function Empty({
	text,
	icon = "check",
	children,
}: {
	text: string;
	icon?: IconName;
	children?: ReactNode;
}) {
	return (
		<div className="state">
			<Icon name={icon} size={24} />
			<p>{text}</p>
			{children}
		</div>
	);
}
