import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Form, type FormInstance } from "antd";
import { useEffect, useRef, useState } from "react";
import { ask, ProblemError, problemIn } from "../api.ts";
import { type Draft, newKey, useDraft } from "../form/draft.ts";
import { DraftNote } from "../form/draft-note.tsx";
import type { PackAnswer } from "../pack.ts";
import { Faults } from "../parts/faults.tsx";
import { Waiting } from "../parts/states.tsx";
import { sessionQuery } from "../queries.ts";
import { ZONE } from "../screens/who.ts";
import { useRoomWords, useSay } from "../words.ts";
import { Chips } from "./intake-chips.tsx";
import { Duplicates } from "./intake-duplicates.tsx";
import { AllegationPart, MatterPart, OriginPart, PartiesPart, VerbatimPart } from "./intake-fields.tsx";
import { filingFrom, type Filing as Typed } from "./intake-filing.ts";
import { OrderPart } from "./intake-order.tsx";
import type { Duplicate } from "./intake-queries.ts";
import { words } from "./intake-words.ts";

/** A complaint that was filed; why it could not be joined to the one it is the same as, where that was wished. */
export interface Filed {
	case: string;
	number: string;
	joinedTo: string | null;
	notJoined: string | null;
}

interface IntakeFormProps {
	pack: PackAnswer;
	form: FormInstance<Typed>;
	/** The call that is on, with the masked number; null: it came another way. */
	call: { id: string; caller: string | null } | null;
	/** The order that the form was opened for. */
	order?: string;
	/** Ids of the lines of the script that were said. */
	said: readonly string[];
	/** Told of the lines that a draft says were said. */
	onSaid?: (said: string[]) => void;
	onFiled: (filed: Filed) => void;
	onUrged: (one: Duplicate) => void;
}

type KeptDraft = Partial<Typed> & { call?: string; said?: string[] };

/** 受理: the form in which a complaint is taken down, by phone or otherwise. The words come first, as one hears them. */
export function IntakeForm(props: IntakeFormProps) {
	const draft = useDraft("new", props.call ? "phone" : props.pack.name);
	if (draft.typed === undefined) return <Waiting rows={2} />;
	return <Fields {...props} draft={draft} kept={draft.typed} />;
}

function Fields({ draft, kept, ...props }: IntakeFormProps & { draft: Draft; kept: KeptDraft | null }) {
	const { pack, form, call, order, said, onSaid } = props;
	const say = useSay();
	const t = useRoomWords(words);
	const [into, setInto] = useState<Duplicate | null>(null);
	const [first] = useState(() => firstOf(pack, kept, call?.id ?? null));
	const done = (filed: Filed) => {
		draft.drop();
		props.onFiled(filed);
	};
	const filing = useFiling({ pack, call, said, into, form, onFiled: done });
	const urged = (one: Duplicate) => {
		draft.drop();
		props.onUrged(one);
	};
	const keep = () =>
		draft.keep({ ...form.getFieldsValue(true), ...(call ? { call: call.id, said: [...said] } : {}) });
	useSeatsOf(pack, form);
	// biome-ignore lint/correctness/useExhaustiveDependencies: once, with what was ticked before
	useEffect(() => {
		if (said.length === 0 && first.said.length > 0) onSaid?.(first.said);
	}, []);
	// biome-ignore lint/correctness/useExhaustiveDependencies: what was ticked is kept as what was typed is
	useEffect(() => {
		if (said.length > 0) keep();
	}, [said]);
	const startAfresh = () => {
		draft.drop();
		onSaid?.([]);
		form.setFieldsValue({ ...EMPTY, ...startOf(pack, call !== null) });
	};
	return (
		<Form
			form={form}
			layout="vertical"
			requiredMark={false}
			disabled={filing.isPending}
			initialValues={order ? { ...first.values, order } : first.values}
			onValuesChange={keep}
			onFinish={() => filing.mutate()}
			scrollToFirstError={{ block: "center", focus: true }}
		>
			{first.again && (
				<p className="intake-note">
					{t("draft-back")}{" "}
					<Button type="link" size="small" onClick={startAfresh}>
						{t("draft-drop")}
					</Button>
				</p>
			)}
			{call === null && <OriginPart />}
			<VerbatimPart />
			<Chips pack={pack} />
			<Duplicates pack={pack} call={call?.id ?? null} into={into} onJoin={setInto} onUrged={urged} />
			<OrderPart pack={pack} />
			<PartiesPart pack={pack} caller={call?.caller ?? null} />
			<MatterPart pack={pack} byPhone={call !== null} />
			<AllegationPart pack={pack} />
			{filing.isError && <Faults problem={problemIn(filing.error)} />}
			<div className="intake-end">
				<Button type="primary" htmlType="submit" size="large" loading={filing.isPending}>
					{into ? t("join") : say.of("commands", "FileComplaint")}
				</Button>
				{into && <span className="quiet">{t("joining", { number: into.number })}</span>}
				<DraftNote state={draft.state} zone={ZONE} />
			</div>
		</Form>
	);
}

