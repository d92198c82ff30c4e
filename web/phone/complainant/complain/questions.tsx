import { useState } from "react";
import { minorOf } from "../../../parts/money.ts";
import { type RoomWords, useRoomWords, useSay } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { ChooseOne, ChooseSome } from "../../parts/choices.tsx";
import { Field } from "../../parts/field.tsx";
import { Recorder } from "../../parts/recorder.tsx";
import { Screen } from "../../parts/screen.tsx";
import { FileList } from "../../uploads.tsx";
import { addFile, dropFile, useFiles } from "../../uploads-shelf.ts";
import { ProofSlots } from "../proof.tsx";
import { content } from "../words.yaml";
import type { Kind, OwnOrder } from "./order-data.ts";
import { type Typed, WISHES } from "./typed.ts";

/** One question a screen; each knows what was typed, and where to go on. */
export interface Asked {
	own: OwnOrder;
	typed: Typed;
	set: (how: Partial<Typed>) => void;
	kind: Kind | null;
	place: { at: number; of: number };
	next: (changed?: Typed) => void;
}

export const aboutOrder = (own: OwnOrder): string => `order:${own.order.number}`;

function Place({ place }: Pick<Asked, "place">) {
	const t = useRoomWords(content as RoomWords);
	return (
		<div className="p-place">
			<progress max={place.of} value={place.at} aria-label={t("step-of", place)} />
			<small className="p-quiet">{t("step-of", place)}</small>
		</div>
	);
}

export function KindQuestion({ own, typed, set, place, next }: Asked) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const [sought, setSought] = useState("");
	const fits = (kind: Kind) => say.bi(kind.plain).toLowerCase().includes(sought.trim().toLowerCase());
	const groups = Object.entries(own.groups)
		.map(([id, name]) => ({ id, name, kinds: own.kinds.filter((one) => one.group === id && fits(one)) }))
		.filter((one) => one.kinds.length > 0);
	return (
		<Screen title={t("complain")} back={() => history.back()}>
			<Place place={place} />
			<h2 className="p-question">{t("what-happened")}</h2>
			{own.kinds.length > 8 && (
				<Field label={t("seek-kind")}>
					{(control) => (
						<input
							{...control}
							type="search"
							value={sought}
							onChange={({ target }) => setSought(target.value)}
						/>
					)}
				</Field>
			)}
			{groups.map(({ id, name, kinds }) => (
				<section key={id}>
					<h3 className="p-group">{say.bi(name)}</h3>
					<ChooseOne
						name={say.bi(name)}
						chosen={typed.category}
						goesOn
						choices={kinds.map((one) => ({
							id: one.id,
							text: say.bi(one.plain),
							...(one.restricted ? { more: t("handled-apart") } : {}),
						}))}
						onChoose={(category) => {
							set({ category });
							next({ ...typed, category });
						}}
					/>
				</section>
			))}
			{groups.length === 0 && <p className="p-quiet">{t("no-kind")}</p>}
		</Screen>
	);
}

export function WordsQuestion({ own, typed, set, kind, place, next }: Asked) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const about = aboutOrder(own);
	const spoken = useFiles(about).filter((one) => one.kind === "statement");
	const told = typed.words.trim() !== "" || spoken.length > 0;
	const drop = (id: string) => {
		set({ spoken: spoken.length > 1 });
		void dropFile(id);
	};
	return (
		<Screen
			title={t("complain")}
			back={() => history.back()}
			act={
				<Button strong why={told ? null : t("tell-or-speak")} onClick={() => next()}>
					{t("next")}
				</Button>
			}
		>
			<Place place={place} />
			<h2 className="p-question">{t("tell-us")}</h2>
			<p className="p-quiet">{say.bi(kind?.plain)}</p>
			<Field label={t("own-words")} help={t("own-words-help")}>
				{(control) => (
					<textarea
						{...control}
						rows={6}
						maxLength={20_000}
						value={typed.words}
						onChange={({ target }) => set({ words: target.value })}
					/>
				)}
			</Field>
			<Recorder
				onDone={(file) => {
					set({ spoken: true });
					void addFile({ about, file, name: "voice", kind: "statement", title: t("voice") });
				}}
			/>
			<FileList files={spoken} onDrop={drop} />
		</Screen>
	);
}

export function ProofQuestion({ own, kind, place, next }: Asked) {
	const t = useRoomWords(content as RoomWords);
	const about = aboutOrder(own);
	const files = useFiles(about).filter((one) => one.kind !== "statement");
	return (
		<Screen
			title={t("complain")}
			back={() => history.back()}
			act={
				<Button strong onClick={() => next()}>
					{files.length > 0 ? t("next") : t("no-proof-now")}
				</Button>
			}
		>
			<Place place={place} />
			<h2 className="p-question">{t("show-us")}</h2>
			<p className="p-quiet">{t("proof-help")}</p>
			<ProofSlots recipes={kind?.recipes ?? []} files={files} about={about} />
		</Screen>
	);
}

export function WishQuestion({ typed, set, place, next }: Asked) {
	const t = useRoomWords(content as RoomWords);
	return (
		<Screen
			title={t("complain")}
			back={() => history.back()}
			act={
				<Button strong onClick={() => next()}>
					{typed.wishes.length > 0 || typed.otherWish ? t("next") : t("no-wish")}
				</Button>
			}
		>
			<Place place={place} />
			<h2 className="p-question">{t("what-wished")}</h2>
			<ChooseSome
				name={t("what-wished")}
				choices={WISHES.map((id) => ({ id, text: t(`wish-${id}`) }))}
				chosen={typed.wishes}
				onChange={(wishes) => set({ wishes })}
			/>
			<Field label={t("wish-other")}>
				{(control) => (
					<input
						{...control}
						maxLength={500}
						value={typed.otherWish}
						onChange={({ target }) => set({ otherWish: target.value })}
					/>
				)}
			</Field>
		</Screen>
	);
}

export function AmountQuestion({ typed, set, place, next }: Asked) {
	const t = useRoomWords(content as RoomWords);
	const wrong = typed.amount.trim() !== "" && minorOf(typed.amount) === null;
	return (
		<Screen
			title={t("complain")}
			back={() => history.back()}
			act={
				<Button strong disabled={wrong} onClick={() => next()}>
					{typed.amount.trim() ? t("next") : t("no-amount")}
				</Button>
			}
		>
			<Place place={place} />
			<h2 className="p-question">{t("how-much")}</h2>
			<Field label={t("amount")} help={t("amount-help")} fault={wrong ? t("amount-wrong") : null}>
				{(control) => (
					<input
						{...control}
						className="p-amount"
						inputMode="decimal"
						placeholder="0.00"
						maxLength={16}
						value={typed.amount}
						onChange={({ target }) => set({ amount: target.value })}
					/>
				)}
			</Field>
		</Screen>
	);
}
