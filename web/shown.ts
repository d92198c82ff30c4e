import type { Refusal } from "#engine/decision.ts";
import { SHOWN_IN_EVENT, SHOWN_IN_REFUSAL, type Shown } from "#engine/shown.ts";
import type { HistoryEvent } from "./api.ts";
import {
	allegationName,
	bodyName,
	categoryName,
	causeName,
	clockName,
	factName,
	itemName,
	moneyText,
	type Names,
	partyName,
	personName,
	timeText,
} from "./labels.ts";

/** Why something can't be done, in words; a sentence of the command's own goes first. */
export function refusalText(names: Names, command: string, { reason, detail }: Refusal): string {
	const shown: Readonly<Record<string, Shown>> = SHOWN_IN_REFUSAL[reason] ?? {};
	return names.say.of("refusals", `${command}.${reason}`, fillingsFor(names, shown, detail));
}

/** One line of the history. */
export function eventText(names: Names, { type, data }: HistoryEvent): string {
	const known = SHOWN_IN_EVENT as Record<string, Readonly<Record<string, Shown>> | undefined>;
	const shown = known[type] ?? {};
	const own = type === "TrainingAssigned" || type === "VerificationRecorded" ? data : insideOf(data, shown);
	return names.say.of("events", type, fillingsFor(names, shown, own));
}

/** Data to show may lie one level down, as in `{offer: {total}}`. */
function insideOf(
	data: Record<string, unknown>,
	shown: Readonly<Record<string, Shown>>,
): Record<string, unknown> {
	const found: Record<string, unknown> = { ...data };
	for (const key of Object.keys(shown)) {
		if (found[key] !== undefined) continue;
		const holder = Object.values(data).find((one) => isRecord(one) && key in one);
		if (isRecord(holder)) found[key] = holder[key];
	}
	return found;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fillingsFor(names: Names, shown: Readonly<Record<string, Shown>>, data: Record<string, unknown>) {
	return Object.fromEntries(
		Object.entries(shown).map(([key, as]) => {
			const value = data[key];
			if (value === undefined || value === null) return [key, null];
			const write = (one: unknown) => written(names, as, key, one);
			return [key, Array.isArray(value) ? value.map(write) : write(value)];
		}),
	);
}

function written(names: Names, as: Shown, key: string, value: unknown): string {
	const text = String(value);
	const { say } = names;
	switch (as) {
		case "text":
			return text;
		case "instant":
			return timeText(names, text);
		case "money":
			return moneyText(
				say,
				isRecord(value)
					? { amount: Number(value.amount), currency: String(value.currency) }
					: { amount: Number(value), currency: names.pack?.data.head.currency ?? "CNY" },
			);
		case "person":
			return personName(names, text);
		case "party":
			return partyName(names, text);
		case "case":
			return text;
		case "clock":
			return clockName(names, isRecord(value) ? String(value.id) : text);
		case "item":
			return itemName(names, text);
		case "allegation":
			return allegationName(names, text);
		default:
			return wordOf(names, as, key, text);
	}
}

function wordOf(names: Names, as: Shown, key: string, text: string): string {
	const { say } = names;
	switch (as) {
		case "field":
			return say.of("fields", text);
		case "value":
			return say.of("values", `${key}.${text}`);
		case "capability":
			return say.of("capabilities", text);
		case "outcome":
			return say.of("outcomes", text);
		case "sanction":
			return say.of("sanctions", text);
		case "fact":
			return factName(names, text);
		case "category":
			return categoryName(names, text);
		case "cause":
			return causeName(names, text);
		case "body":
			return bodyName(names, text);
		case "training":
			return say.bi(names.pack?.data.improvement.training[text]?.name) || text;
		default:
			return text;
	}
}
