import { Form } from "antd";
import type { StepName } from "#engine/steps/names.ts";
import type { CommandInfo } from "../api.ts";
import type { Names } from "../labels.ts";
import { ContactTries } from "../steps/contact-tries.tsx";
import { TalkTrack } from "../steps/talk-track.tsx";
import { PreviewPane } from "./preview.tsx";
import { fieldsOf } from "./schema.ts";
import type { Typed } from "./values.ts";

/** Beside a form: what to say, where one speaks with somebody; and what will go out, where something does. */

/** Commands by which one speaks with somebody, and the step whose words fit. */
const SPOKEN: Record<string, StepName> = {
	RecordContact: "contact",
	SettleOnTheSpot: "intake",
	RecordUrging: "intake",
	AskQuestion: "investigation",
	NotifyFinding: "responsibility",
	MakeOffer: "remedy",
	DeclineOffer: "remedy",
	CounterOffer: "remedy",
	Confirm: "closure",
	RecordConfirmationAttempt: "closure",
	RecordFollowUp: "follow-up",
	RequestApproval: "approval",
	ReceiveFromBody: "proceedings",
};
/** Commands that tell somebody something. */
const TELLING = new Set([
	"GradeCase",
	"ClaimCase",
	"SendMessage",
	"AskQuestion",
	"NotifyFinding",
	"MakeOffer",
	"AcceptOffer",
	"TakeFinalPosition",
	"CloseCase",
	"SettleOnTheSpot",
	"ReopenCase",
	"IssueTerminationNotice",
	"DecideAppeal",
	"AskSupplement",
	"ReplyToBody",
	"OpenProceeding",
	"ExtendPromise",
	"RequestApproval",
	"Approve",
	"ReturnForRework",
	"ImposeSanction",
	"OpenCorrectiveAction",
	"AssignTraining",
	"WithdrawAllegations",
	"JoinDuplicate",
]);

export function hasAside({ type }: CommandInfo, { kase }: Names): boolean {
	return kase.intake !== null && (type in SPOKEN || TELLING.has(type));
}

export function CommandAside({
	info,
	names,
	commandFrom,
	onTick,
}: {
	info: CommandInfo;
	names: Names;
	commandFrom: (typed: Typed) => Typed;
	/** Something was ticked beside the form. */
	onTick: () => void;
}) {
	if (!hasAside(info, names)) return null;
	const step = SPOKEN[info.type];
	return (
		<aside className="command-aside">
			{step && <Spoken names={names} type={info.type} step={step} onTick={onTick} />}
			{TELLING.has(info.type) && <Told names={names} info={info} commandFrom={commandFrom} />}
		</aside>
	);
}

function Spoken({
	names,
	type,
	step,
	onTick,
}: {
	names: Names;
	type: string;
	step: StepName;
	onTick: () => void;
}) {
	const form = Form.useFormInstance<Typed>();
	const party = asText(Form.useWatch("party", form));
	const organisation = asText(Form.useWatch("organisation", form));
	const said = Form.useWatch("said", { form, preserve: true }) as string[] | undefined;
	const known = names.kase.parties.find((one) => one.id === party);
	const side = organisation ? "department" : known?.side === "respondent" ? "respondent" : sideOf(type);
	const records = type === "RecordContact";
	return (
		<>
			{records && <ContactTries names={names} party={party} />}
			<TalkTrack
				names={names}
				step={step}
				side={side}
				party={party}
				{...(records && {
					said: said ?? [],
					onSaid: (next: string[]) => {
						form.setFieldValue("said", next);
						onTick();
					},
				})}
			/>
			{records && (
				<Form.Item name="said" hidden noStyle>
					<input type="hidden" />
				</Form.Item>
			)}
		</>
	);
}

function isEmpty(value: unknown): boolean {
	return (
		value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0)
	);
}

/** To whom one speaks where the form names nobody. */
function sideOf(type: string): "complainant" | "respondent" | "department" {
	return type === "RequestApproval" ? "department" : "complainant";
}

function asText(value: unknown): string | null {
	return typeof value === "string" && value !== "" ? value : null;
}

function Told({
	names,
	info,
	commandFrom,
}: {
	names: Names;
	info: CommandInfo;
	commandFrom: (typed: Typed) => Typed;
}) {
	const typed = (Form.useWatch([], Form.useFormInstance<Typed>()) ?? {}) as Typed;
	const fields = commandFrom(typed);
	const missing = fieldsOf(info.type, info.schema).some((one) => one.required && isEmpty(fields[one.name]));
	return <PreviewPane names={names} type={info.type} fields={fields} complete={!missing} />;
}
