/** Numbers and dates as one reads them out on the phone. */

const DIGITS = "零幺二三四五六七八九";

/** 261123-7K4Q → 二六幺幺二三，七 K 四 Q; in English each letter and figure by itself. */
export function spokenNumber(number: string, language: "zh" | "en"): string {
	const parts = number.split("-").map((part) => {
		const letters = [...part].map((one) =>
			language === "zh" && /\d/.test(one) ? (DIGITS[Number(one)] ?? one) : one,
		);
		return language === "en" ? letters.join(" ") : spacedLatin(letters.join(""));
	});
	return parts.join(language === "zh" ? "，" : ", ");
}

function spacedLatin(text: string): string {
	return text.replaceAll(/[A-Z]/g, " $& ").replaceAll(/\s+/g, " ").trim();
}

/**
 * A due time in words, with the day of the week: 11月30日，星期一，下午6点. Midnight belongs to the day that it ends.
 * @param at instant
 */
export function spokenTime(at: string, zone: string, language: "zh" | "en"): string {
	const clock = new Intl.DateTimeFormat("en-GB", {
		timeZone: zone,
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23",
	});
	const midnight = clock.format(new Date(at)) === "00:00";
	const moment = new Date(midnight ? Date.parse(at) - 1 : at);
	const locale = language === "zh" ? "zh-CN" : "en-GB";
	const day = new Intl.DateTimeFormat(locale, { timeZone: zone, month: "long", day: "numeric" }).format(
		moment,
	);
	const weekday = new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: "long" }).format(moment);
	if (language === "en")
		return midnight ? `the end of ${weekday} ${day}` : `${englishHour(at, zone)} on ${weekday} ${day}`;
	return `${day}，${weekday}，${midnight ? "晚上12点" : chineseHour(at, zone)}`;
}

function partsOf(at: string, zone: string): { hour: number; minute: number } {
	const parts = new Intl.DateTimeFormat("en-GB", {
		timeZone: zone,
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23",
	}).formatToParts(new Date(at));
	const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0);
	return { hour: part("hour"), minute: part("minute") };
}

function chineseHour(at: string, zone: string): string {
	const { hour, minute } = partsOf(at, zone);
	const part = hour < 6 ? "凌晨" : hour < 12 ? "上午" : hour === 12 ? "中午" : hour < 19 ? "下午" : "晚上";
	const minutes = minute === 0 ? "" : minute === 30 ? "半" : `${minute}分`;
	return `${part}${hour > 12 ? hour - 12 : hour}点${minutes}`;
}

function englishHour(at: string, zone: string): string {
	const { hour, minute } = partsOf(at, zone);
	const minutes = minute === 0 ? "" : `:${String(minute).padStart(2, "0")}`;
	return `${hour % 12 === 0 ? 12 : hour % 12}${minutes} ${hour < 12 ? "am" : "pm"}`;
}
