import type { Names } from "../labels.ts";
import { choicesFor } from "./choices.ts";
import type { Field } from "./schema.ts";
import type { Typed } from "./values.ts";

/** What a form may take for granted, so that it need not be typed: it can be changed. */
export function sensibleFor(type: string, fields: readonly Field[], names: Names): Typed {
	const only = fields.flatMap((field): [string, unknown][] => {
		if (!field.required || (field.kind !== "one" && field.kind !== "many")) return [];
		const choices = choicesFor(type, field.name, names);
		const [choice] = choices ?? [];
		if (choices?.length !== 1 || !choice) return [];
		return [[field.name, field.kind === "many" ? [choice.value] : choice.value]];
	});
	return { ...Object.fromEntries(only), ...usual(type, names) };
}

/** The usual case of a command. */
function usual(type: string, { kase }: Names): Typed {
	const complainant = kase.parties.find((one) => one.side === "complainant")?.id;
	const computed = kase.computations.at(-1);
	const computation = computed?.id;
	switch (type) {
		case "RecordContact":
			return { ...(complainant && { party: complainant }), through: "call" };
		case "SendMessage":
			return complainant ? { to: complainant } : {};
		case "MakeOffer":
			return computation ? { computation } : {};
		case "TakeFinalPosition":
			// where the rules give no money, that nothing is owed is the more likely answer
			return computation && computed.total.amount > 0 ? { computation } : {};
		default:
			return {};
	}
}
