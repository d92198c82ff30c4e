import { Button } from "antd";
import { type ReactNode, type RefObject, useRef, useState } from "react";
import { useKey } from "../../keys.ts";
import { Icon } from "../../parts/icon.tsx";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { content } from "./words.yaml";

/** Whether the side panel is shown: by itself as there is room, or as one has chosen. */
export type SideState = "auto" | "open" | "folded";

export interface SidePanel {
	state: SideState;
	place: RefObject<HTMLElement | null>;
	turn: () => void;
	show: () => void;
}

/** The side panel of a case: beside it where there is room, else above it when asked for. Key `p`. */
export function useSidePanel(): SidePanel {
	const t = useRoomWords(content as RoomWords);
	const place = useRef<HTMLElement>(null);
	const [state, setState] = useState<SideState>("auto");
	const isShown = () => (place.current?.getClientRects().length ?? 0) > 0;
	const turn = () => setState(isShown() ? "folded" : "open");
	useKey("p", t("side"), turn);
	return { state, place, turn, show: () => isShown() || setState("open") };
}

export function SideButton({ panel }: { panel: SidePanel }) {
	const t = useRoomWords(content as RoomWords);
	return (
		<Button
			size="small"
			icon={<Icon name="side" size={16} />}
			onClick={panel.turn}
			title={t("side")}
			aria-keyshortcuts="p"
		>
			{t("side")} <kbd>p</kbd>
		</Button>
	);
}

export function SideAside({ panel, children }: { panel: SidePanel; children: ReactNode }) {
	const t = useRoomWords(content as RoomWords);
	return (
		<aside className={`case-side case-side-${panel.state}`} ref={panel.place} aria-label={t("side")}>
			<Button
				className="case-side-close"
				type="text"
				icon={<Icon name="cross" size={16} />}
				aria-label={t("side-close")}
				title={t("side-close")}
				onClick={panel.turn}
			/>
			{children}
		</aside>
	);
}
