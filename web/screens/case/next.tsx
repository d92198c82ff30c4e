import { Button } from "antd";
import type { Obligation } from "#engine/steps/step.ts";
import type { CaseAnswer } from "../../api.ts";
import type { Typed } from "../../form/values.ts";
import {
	allegationName,
	factName,
	holderName,
	itemName,
	type Names,
	partyName,
	personName,
	timeText,
} from "../../labels.ts";
import { spanWords } from "../../parts/band-words.ts";
import { Icon } from "../../parts/icon.tsx";
import { refusalText } from "../../shown.ts";
import type { Open } from "../case.tsx";

/** What must be done next: what, who, until when, what it holds up; the first one that one may do is the strong button. */
export function Next({ names, answer, open }: { names: Names; answer: CaseAnswer; open: Open }) {
	const { say } = names;
	const sorted = answer.obligations.toSorted((a, b) => (a.due ?? "9").localeCompare(b.due ?? "9"));
	const strong = sorted.find((one) => answer.allowed[one.command] === true);
	return (
		<section className="panel next" aria-labelledby="next">
			<h2 id="next">{say.ui("next")}</h2>
			{sorted.length === 0 && <p className="quiet">{say.ui("nothing-next")}</p>}
			<ul>
				{sorted.map((one) => (
					<Duty
						key={`${one.command}${one.what}${one.about ?? ""}${whoOf(names, one)}`}
						duty={one}
						names={names}
						allowed={answer.allowed[one.command]}
						strong={one === strong}
						open={open}
					/>
				))}
			</ul>
		</section>
	);
}

function Duty({
	duty,
	names,
	allowed,
	strong,
	open,
}: {
	duty: Obligation;
	names: Names;
	allowed: CaseAnswer["allowed"][string] | undefined;
	strong: boolean;
	open: Open;
}) {
	const { say } = names;
	const about = aboutOf(names, duty);
	const blocks = duty.blocks.map((one) => say.of("steps", one));
	return (
		<li className={strong ? "duty duty-strong" : "duty"}>
			<div>
				<p className="duty-what">
					{say.of("obligations", duty.what)}
					{about && <span className="quiet"> · {about}</span>}
				</p>
				<p className="duty-who">
					{say.ui("next-by", { who: whoOf(names, duty) })}
					{duty.due && <DueWords names={names} due={duty.due} />}
					{blocks.length > 0 && <span> · {say.ui("blocks", { steps: blocks })}</span>}
				</p>
				{allowed && allowed !== true && allowed.reason !== "NotAuthorised" && (
					<p className="why-not">{refusalText(names, duty.command, allowed)}</p>
				)}
			</div>
			{allowed === true && (
				<Button type={strong ? "primary" : "default"} onClick={() => open(duty.command, knownFrom(duty))}>
					{say.of("commands", duty.command)}
				</Button>
			)}
		</li>
	);
}

/** When it is due and how long that is; red once it is late. */
function DueWords({ names, due }: { names: Names; due: string }) {
	const { say, now } = names;
	const minutes = (Date.parse(due) - Date.parse(now)) / 60_000;
	const late = minutes <= 0;
	const time = spanWords(Math.abs(minutes), say);
	return (
		<span className={late ? "late" : ""}>
			{" · "}
			<Icon name="clock" size={14} /> {say.ui("due-at", { time: timeText(names, due) })}{" "}
			{late ? say.ui("late-by", { time }) : say.ui("due-in", { time })}
		</span>
	);
}

function whoOf(names: Names, { who }: Obligation): string {
	if ("person" in who) return personName(names, who.person);
	if ("party" in who) return partyName(names, who.party);
	return holderName(names, who.capability);
}

/** Which field of the command what it is about goes into. */
const ABOUT: Record<string, string> = {
	AnswerQuestion: "question",
	DecideFinding: "allegation",
	AcceptOffer: "offer",
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

function knownFrom({ command, about }: Obligation): Typed {
	const field = ABOUT[command];
	return field && about ? { [field]: about } : {};
}

function aboutOf(names: Names, { command, about }: Obligation): string {
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
		default:
			return "";
	}
}
