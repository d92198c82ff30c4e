import { wordsFor } from "#engine/filling.ts";
import { formatMoney } from "#engine/money/format.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import type { Trial } from "#engine/packs/try.ts";
import { renderArithmetic } from "#engine/rules/arithmetic.ts";
import type { Hit } from "#engine/rules/evaluate.ts";
import { epochOf, type Instant } from "#engine/time/instant.ts";
import { clockTimeIn } from "#engine/time/wall.ts";
import type { Section, Words } from "#engine/words.ts";

/**
 * What a trial came to, in lines as people write them: names instead of ids, times in the pack's zone, money with its
 * sign. The pack's own words and those of the product are Chinese here, as is whoever keeps a pack.
 */
export function told(pack: LoadedPack, trial: Trial, words: Words): string[] {
	const say = (section: Section, key: string) => wordsFor(words, section, key);
	return [
		categoryLine(pack, trial, say),
		...dueLines(pack, trial),
		...(trial.fault ? [faultLine(pack, trial.fault)] : []),
		...trial.remedies.map((hit) => remedyLine(pack, hit, say)),
		...(trial.remedies.length > 1 && trial.total ? [`合计 ${money(pack, trial.total)}`] : []),
		...(trial.needs.length > 0
			? [`还需知道 ${trial.needs.map((fact) => pack.sheet[fact]?.label.zh ?? fact).join("、")}`]
			: []),
		...(trial.approval ? [`审批 ${say("values", `by.${trial.approval}`)}`] : []),
		...trial.sanctions.map((hit) => sanctionLine(hit, say)),
		...trial.problems.map((problem) => `? ${problem}`),
	];
}

type SayWord = (section: Section, key: string) => string;

function categoryLine(pack: LoadedPack, { category, urgency, severity }: Trial, say: SayWord): string {
	const name = pack.categories.get(category.id)?.name.zh ?? category.id;
	const because = category.because.length > 0 ? `（${category.because.join("、")}）` : "";
	const grade = [urgency && say("values", urgency), severity].filter(Boolean).join(" · ");
	return `类别 ${name}${because} · ${grade}`;
}

function dueLines(pack: LoadedPack, { due }: Trial): string[] {
	const write = dueIn(pack.data.head.zone);
	return pack.data.clocks.clocks.flatMap(({ name, label }) => {
		const at = due[name];
		if (at === undefined) return [];
		return [`时限 ${label.zh}：${at === "none" ? "不计时" : write(at)}`];
	});
}

/** An end at midnight is told as the end of the day before, as people say it. */
function dueIn(zone: string): (at: Instant) => string {
	const day = new Intl.DateTimeFormat("zh-CN", {
		...{ timeZone: zone, year: "numeric", month: "long", day: "numeric", weekday: "short" },
	});
	return (at) => {
		const time = clockTimeIn(at, zone);
		if (time !== "00:00") return `${day.format(new Date(at))} ${time}`;
		return `${day.format(new Date(epochOf(at) - 1))} 24:00`;
	};
}

function faultLine(pack: LoadedPack, hit: Hit): string {
	const shares = Object.entries(hit.values.shares as Record<string, number>).map(
		([seat, percent]) => `${pack.data.head.seats[seat]?.name.zh ?? seat} ${percent}%`,
	);
	const cause = pack.data.responsibility.causes[String(hit.values.cause)]?.zh ?? hit.values.cause;
	return `定责 ${shares.join("、")} · ${cause} · ${source(hit)}`;
}

function remedyLine(pack: LoadedPack, hit: Hit, say: SayWord): string {
	const item = say("items", String(hit.values.item));
	const times = Number(hit.values.count ?? 1) > 1 ? ` ×${hit.values.count}` : "";
	const sum =
		Number(hit.values.amount ?? 0) === 0
			? ""
			: ` ${renderArithmetic(hit.explanation, pack.sheet, "zh", pack.data.head.currency)}`;
	return `方案 ${item}${times}${sum} · ${hit.legal === "owed" ? "赔偿" : "补偿"} · ${source(hit)}`;
}

function sanctionLine(hit: Hit, say: SayWord): string {
	const points = Number(hit.values.points) === 0 ? "" : ` ${hit.values.points} 分`;
	const days = Number(hit.values.days) === 0 ? "" : ` ${hit.values.days} 天`;
	return `信誉 ${say("sanctions", String(hit.values.sanction))}${points}${days} · ${source(hit)}`;
}

function money(pack: LoadedPack, amount: number): string {
	return formatMoney({ amount, currency: pack.data.head.currency }, "zh-CN");
}

function source(hit: Hit): string {
	return `${hit.explanation.table}/${hit.row} · ${hit.explanation.source.ref}`;
}
