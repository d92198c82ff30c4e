import { Button } from "antd";
import type { Obligation } from "#engine/steps/step.ts";
import type { CaseAnswer } from "../../api.ts";
import type { Names } from "../../labels.ts";
import { refusalText } from "../../shown.ts";
import { type RoomWords, useRoomWords } from "../../words.ts";
import type { Open } from "../case.tsx";
import { useWho } from "../who.ts";
import { aboutOf, byDue, DueWords, isFor, keyOf, knownFrom, whoOf } from "./duty.tsx";
import { content } from "./words.yaml";

/** The one thing to do next: mine if there is one that I may do now; its act is the strong button. The rest in a line. */
export function Next({ names, answer, open }: { names: Names; answer: CaseAnswer; open: Open }) {
	const { say } = names;
	const t = useRoomWords(content as RoomWords);
	const who = useWho();
	const may = (one: Obligation) => answer.allowed[one.command] === true;
	const sorted = answer.obligations.toSorted(byDue);
	const focus =
		sorted.find((one) => may(one) && isFor(one, who)) ??
		sorted.find((one) => may(one)) ??
		sorted.find((one) => isFor(one, who)) ??
		sorted[0];
	const others = sorted.filter((one) => one !== focus);
	return (
		<section className={focus ? "panel next" : "panel next next-none"} aria-label={say.ui("next")}>
			{!focus && <p className="quiet">{say.ui("nothing-next")}</p>}
			{focus && <Focus duty={focus} names={names} allowed={answer.allowed[focus.command]} open={open} />}
			{others.length > 0 && (
				<details className="next-others">
					<summary>{t("focus-other", { count: others.length })}</summary>
					<ul>
						{others.map((one) => (
							<Duty
								key={keyOf(names, one)}
								duty={one}
								names={names}
								allowed={answer.allowed[one.command]}
								open={open}
							/>
						))}
					</ul>
				</details>
			)}
		</section>
	);
}

interface DutyProps {
	duty: Obligation;
	names: Names;
	allowed: CaseAnswer["allowed"][string] | undefined;
	open: Open;
}

function Focus({ duty, names, allowed, open }: DutyProps) {
	const { say } = names;
	return (
		<div className="duty duty-strong">
			<Says duty={duty} names={names} allowed={allowed} />
			{allowed === true && (
				<Button type="primary" onClick={() => open(duty.command, knownFrom(duty))}>
					{say.of("commands", duty.command)}
				</Button>
			)}
		</div>
	);
}

/** One thing to be done, with its act where one may do it now. */
export function Duty({ duty, names, allowed, open }: DutyProps) {
	return (
		<li className="duty">
			<Says duty={duty} names={names} allowed={allowed} />
			{allowed === true && (
				<Button size="small" onClick={() => open(duty.command, knownFrom(duty))}>
					{names.say.of("commands", duty.command)}
				</Button>
			)}
		</li>
	);
}

function Says({ duty, names, allowed }: Omit<DutyProps, "open">) {
	const { say } = names;
	const t = useRoomWords(content as RoomWords);
	const about = aboutOf(names, duty);
	const blocks = duty.blocks.map((one) => say.of("steps", one));
	return (
		<div>
			<p className="duty-what">
				{say.of("obligations", duty.what)}
				{about && <span className="quiet"> · {about}</span>}
			</p>
			<p className="duty-who">
				<span>{say.ui("next-by", { who: whoOf(names, duty) })}</span>
				{duty.due && <DueWords names={names} due={duty.due} />}
				{blocks.length > 0 && <span>{t("holds", { steps: blocks })}</span>}
			</p>
			{allowed && allowed !== true && allowed.reason !== "NotAuthorised" && (
				<p className="why-not">{refusalText(names, duty.command, allowed)}</p>
			)}
		</div>
	);
}
