import type { Obligation } from "#engine/steps/step.ts";
import type { Session } from "../../api.ts";
import type { Typed } from "../../form/values.ts";
import {
	allegationName,
	factName,
	holderName,
	itemName,
	type Names,
	partyName,
	personName,
	textOf,
	timeText,
} from "../../labels.ts";
import { spanWords } from "../../parts/band-words.ts";
import { Icon } from "../../parts/icon.tsx";

/** What has to be done, said in words: who, about what, by when. */

/** When it is due and how long that is; red once it is late. */
export function DueWords({ names, due }: { names: Names; due: string }) {
	const { say, now } = names;
	const minutes = (Date.parse(due) - Date.parse(now)) / 60_000;
	const late = minutes <= 0;
	const time = spanWords(Math.abs(minutes), say);
	return (
		<span className={late ? "late" : undefined}>
			<Icon name="clock" size={14} /> {say.ui("due-at", { time: timeText(names, due) })} ·{" "}
			{late ? say.ui("late-by", { time }) : say.ui("due-in", { time })}
		</span>
	);
}

export function whoOf(names: Names, { who }: Obligation): string {
	if ("person" in who) return personName(names, who.person);
	if ("party" in who) return partyName(names, who.party);
	return holderName(names, who.capability);
}

/** Whether it is for this person to do, by themself or by what they may do. */
export function isFor({ who }: Obligation, { person, capabilities }: Session): boolean {
	if ("person" in who) return who.person === person;
	return "capability" in who && capabilities.includes(who.capability);
}

/** What is due first goes first; what has no due time last. */
export function byDue(a: Obligation, b: Obligation): number {
	return (a.due ?? "9").localeCompare(b.due ?? "9");
}

export function keyOf(names: Names, duty: Obligation): string {
	return `${duty.command}${duty.what}${duty.about ?? ""}${whoOf(names, duty)}`;
}

/** Which field of the command what it is about goes into. */
const ABOUT: Record<string, string> = {
	AnswerQuestion: "question",
	DecideCorrection: "correction",
	DecideFinding: "allegation",
	Approve: "approval",
	RatifyApproval: "approval",
	StartItem: "item",
	CompleteItem: "item",
	RetryItem: "item",
	AssignReviewer: "appeal",
	DecideAppeal: "appeal",
	ReplyToBody: "proceeding",
	ReviewSafetyMeasure: "sanction",
	CompleteCorrectiveAction: "action",
	VerifyCorrectiveAction: "action",
	AskQuestion: "party",
	Explain: "party",
	RecordVerification: "fact",
	ClassifyAllegation: "allegation",
};

export function knownFrom({ command, about }: Obligation): Typed {
	const field = ABOUT[command];
	return field && about ? { [field]: about } : {};
}

export function aboutOf(names: Names, { command, about }: Obligation): string {
	if (!about) return "";
	switch (ABOUT[command]) {
		case "allegation":
			return allegationName(names, about);
		case "party":
			return partyName(names, about);
		case "item":
			return itemName(names, about);
		case "fact":
			return factName(names, about);
		case "action":
			return textOf(names, names.kase.improvement.actions.find((one) => one.id === about)?.words);
		default:
			return "";
	}
}
