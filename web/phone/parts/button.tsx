import type { ButtonHTMLAttributes } from "react";

/** 44 px high at least. Strong: the one act of a screen. A disabled one says why beneath it. */
export function Button({
	strong = false,
	busy = false,
	why,
	children,
	...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { strong?: boolean; busy?: boolean; why?: string | null }) {
	return (
		<>
			<button
				type="button"
				{...rest}
				className={strong ? "p-button p-button-strong" : "p-button"}
				aria-busy={busy}
				disabled={busy || rest.disabled || Boolean(why)}
			>
				{children}
			</button>
			{why && <p className="p-why">{why}</p>}
		</>
	);
}
