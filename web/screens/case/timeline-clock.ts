import { useMemo } from "react";
import type { Names } from "../../labels.ts";
import type { RoomWords } from "../../words.ts";
import { content } from "./composer/words.yaml";

/** Days and times of many entries: the formats are made once. */
export function useTimelineClock({ say, zone, now }: Pick<Names, "say" | "zone" | "now">) {
	// the clock moves every half minute, the day does not
	const hour = now.slice(0, 13);
	return useMemo(() => {
		const t = (key: string) => say.room(content as RoomWords, key);
		const locale = say.language === "zh" ? "zh-CN" : "en-GB";
		const day = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
		const time = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
		const heading = new Intl.DateTimeFormat(locale, {
			timeZone: "UTC",
			month: "long",
			day: "numeric",
			weekday: "short",
		});
		const dayOf = (at: string) => day.format(new Date(at));
		const here = dayOf(`${hour}:00:00Z`);
		const before = dayOf(new Date(Date.parse(`${hour}:00:00Z`) - 86_400_000).toISOString());
		return {
			dayOf,
			timeOf: (at: string) => time.format(new Date(at)),
			dayWords: (of: string) => {
				const words = heading.format(new Date(`${of}T00:00:00Z`));
				if (of === here) return `${words} · ${t("today")}`;
				return of === before ? `${words} · ${t("yesterday")}` : words;
			},
		};
	}, [zone, hour, say]);
}
