import { Button, Form, Input } from "antd";
import { Choose, ChooseMany, MoneyInput, Pick } from "../form/controls.tsx";
import { fieldWords } from "../form/field.tsx";
import { capitalised } from "../labels.ts";
import type { PackAnswer } from "../pack.ts";
import { Icon } from "../parts/icon.tsx";
import { minorOf } from "../parts/money.ts";
import { useRoomWords, useSay } from "../words.ts";
import type { FiledParty } from "./intake-filing.ts";
import { words } from "./intake-words.ts";

/** The fields of a filing, by what they are about. */

/** Label and help of a field of the filing. */
function useField(name: string) {
	const { label, help } = fieldWords(useSay(), "FileComplaint", name);
	return { label, extra: help };
}

function useWord() {
	const say = useSay();
	return (field: string) => (value: string) => ({
		value,
		label: say.of("values", `FileComplaint.${field}.${value}`),
	});
}

const KINDS = ["complaint", "enquiry", "urging", "suggestion", "praise"];
const SOURCES = ["customer", "platform", "outlet", "regulator", "media", "worker"];
const CHANNELS = ["phone", "message", "mail", "page", "in-person"];

/** What it is, from whom, and how it came. */
export function OriginPart() {
	const say = useSay();
	const word = useWord();
	const hint = say.ui("choose");
	const one = (name: string, values: readonly string[]) => (
		<Form.Item name={name} label={say.of("fields", name)} required>
			<Choose choices={values.map(word(name))} clear={false} hint={hint} />
		</Form.Item>
	);
	return (
		<div className="three">
			{one("kind", KINDS)}
			{one("source", SOURCES)}
			{one("channel", CHANNELS)}
		</div>
	);
}

/** The words themselves, as they are heard. */
export function VerbatimPart() {
	const say = useSay();
	const { label, extra } = useField("verbatim");
	return (
		<Form.Item
			name="verbatim"
			label={label}
			extra={extra}
			required
			rules={[{ required: true, whitespace: true, message: say.ui("field-required", { field: label }) }]}
		>
			<Input.TextArea id="verbatim" autoFocus autoSize={{ minRows: 4, maxRows: 14 }} maxLength={20_000} />
		</Form.Item>
	);
}

/** When, where, how much, and what is wished. */
export function MatterPart({ pack, byPhone }: { pack: PackAnswer; byPhone: boolean }) {
	const say = useSay();
	const word = useWord();
	const occurred = useField("occurredAt");
	const received = useField("receivedAt");
	const flags = useField("flags");
	return (
		<>
			<div className="three">
				<Form.Item name="occurredAt" {...occurred}>
					<Input type="datetime-local" />
				</Form.Item>
				{!byPhone && (
					<Form.Item name="receivedAt" {...received}>
						<Input type="datetime-local" />
					</Form.Item>
				)}
				<Form.Item
					name="claimed"
					label={say.of("fields", "claimed")}
					rules={[{ validator: async (_, typed) => moneyOrThrow(typed, say.ui("field-not-money")) }]}
				>
					<MoneyInput />
				</Form.Item>
				<Form.Item name="place" label={say.of("fields", "place")}>
					<Input maxLength={300} />
				</Form.Item>
			</div>
			<Form.Item name="wished" label={say.of("fields", "wished")}>
				<Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={2000} />
			</Form.Item>
			<div className="two">
				{byPhone && (
					<Form.Item name="kind" label={say.of("fields", "kind")}>
						<Choose choices={KINDS.map(word("kind"))} clear={false} hint={say.ui("choose")} />
					</Form.Item>
				)}
				<Form.Item name="flags" {...flags} className="intake-flags">
					<ChooseMany
						choices={pack.data.routes.flags.map((one) => ({ value: one.id, label: say.bi(one.name) }))}
						hint={say.ui("choose")}
					/>
				</Form.Item>
			</div>
		</>
	);
}

function moneyOrThrow(typed: unknown, message: string): void {
	if (typed && minorOf(String(typed)) === null) throw new Error(message);
}

