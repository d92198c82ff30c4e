import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Problem, problemIn } from "../../../api.ts";
import { type RoomWords, useRoomWords, useSay } from "../../../words.ts";
import { outbox } from "../../outbox.ts";
import { Button } from "../../parts/button.tsx";
import { Field } from "../../parts/field.tsx";
import { AddFiles } from "../../parts/photos.tsx";
import { Screen } from "../../parts/screen.tsx";
import { go } from "../../route.ts";
import { roadOf } from "../../uploads-sending.ts";
import { addFile, kindOf } from "../../uploads-shelf.ts";
import { Refused } from "../case/work.tsx";
import { content } from "../words.yaml";
import { type MyOrder, type MyOrders, myOrdersQuery } from "./order-data.ts";

interface Typed {
	words: string;
	until: string;
	place: string;
	code: string;
	consent: boolean;
	file: File | null;
}
const EMPTY: Typed = { words: "", until: "", place: "", code: "", consent: false, file: null };

/** Noting one thing on an order: asked for is only what this kind needs. */
export function Noting({
	order,
	kind,
	kinds,
}: {
	order: MyOrder;
	kind: keyof MyOrders["kinds"];
	kinds: MyOrders["kinds"];
}) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const [typed, setTyped] = useState(EMPTY);
	const { asks, name, ask: help, message } = kinds[kind];
	const missing = asks.find((one) => (one === "photo" ? !typed.file : !typed[one]));
	const back = () => go(`/m/orders/${encodeURIComponent(order.number)}`);
	const noting = useNoting(order, kind, typed, say.bi(name));
	const refused = noting.data ?? (noting.isError ? problemIn(noting.error) : null);
	return (
		<Screen
			title={say.bi(name)}
			back={back}
			act={
				<Button
					strong
					busy={noting.isPending}
					why={missing ? t(`need-${missing}`) : null}
					onClick={() => noting.mutate(undefined, { onSuccess: (no) => !no && back() })}
				>
					{t(message ? "note-and-tell" : "note")}
				</Button>
			}
		>
			<p className="p-quiet">{say.bi(help)}</p>
			<Asked asks={asks} typed={typed} onChange={(how) => setTyped({ ...typed, ...how })} />
			{message && <p className="p-quiet">{t("told-by-message")}</p>}
			<Refused problem={refused} />
		</Screen>
	);
}

function useNoting(order: MyOrder, kind: string, typed: Typed, what: string) {
	const queries = useQueryClient();
	return useMutation({
		networkMode: "always",
		mutationFn: async (): Promise<Problem | null> => {
			const id = crypto.randomUUID();
			const { words, until, place, code, consent, file } = typed;
			const sent = await outbox().send({
				...{ id, about: `order:${order.number}`, what, headers: {}, at: new Date().toISOString() },
				path: `/api/mine/orders/${encodeURIComponent(order.number)}/acts`,
				body: {
					kind,
					...(words ? { words } : {}),
					...(until ? { until: new Date(until).toISOString() } : {}),
					...(place ? { place } : {}),
					...(code ? { code } : {}),
					...(consent ? { consent } : {}),
				},
			});
			if (sent.is === "refused") {
				await outbox().forget(id);
				return sent.problem;
			}
			if (file)
				await addFile({
					...{ about: roadOf(order.number), act: id, file, name: file.name },
					...{ kind: kindOf(file.type), title: what },
				});
			return null;
		},
		onSettled: () => queries.invalidateQueries(myOrdersQuery),
	});
}

function Asked({
	asks,
	typed,
	onChange,
}: {
	asks: MyOrders["kinds"]["need"]["asks"];
	typed: Typed;
	onChange: (how: Partial<Typed>) => void;
}) {
	const t = useRoomWords(content as RoomWords);
	const text = (at: "place" | "code" | "until", type: string) => (
		<Field label={t(`field-${at}`)}>
			{(control) => (
				<input
					{...control}
					type={type}
					maxLength={100}
					value={typed[at]}
					onChange={({ target }) => onChange({ [at]: target.value })}
				/>
			)}
		</Field>
	);
	return (
		<>
			{asks.includes("consent") && (
				<label className="p-choice r-consent">
					<span>{t("field-consent")}</span>
					<input
						type="checkbox"
						checked={typed.consent}
						onChange={({ target }) => onChange({ consent: target.checked })}
					/>
				</label>
			)}
			{asks.includes("place") && text("place", "text")}
			{asks.includes("code") && text("code", "text")}
			{asks.includes("until") && text("until", "datetime-local")}
			{asks.includes("words") && (
				<Field label={t("field-words")}>
					{(control) => (
						<textarea
							{...control}
							rows={3}
							maxLength={500}
							value={typed.words}
							onChange={({ target }) => onChange({ words: target.value })}
						/>
					)}
				</Field>
			)}
			{asks.includes("photo") && (
				<>
					<AddFiles
						label={t("take-photo")}
						accept="image/*,video/*"
						camera
						onFiles={([file]) => file && onChange({ file })}
					/>
					{typed.file && <p className="p-good">{t("photo-chosen", { name: typed.file.name })}</p>}
				</>
			)}
		</>
	);
}
