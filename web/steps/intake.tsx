import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button, Form, Input } from "antd";
import { useRef, useState } from "react";
import { ask, type Problem, problemIn } from "../api.ts";
import { Choose, ChooseMany, MoneyInput, Pick } from "../form/controls.tsx";
import { dropDraft, keepDraft, newKey, readDraft } from "../form/draft.ts";
import { fieldWords } from "../form/field.tsx";
import type { PackAnswer } from "../pack.ts";
import { Faults } from "../parts/faults.tsx";
import { minorOf } from "../parts/money.ts";
import { readStored, store } from "../parts/stored.ts";
import { packQuery, packsQuery, sessionQuery } from "../queries.ts";
import { ZONE } from "../screens/who.ts";
import { TradeWords, useSay } from "../words.ts";
import { type FiledParty, filingFrom, type Filing as Typed } from "./intake-filing.ts";

/** 受理: a complaint taken down, the words first, as one hears them. */
export function Filing() {
	const say = useSay();
	const packs = useQuery(packsQuery).data ?? [];
	const [chosen, setChosen] = useState(readStored("trade"));
	const name = packs.find((one) => one.name === chosen)?.name ?? packs[0]?.name ?? "";
	const pack = useQuery(packQuery(name)).data ?? null;
	const choose = (next: string | undefined) => {
		setChosen(next ?? null);
		store("trade", next ?? null);
	};
	return (
		<TradeWords value={pack?.data.head.words ?? {}}>
			<section className="filing panel">
				<h1>{say.ui("new-complaint")}</h1>
				<div className="labelled">
					<label htmlFor="trade">{say.ui("trade")}</label>
					<Choose
						id="trade"
						value={name || undefined}
						onChange={choose}
						choices={packs.map((one) => ({ value: one.name, label: say.bi(one.title) }))}
						clear={false}
						hint={say.ui("choose")}
					/>
				</div>
				{pack && <FilingForm key={pack.name} pack={pack} />}
			</section>
		</TradeWords>
	);
}

function FilingForm({ pack }: { pack: PackAnswer }) {
	const say = useSay();
	const navigate = useNavigate();
	const queries = useQueryClient();
	const [form] = Form.useForm<Typed>();
	const [problem, setProblem] = useState<Problem | null>(null);
	const [sending, setSending] = useState(false);
	const key = useRef(newKey());
	const file = async (typed: Typed) => {
		setSending(true);
		setProblem(null);
		try {
			const body = { pack: pack.name, ...filingFrom(typed, ZONE, pack.data.head.currency) };
			const filed = await ask<{ case: string }>("POST", "/api/complaints", body, {
				"idempotency-key": key.current,
			});
			dropDraft("new", pack.name);
			await queries.invalidateQueries({ queryKey: ["cases"] });
			await navigate({ to: "/cases/$id", params: { id: filed.case } });
		} catch (error) {
			const told = problemIn(error);
			setProblem(told);
			if (told.status === 401) queries.setQueryData(sessionQuery.queryKey, null);
			const first = (told.fields ?? []).map((one) => one.at.split(".")[0] as keyof Typed);
			form.setFields(first.map((name, n) => ({ name, errors: [told.fields?.[n]?.problem ?? ""] })));
		} finally {
			setSending(false);
		}
	};
	return (
		<Form
			form={form}
			layout="vertical"
			requiredMark="optional"
			disabled={sending}
			initialValues={{
				kind: "complaint",
				source: "customer",
				channel: "phone",
				parties: [{}, {}],
				...readDraft("new", pack.name),
			}}
			onValuesChange={(_, all) => keepDraft("new", pack.name, { ...all })}
			onFinish={file}
			scrollToFirstError={{ block: "center", focus: true }}
		>
			<WordsPart pack={pack} />
			<OrderPart />
			<PartiesPart pack={pack} />
			<AllegationPart pack={pack} />
			{problem && <Faults problem={problem} />}
			<Button type="primary" htmlType="submit" size="large" loading={sending}>
				{say.of("commands", "FileComplaint")}
			</Button>
		</Form>
	);
}

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