const EMPTY: Partial<Record<keyof Typed, undefined>> = Object.fromEntries(
	[
		"verbatim",
		"occurredAt",
		"receivedAt",
		"claimed",
		"wished",
		"place",
		"flags",
		"importance",
		"order",
		"category",
		"accused",
	].map((name) => [name, undefined]),
);

/** What a form begins with: the first complainant and whoever does the work, the seats most complaints have. */
export function startOf(
	pack: PackAnswer,
	byPhone: boolean,
): Pick<Typed, "kind" | "source" | "channel" | "parties"> {
	const seats = Object.entries(pack.data.head.seats);
	const first = (side: string) => seats.find(([, seat]) => seat.side === side)?.[0];
	const worker = seats.find(([, { name }]) => name.zh === pack.data.head.words.worker?.zh)?.[0];
	const parties = [first("complainant"), worker ?? first("respondent")].map((seat) => (seat ? { seat } : {}));
	return { kind: "complaint", source: "customer", channel: byPhone ? "phone" : "page", parties };
}

/** Where the trade was changed, people sit in the seats of the one before: they get those of their side. */
function useSeatsOf(pack: PackAnswer, form: FormInstance<Typed>): void {
	useEffect(() => {
		const parties = (form.getFieldValue("parties") ?? []) as Typed["parties"];
		const strange = parties?.some((one) => one?.seat && !pack.data.head.seats[one.seat]);
		if (!strange) return;
		const fresh = startOf(pack, false).parties ?? [];
		form.setFieldsValue({
			parties: parties?.map((one, n) => ({
				...one,
				...fresh[n],
				...(fresh[n] ? {} : { seat: undefined as never }),
			})),
			category: undefined as never,
			accused: undefined as never,
		});
	}, [pack, form]);
}

/** What was typed before goes first, unless it belongs to another call. */
function firstOf(pack: PackAnswer, kept: KeptDraft | null, call: string | null) {
	const own = kept !== null && (call === null || kept.call === call);
	const { call: _, said = [], ...values }: KeptDraft = own ? kept : {};
	const start = startOf(pack, call !== null);
	return { values: { ...start, ...values }, said, again: own && Boolean(values.verbatim) };
}

function useFiling({
	pack,
	call,
	said,
	into,
	form,
	onFiled,
}: Pick<IntakeFormProps, "pack" | "call" | "said" | "form" | "onFiled"> & { into: Duplicate | null }) {
	const queries = useQueryClient();
	const key = useRef(newKey());
	return useMutation({
		mutationFn: async (): Promise<Filed> => {
			const typed = form.getFieldsValue(true) as Typed;
			const beside = { call: call?.id, said };
			const fields = filingFrom(typed, ZONE, pack.data.head.currency, beside);
			const filed = await ask<{ case: string; number: string }>(
				"POST",
				"/api/complaints",
				{ pack: pack.name, ...fields },
				{ "idempotency-key": key.current },
			);
			return { ...filed, ...(await joinedTo(filed.case, into)) };
		},
		onSuccess: async (filed) => {
			await queries.invalidateQueries({ queryKey: ["cases"] });
			onFiled(filed);
		},
		onError: (error) => {
			const told = problemIn(error);
			if (told.status === 401) queries.setQueryData(sessionQuery.queryKey, null);
			form.setFields(
				(told.fields ?? []).map(({ at, problem }) => ({ name: placeOf(at) as never, errors: [problem] })),
			);
		},
	});
}

/** The new case stands whatever becomes of the joining. */
async function joinedTo(
	kase: string,
	into: Duplicate | null,
): Promise<Pick<Filed, "joinedTo" | "notJoined">> {
	if (!into) return { joinedTo: null, notJoined: null };
	try {
		await ask("POST", `/api/cases/${encodeURIComponent(kase)}/commands`, {
			type: "JoinDuplicate",
			into: into.id,
		});
		return { joinedTo: into.number, notJoined: null };
	} catch (error) {
		if (!(error instanceof ProblemError)) throw error;
		return { joinedTo: null, notJoined: error.problem.title };
	}
}

/** Where a fault of the request stands in the form: parties.1.phone, orders.0.number → order. */
function placeOf(at: string): (string | number)[] {
	const parts = at.split(".").map((one) => (/^\d+$/.test(one) ? Number(one) : one));
	return parts[0] === "orders" ? ["order"] : parts[0] === "parties" ? parts : parts.slice(0, 1);
}