/** Who complains and who is complained of, each in a seat of this trade. */
export function PartiesPart({ pack, caller }: { pack: PackAnswer; caller: string | null }) {
	const say = useSay();
	const parties = (Form.useWatch("parties") ?? []) as (FiledParty | undefined)[];
	const sideOf = (place: number) => pack.data.head.seats[parties[place]?.seat ?? ""]?.side ?? "other";
	const first = parties.findIndex((_, place) => sideOf(place) === "complainant");
	return (
		<Form.List name="parties">
			{(records, { add, remove }) => (
				<fieldset className="records">
					<legend>{say.ui("parties")}</legend>
					{records.map((record) => (
						<fieldset className={`record intake-party side-${sideOf(record.name)}`} key={record.key}>
							<legend>
								{say.of("sides", sideOf(record.name))}{" "}
								{records.length > 1 && (
									<Button
										size="small"
										type="text"
										icon={<Icon name="minus" size={14} />}
										aria-label={`${say.ui("remove")} ${say.of("sides", sideOf(record.name))}`}
										title={say.ui("remove")}
										onClick={() => remove(record.name)}
									/>
								)}
							</legend>
							<PartyFields pack={pack} place={record.name} caller={record.name === first ? caller : null} />
						</fieldset>
					))}
					<Button size="small" onClick={() => add({})}>
						{say.ui("add")}
					</Button>
				</fieldset>
			)}
		</Form.List>
	);
}

function PartyFields({ pack, place, caller }: { pack: PackAnswer; place: number; caller: string | null }) {
	const say = useSay();
	const t = useRoomWords(words);
	// the side stands above, once a seat is chosen
	const seats = Object.entries(pack.data.head.seats);
	const choices = seats.map(([value, one]) => ({ value, label: capitalised(say.bi(one.name)) }));
	return (
		<div className="four">
			<Form.Item name={[place, "seat"]} label={say.of("fields", "seat")}>
				<Choose choices={choices} clear hint={say.ui("choose")} />
			</Form.Item>
			<Form.Item name={[place, "name"]} label={say.of("fields", "name")}>
				<Input autoComplete="off" maxLength={100} />
			</Form.Item>
			<Form.Item name={[place, "phone"]} label={say.of("fields", "phone")}>
				<Input
					autoComplete="off"
					inputMode="tel"
					maxLength={40}
					placeholder={caller ? t("from-call", { caller }) : undefined}
				/>
			</Form.Item>
			<Form.Item
				name={[place, "plate"]}
				label={say.bi(pack.data.head.words.plate) || say.of("fields", "plate")}
			>
				<Input autoComplete="off" maxLength={20} />
			</Form.Item>
		</div>
	);
}

/** What is complained of; left open, the server proposes a category from the words. */
export function AllegationPart({ pack }: { pack: PackAnswer }) {
	const say = useSay();
	const parties = (Form.useWatch("parties") ?? []) as (FiledParty | undefined)[];
	const accusable = parties.flatMap((one, n) => {
		const seat = pack.data.head.seats[one?.seat ?? ""];
		return seat && seat.side !== "complainant"
			? [{ value: String(n), label: [say.bi(seat.name), one?.name].filter(Boolean).join(" ") }]
			: [];
	});
	const accused = useField("accused");
	const groups = pack.data.categories.groups;
	const categories = pack.data.categories.categories.map((one) => ({
		value: one.id,
		label: `${say.bi(groups[one.group])} · ${say.bi(one.name)}`,
	}));
	return (
		<div className="three">
			<Form.Item name="category" label={say.of("fields", "category")} extra={say.ui("category-help")}>
				<Choose choices={categories} clear hint={say.ui("search-to-choose")} />
			</Form.Item>
			<Form.Item name="accused" {...accused}>
				<ChooseMany choices={accusable} hint={say.ui("choose")} />
			</Form.Item>
			<Form.Item name="importance" label={say.of("fields", "importance")}>
				<Pick
					choices={["ordinary", "important"].map((value) => ({ value, label: say.of("values", value) }))}
					clear={false}
					hint={say.ui("choose")}
				/>
			</Form.Item>
		</div>
	);
}