function WordsPart({ pack }: { pack: PackAnswer }) {
	const say = useSay();
	const word = useWord();
	const verbatim = useField("verbatim");
	const received = useField("receivedAt");
	const occurred = useField("occurredAt");
	const flags = useField("flags");
	const hint = say.ui("choose");
	return (
		<>
			<div className="three">
				<Form.Item name="kind" label={say.of("fields", "kind")} required>
					<Choose
						choices={["complaint", "enquiry", "urging", "suggestion", "praise"].map(word("kind"))}
						clear={false}
						hint={hint}
					/>
				</Form.Item>
				<Form.Item name="source" label={say.of("fields", "source")} required>
					<Choose
						choices={["customer", "platform", "outlet", "regulator", "media", "worker"].map(word("source"))}
						clear={false}
						hint={hint}
					/>
				</Form.Item>
				<Form.Item name="channel" label={say.of("fields", "channel")} required>
					<Choose
						choices={["phone", "message", "mail", "page", "in-person"].map(word("channel"))}
						clear={false}
						hint={hint}
					/>
				</Form.Item>
			</div>
			<Form.Item
				name="verbatim"
				{...verbatim}
				required
				rules={[
					{ required: true, whitespace: true, message: say.ui("field-required", { field: verbatim.label }) },
				]}
			>
				<Input.TextArea autoSize={{ minRows: 5, maxRows: 16 }} maxLength={20_000} />
			</Form.Item>
			<div className="three">
				<Form.Item name="occurredAt" {...occurred}>
					<Input type="datetime-local" />
				</Form.Item>
				<Form.Item name="receivedAt" {...received}>
					<Input type="datetime-local" />
				</Form.Item>
				<Form.Item
					name="claimed"
					label={say.of("fields", "claimed")}
					rules={[{ validator: async (_, typed) => moneyOrThrow(typed, say.ui("field-not-money")) }]}
				>
					<MoneyInput />
				</Form.Item>
			</div>
			<Form.Item name="wished" label={say.of("fields", "wished")}>
				<Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={2000} />
			</Form.Item>
			<Form.Item name="flags" {...flags}>
				<ChooseMany
					choices={pack.data.routes.flags.map((one) => ({ value: one.id, label: say.bi(one.name) }))}
					hint={hint}
				/>
			</Form.Item>
		</>
	);
}

function moneyOrThrow(typed: unknown, message: string): void {
	if (typed && minorOf(String(typed)) === null) throw new Error(message);
}

function OrderPart() {
	const say = useSay();
	return (
		<div className="three">
			<Form.Item name="order" label={say.of("fields", "number")} extra={say.ui("order-help")}>
				<Input autoComplete="off" maxLength={80} />
			</Form.Item>
			<Form.Item name="place" label={say.of("fields", "place")}>
				<Input maxLength={300} />
			</Form.Item>
		</div>
	);
}

/** Who complains and who is complained of, each in a seat of this trade. */
function PartiesPart({ pack }: { pack: PackAnswer }) {
	const say = useSay();
	const seats = Object.entries(pack.data.head.seats);
	const choices = seats.map(([value, one]) => ({
		value,
		label: `${say.bi(one.name)} · ${say.of("sides", one.side)}`,
	}));
	const parties = (Form.useWatch("parties") ?? []) as FiledParty[];
	return (
		<Form.List name="parties">
			{(records, { add, remove }) => (
				<fieldset className="records">
					<legend>{say.ui("parties")}</legend>
					{records.map((record) => {
						const side = pack.data.head.seats[parties[record.name]?.seat ?? ""]?.side ?? "other";
						return (
							<fieldset className={`record side-${side}`} key={record.key}>
								<legend>{say.ui("party", { count: record.name + 1 })}</legend>
								<div className="three">
									<Form.Item name={[record.name, "seat"]} label={say.of("fields", "seat")}>
										<Choose choices={choices} clear hint={say.ui("choose")} />
									</Form.Item>
									<Form.Item name={[record.name, "name"]} label={say.of("fields", "name")}>
										<Input autoComplete="off" maxLength={100} />
									</Form.Item>
									<Form.Item name={[record.name, "phone"]} label={say.of("fields", "phone")}>
										<Input autoComplete="off" inputMode="tel" maxLength={40} />
									</Form.Item>
								</div>
								{records.length > 1 && (
									<Button size="small" onClick={() => remove(record.name)}>
										{say.ui("remove")}
									</Button>
								)}
							</fieldset>
						);
					})}
					<Button onClick={() => add({})}>{say.ui("add")}</Button>
				</fieldset>
			)}
		</Form.List>
	);
}

/** What is complained of; left open, the server proposes a category from the words. */
function AllegationPart({ pack }: { pack: PackAnswer }) {
	const say = useSay();
	const parties = (Form.useWatch("parties") ?? []) as FiledParty[];
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
		<>
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
		</>
	);
}
