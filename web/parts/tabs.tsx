import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";

interface Tab {
	key: string;
	label: string;
	content: () => ReactNode;
}

/**
 * Subjects side by side, one open; arrow keys go from one to the next.
 * @param open which one, where whoever shows the tabs decides it; else they remember it themselves
 */
export function Tabs({
	tabs,
	label,
	open: given,
	onOpen,
}: {
	tabs: readonly Tab[];
	label: string;
	open?: string;
	onOpen?: (key: string) => void;
}) {
	const [own, setOwn] = useState(tabs[0]?.key ?? "");
	const open = given ?? own;
	const setOpen = onOpen ?? setOwn;
	const id = useId();
	const list = useRef<HTMLDivElement>(null);
	const shown = tabs.find((one) => one.key === open) ?? tabs[0];
	const move = (event: KeyboardEvent) => {
		const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
		if (!step || !shown) return;
		event.preventDefault();
		const next = tabs[(tabs.indexOf(shown) + step + tabs.length) % tabs.length];
		if (!next) return;
		setOpen(next.key);
		list.current?.querySelector<HTMLElement>(`[data-tab="${next.key}"]`)?.focus();
	};
	return (
		<>
			<div className="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={move}>
				{tabs.map((one) => (
					<button
						key={one.key}
						type="button"
						role="tab"
						id={`${id}${one.key}`}
						data-tab={one.key}
						aria-selected={one === shown}
						aria-controls={`${id}panel`}
						tabIndex={one === shown ? 0 : -1}
						onClick={() => setOpen(one.key)}
					>
						{one.label}
					</button>
				))}
			</div>
			<div role="tabpanel" id={`${id}panel`} aria-labelledby={`${id}${shown?.key ?? ""}`}>
				{shown?.content()}
			</div>
		</>
	);
}
