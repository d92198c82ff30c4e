/** "5月2日 14:10": a time in a message or among the events of an order. */
export function formatInstantPlain(instant: string, zone: string, language: "zh" | "en" = "zh"): string {
	return new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", {
		timeZone: zone,
		month: language === "zh" ? "long" : "short",
		day: "numeric",
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23",
	}).format(new Date(instant));
}
