import { Form } from "antd";
import { type KeyboardEvent, useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from "react";
import { categoryName, moneyText } from "../labels.ts";
import type { PackAnswer } from "../pack.ts";
import { Icon } from "../parts/icon.tsx";
import { minorOf } from "../parts/money.ts";
import { formatInstant, instantOf } from "../parts/time.ts";
import { ZONE } from "../screens/who.ts";
import { type Say, useRoomWords, useSay } from "../words.ts";
import type { Filing as Typed } from "./intake-filing.ts";
import { keyOf, type Offered, offeredFrom, type Sides, taking } from "./intake-picks.ts";
import { words } from "./intake-words.ts";
import { pickFacts } from "./picked-facts.ts";

/** Facts picked out of the words while they are typed, each to be taken or ignored by key. */
export function Chips({ pack }: { pack: PackAnswer }) {
	const t = useRoomWords(words);
	const form = Form.useFormInstance<Typed>();
	const typed = Form.useWatch([], form) as Typed | undefined;
	const [ignored, setIgnored] = useState<ReadonlySet<string>>(new Set());
	const row = useRef<HTMLUListElement>(null);
	const offered = useOffered(pack, typed, ignored);
	/** Where the focus goes once what was taken or ignored has left the row. */
	const next = useRef<number | null>(null);
	const shown = offered.map((one) => keyOf(one.picked)).join("\n");
	// biome-ignore lint/correctness/useExhaustiveDependencies: when the row has changed, not before
	useLayoutEffect(() => {
		if (next.current === null) return;
		const left = row.current?.querySelectorAll<HTMLElement>(".chip-take") ?? [];
		(left[Math.min(next.current, left.length - 1)] ?? document.getElementById("verbatim"))?.focus();
		next.current = null;
	}, [shown]);
	const take = ({ picked, target }: Offered, place: number) => {
		form.setFieldsValue(taking(picked, target, form.getFieldsValue(true) as Typed));
		next.current = place;
	};
	const ignore = ({ picked }: Offered, place: number) => {
		setIgnored(new Set([...ignored, keyOf(picked)]));
		next.current = place;
	};
	return (
		<div className="chips" aria-live="polite">
			{offered.length === 0 ? (
				<p className="quiet">{t("picked-none")}</p>
			) : (
				<>
					<ul ref={row} aria-label={t("picked")}>
						{offered.map((one, place) => (
							<Chip
								key={keyOf(one.picked)}
								offered={one}
								pack={pack}
								onTake={() => take(one, place)}
								onIgnore={() => ignore(one, place)}
							/>
						))}
					</ul>
					<p className="quiet chips-how">{t("picked-how")}</p>
				</>
			)}
		</div>
	);
}

function useOffered(pack: PackAnswer, typed: Typed | undefined, ignored: ReadonlySet<string>): Offered[] {
	const say = useSay();
	const said = useDeferredValue(typed?.verbatim ?? "");
	const { words: own, seats } = pack.data.head;
	const plateWord = own.plate?.[say.language] ?? "";
	const picked = useMemo(
		() =>
			pickFacts(said, {
				now: new Date().toISOString(),
				zone: ZONE,
				plateWord,
				categories: new Map(
					pack.data.categories.categories.map(({ id, keywords = [] }) => [id, { id, keywords }]),
				),
			}),
		[said, plateWord, pack],
	);
	const sides: Sides = Object.fromEntries(Object.entries(seats).map(([seat, { side }]) => [seat, side]));
	return typed ? offeredFrom(picked, typed, sides, ignored) : [];
}

function Chip({
	offered: { picked, replaces },
	pack,
	onTake,
	onIgnore,
}: {
	offered: Offered;
	pack: PackAnswer;
	onTake: () => void;
	onIgnore: () => void;
}) {
	const say = useSay();
	const t = useRoomWords(words);
	const what = t(`kind-${picked.kind}`);
	const value = shownValue(picked.kind, picked.value, pack, say);
	const about = picked.rough ? `${t("about")} ` : "";
	const now = replaces && shownValue(picked.kind, replaces, pack, say);
	const keys = (event: KeyboardEvent<HTMLElement>) => {
		if (event.key === "Delete" || event.key === "Backspace") {
			event.preventDefault();
			onIgnore();
		}
		if (event.key === "ArrowRight" || event.key === "ArrowLeft") beside(event);
	};
	return (
		<li className="chip">
			<button
				type="button"
				className="chip-take"
				onClick={onTake}
				onKeyDown={keys}
				title={t(replaces ? "take-instead" : "take", { what, value: `${about}${value}`, now })}
			>
				<Icon name="plus" size={14} />
				<span className="chip-what">{what}</span>
				<span>
					{about}
					{value}
				</span>
				{replaces && <span className="chip-what">{t("instead", { now })}</span>}
			</button>
			<button
				type="button"
				tabIndex={-1}
				className="chip-ignore"
				onClick={onIgnore}
				aria-label={t("ignore", { value })}
			>
				<Icon name="minus" size={14} />
			</button>
		</li>
	);
}

/** Arrow keys go from chip to chip. */
function beside(event: KeyboardEvent<HTMLElement>): void {
	const all = [...(event.currentTarget.closest("ul")?.querySelectorAll<HTMLElement>(".chip-take") ?? [])];
	const step = event.key === "ArrowRight" ? 1 : -1;
	all[all.indexOf(event.currentTarget) + step]?.focus();
}

function shownValue(kind: string, value: string, pack: PackAnswer, say: Say): string {
	if (kind === "time") {
		const at = instantOf(value, ZONE);
		return at ? formatInstant(at, ZONE, say.language, new Date().toISOString()) : value;
	}
	if (kind === "amount") {
		const amount = minorOf(value);
		return amount === null ? value : moneyText(say, { amount, currency: pack.data.head.currency });
	}
	return kind === "category" ? categoryName({ say, pack }, value) : value;
}
