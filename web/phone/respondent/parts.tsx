import type { ReactNode } from "react";
import type { Source } from "#engine/rules/table.ts";
import { Icon, type IconName } from "../../parts/icon.tsx";
import { SourceText } from "../../parts/source-text.tsx";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { go, useRoute } from "../route.ts";
import { content } from "./words.yaml";

/** A line that leads on; one that can't be taken says why. */
export function Row({
	icon,
	title,
	more,
	to,
	onClick,
	mark,
}: {
	icon?: IconName;
	title: ReactNode;
	more?: ReactNode;
	to?: string;
	onClick?: () => void;
	mark?: ReactNode;
}) {
	const leads = to !== undefined || onClick !== undefined;
	const inside = (
		<>
			{icon && <Icon name={icon} size={22} />}
			<span className="r-row-text">
				<span>{title}</span>
				{more && <small className="p-quiet">{more}</small>}
			</span>
			{mark}
			{leads && <Icon name="next" />}
		</>
	);
	if (!leads) return <div className="r-row r-row-still">{inside}</div>;
	return (
		<button type="button" className="r-row" onClick={onClick ?? (() => go(to ?? "/m"))}>
			{inside}
		</button>
	);
}

/** Where a rule comes from, to be unfolded; open where it stands in the way. */
export function Ground({ source, open = false }: { source: Source; open?: boolean }) {
	const t = useRoomWords(content as RoomWords);
	return (
		<details className="r-ground" open={open}>
			<summary>{t("ground")}</summary>
			<SourceText text={source.ref} />
		</details>
	);
}

const TABS: readonly { path: string; icon: IconName; word: string }[] = [
	{ path: "/m", icon: "message", word: "tab-answer" },
	{ path: "/m/orders", icon: "box", word: "tab-orders" },
	{ path: "/m/learn", icon: "book", word: "tab-learn" },
	{ path: "/m/score", icon: "star", word: "tab-score" },
];

/** The four rooms, under the thumb. */
export function Rooms({ waiting = 0 }: { waiting?: number }) {
	const t = useRoomWords(content as RoomWords);
	const { path } = useRoute();
	return (
		<nav className="r-tabs" aria-label={t("rooms")}>
			{TABS.map((one) => (
				<button
					key={one.path}
					type="button"
					aria-current={path === one.path ? "page" : undefined}
					onClick={() => go(one.path)}
				>
					<Icon name={one.icon} size={22} />
					<span>{t(one.word)}</span>
					{one.path === "/m" && waiting > 0 && <b className="r-count">{waiting}</b>}
				</button>
			))}
		</nav>
	);
}

/** Points with their sign, as people write them: −3, +1. */
export function signed(points: number): string {
	return points > 0 ? `+${points}` : points < 0 ? `−${-points}` : "0";
}
