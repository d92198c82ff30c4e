import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Form, InputNumber, Slider } from "antd";
import { choicesFor } from "../form/choices.ts";
import { causeName, factName, type Names, partyName, seatName } from "../labels.ts";
import { type Share, ShareBar } from "../parts/share-bar.tsx";
import { faultQuery } from "../queries.ts";
import { Explained } from "../screens/case/explained.tsx";
import { type RoomWords, useRoomWords } from "../words.ts";
import { balanced, balancerOf, byParty, type Shares, sameShares, unheardIn } from "./shares.ts";
import { content } from "./words.yaml";

/** Which colour a bearer of a share has. */
export function sideOfBearer({ kase }: Pick<Names, "kase">, bearer: string): Share["side"] {
	if (bearer === "company") return "company";
	if (bearer === "customer") return "complainant";
	return kase.parties.find((one) => one.id === bearer)?.side ?? "other";
}

interface FieldProps {
	names: Names;
	path: readonly (string | number)[];
	label: string;
	help: string | null;
}

/** Shares of fault on sliders that always add up to a hundred, with what the rules propose and who is still unheard. */
export function SharesField({ names, path, label, help }: FieldProps) {
	const t = useRoomWords(content as RoomWords);
	const form = Form.useFormInstance();
	const upheld = Form.useWatch("upheld", form) as string | undefined;
	const typed = (Form.useWatch([...path], form) ?? {}) as Record<string, unknown>;
	const shares = Object.fromEntries(
		Object.entries(typed).map(([one, percent]) => [one, Number(percent ?? 0)]),
	);
	if (upheld === "no" || upheld === "unverifiable")
		return (
			<fieldset className="record">
				<legend>{label}</legend>
				<p className="quiet">{t("shares-not-upheld")}</p>
			</fieldset>
		);
	return (
		<fieldset className="record">
			<legend>{label}</legend>
			{help && <p className="quiet">{help}</p>}
			<Proposed names={names} path={path} shares={shares} />
			{/* holds the value: the sliders below write it */}
			<Form.Item name={[...path]} noStyle>
				<Sliders names={names} label={label} />
			</Form.Item>
			<Unheard names={names} shares={shares} />
		</fieldset>
	);
}

/** Form.Item hands value and onChange over. */
function Sliders({
	names,
	label,
	id = "shares",
	value = {},
	onChange,
}: {
	names: Names;
	label: string;
	id?: string;
	value?: Record<string, number>;
	onChange?: (shares: Shares) => void;
}) {
	const { say } = names;
	const t = useRoomWords(content as RoomWords);
	const bearers = choicesFor("DecideFinding", "bearer", names) ?? [];
	const usual = bearers.filter((one) => isUsual(names, one.value) || Number(value[one.value] ?? 0) > 0);
	const others = bearers.filter((one) => !usual.includes(one));
	const order = usual.map((one) => one.value);
	const percentOf = (bearer: string) => Number(value[bearer] ?? 0);
	const sum = bearers.reduce((total, one) => total + percentOf(one.value), 0);
	const change = (bearer: string, percent: number) =>
		onChange?.(balanced(value, bearer, percent, order.includes(bearer) ? order : [...order, bearer]));
	const slider = (one: (typeof bearers)[number]) => (
		<div key={one.value} className={`share side-${sideOfBearer(names, one.value)}`}>
			<span className="share-name">{one.label}</span>
			<Slider
				value={percentOf(one.value)}
				min={0}
				max={100}
				step={5}
				ariaLabelForHandle={one.label}
				onChange={(percent) => change(one.value, percent)}
			/>
			<InputNumber
				id={`${id}_${one.value}`}
				value={percentOf(one.value)}
				min={0}
				max={100}
				precision={0}
				suffix="%"
				aria-label={one.label}
				onChange={(percent) => change(one.value, percent ?? 0)}
			/>
		</div>
	);
	const shown = bearers
		.map((one) => ({
			name: one.label,
			percent: percentOf(one.value),
			side: sideOfBearer(names, one.value),
		}))
		.filter((one) => one.percent > 0);
	const balancer = bearers.find((one) => one.value === balancerOf(null, order));
	return (
		<>
			{usual.map(slider)}
			{others.length > 0 && (
				<details>
					<summary>{t("shares-more")}</summary>
					{others.map(slider)}
				</details>
			)}
			{shown.length > 0 && <ShareBar shares={shown} label={label} />}
			<p className={sum === 0 || sum === 100 ? "quiet" : "fault"} role="status">
				{sum === 0 ? t("shares-none") : say.ui("shares-sum", { count: sum })}
				{sum === 100 && balancer && order.length > 1 && ` · ${t("shares-balance", { who: balancer.label })}`}
			</p>
		</>
	);
}

/** Those who usually answer for something: the accused side and the company. */
function isUsual({ kase }: Names, bearer: string): boolean {
	const party = kase.parties.find((one) => one.id === bearer);
	return bearer === "company" || party?.side === "respondent" || party?.side === "other";
}

/** What the fault table says of the allegation that is being decided, with its grounds, to be taken over in one press. */
function Proposed({ names, path, shares }: { names: Names; path: FieldProps["path"]; shares: Shares }) {
	const { say, kase } = names;
	const t = useRoomWords(content as RoomWords);
	const form = Form.useFormInstance();
	const allegation = Form.useWatch("allegation", form) as string | undefined;
	const upheld = Form.useWatch("upheld", form) as string | undefined;
	const liable = Form.useWatch("liable", form) as boolean | undefined;
	const answers = useQuery(faultQuery(kase.id, kase.seq)).data;
	const found = answers?.find((one) => one.allegation === allegation && one.upheld === upheld);
	if (!allegation || !upheld) return <p className="quiet">{t("proposal-pick")}</p>;
	if (!found) return null;
	if (!found.proposal) {
		const facts = found.missing?.detail?.facts;
		const wanted = Array.isArray(facts) ? facts.map((one) => factName(names, String(one))) : [];
		return (
			<p className="proposal">
				{wanted.length > 0 ? `${t("proposal-wait")}${wanted.join(" · ")}` : t("proposal-none")}
			</p>
		);
	}
	const { proposal } = found;
	const { shares: proposed, empty } = byParty(
		proposal.shares,
		kase,
		kase.allegations.find((one) => one.id === allegation),
	);
	const same = sameShares(proposed, shares) && liable === proposal.liable;
	return (
		<div className="proposal">
			<p>
				<b>{t("proposal")}</b> {say.of("values", `liable.${proposal.liable}`)} ·{" "}
				{causeName(names, proposal.cause)}
			</p>
			<ShareBar
				label={t("proposal")}
				shares={Object.entries(proposed).map(([bearer, percent]) => ({
					name: partyName(names, bearer),
					percent,
					side: sideOfBearer(names, bearer),
				}))}
			/>
			<Explained names={names} explanation={proposal.explanation} />
			{empty.length > 0 && (
				<p className="fault">
					{t("proposal-empty", { seats: empty.map((one) => seatName(names, one)) })}{" "}
					<CommandLink names={names} command="AddParty" />
				</p>
			)}
			{same ? (
				<p className="good">{t("proposal-same")}</p>
			) : (
				<p className="fault">{t("proposal-other", { field: say.of("fields", "override") })}</p>
			)}
			<Button
				size="small"
				disabled={same || empty.length > 0}
				onClick={() => {
					form.setFieldsValue({ liable: proposal.liable, cause: proposal.cause });
					form.setFieldValue([...path], proposed);
				}}
			>
				{t("proposal-use")}
			</Button>
		</div>
	);
}

/** Law 2: nobody is found at fault unheard. Says who is, and leads to hearing them. */
function Unheard({ names, shares }: { names: Names; shares: Shares }) {
	const { kase } = names;
	const t = useRoomWords(content as RoomWords);
	return unheardIn(shares, kase).map((party) => (
		<p key={party} className="fault" role="alert">
			{t("unheard-why", { who: partyName(names, party) })} <CommandLink names={names} command="AskQuestion" />
		</p>
	));
}

/** Leads to another command's form; what is typed here stays as a draft. */
function CommandLink({ names, command }: { names: Names; command: string }) {
	return (
		<Link
			to="/cases/$id"
			params={{ id: names.kase.id }}
			search={(before) => ({ ...before, do: command, about: undefined })}
		>
			{names.say.of("commands", command)}
		</Link>
	);
}
