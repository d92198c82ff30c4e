import { Button } from "antd";
import { useState } from "react";
import type { EvidenceItem } from "#engine/case.ts";
import { partyName, seatName, textOf } from "../../labels.ts";
import { Icon, type IconName } from "../../parts/icon.tsx";
import { Records } from "../../parts/record.tsx";
import type { PanelProps } from "../../screens/case/subjects.tsx";
import { refusalText } from "../../shown.ts";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { content } from "../words.yaml";
import { Adding, type Preset } from "./adding.tsx";
import { type Slot, type Wanted, wantedIn } from "./slots.ts";
import { Viewer } from "./viewer.tsx";

/** The evidence as pictures: what the category wants, what is there and what is missing; and whatever came besides. */
export function Evidence(props: PanelProps) {
	const { names, answer } = props;
	const { say, kase } = names;
	const t = useRoomWords(content as RoomWords);
	const [adding, setAdding] = useState<Preset | null>(null);
	const [viewed, setViewed] = useState<string | null>(null);
	const { wanted: all, rest } = wantedIn(kase, names.pack);
	// what is still wanted concerns those who handle an open case
	const collecting = !kase.closure && answer.viewer === "staff";
	const wanted = collecting ? all : all.flatMap((one) => filled(one));
	const may = answer.allowed.AddEvidence;
	const shared = { ...props, onView: setViewed, onAdd: may === true ? setAdding : null };
	return (
		<Records
			title={say.ui("evidence")}
			empty={kase.evidence.length + wanted.length === 0 ? say.ui("empty-evidence") : null}
			act={
				may === true && (
					<Button size="small" icon={<Icon name="plus" size={14} />} onClick={() => setAdding({})}>
						{say.of("commands", "AddEvidence")}
					</Button>
				)
			}
		>
			{may === true && <p className="quiet">{t("evidence-drop")}</p>}
			{may && may !== true && may.reason !== "NotAuthorised" && (
				<p className="why-not">{refusalText(names, "AddEvidence", may)}</p>
			)}
			{wanted.length > 0 && (
				<div className="recipes">
					{wanted.map((one) => (
						<Recipe key={one.id} wanted={one} {...shared} />
					))}
				</div>
			)}
			{rest.length > 0 && (
				<section className="recipe">
					{wanted.length > 0 && <h3>{t("evidence-other")}</h3>}
					<ul className="thumbs">
						{rest.map((one) => (
							<Thumb key={one.id} item={one} {...shared} />
						))}
					</ul>
				</section>
			)}
			{adding && <Adding names={names} preset={adding} onClose={() => setAdding(null)} />}
			{viewed && <Viewer {...props} evidence={viewed} onView={setViewed} />}
		</Records>
	);
}

/** A recipe with only what came for it; nothing where nothing came. */
function filled(wanted: Wanted): Wanted[] {
	const slots = wanted.slots.filter((one) => one.items.length > 0);
	return slots.length > 0 ? [{ ...wanted, slots, missing: 0 }] : [];
}

interface Shared extends PanelProps {
	onView: (evidence: string) => void;
	onAdd: ((preset: Preset) => void) | null;
}

function Recipe({ wanted, ...shared }: Shared & { wanted: Wanted }) {
	const { names } = shared;
	const { say } = names;
	const t = useRoomWords(content as RoomWords);
	const { recipe, from, missing, slots } = wanted;
	const who =
		from.map((one) => partyName(names, one.id)).join(" · ") ||
		(recipe.from === "company" ? say.of("sides", "company") : seatName(names, recipe.from));
	return (
		<section className={`recipe side-${from[0]?.side ?? "company"}`}>
			<h3>
				{say.bi(recipe.name)} <span className="recipe-from">{t("recipe-from", { who })}</span>{" "}
				<span className={missing > 0 ? "recipe-missing" : "quiet"}>
					{missing > 0 ? t("recipe-missing", { count: missing }) : t("recipe-whole")}
				</span>
			</h3>
			<ul className="thumbs">
				{slots.map((slot) => (
					<Place key={slot.piece.id} slot={slot} wanted={wanted} {...shared} />
				))}
			</ul>
		</section>
	);
}

/** What came for a piece; or the empty place where it belongs. */
function Place({ slot, wanted, ...shared }: Shared & { slot: Slot; wanted: Wanted }) {
	const { say } = shared.names;
	const t = useRoomWords(content as RoomWords);
	const { piece, items } = slot;
	if (items.length > 0)
		return items.map((one) => <Thumb key={one.id} item={one} caption={say.bi(piece.name)} {...shared} />);
	const { onAdd } = shared;
	const preset = { recipe: wanted.id, piece: piece.id, from: wanted.from[0]?.id ?? "company" };
	const name = say.bi(piece.name);
	const inside = (
		<>
			<Icon name={ICON_OF[piece.kind]} size={20} />
			<span className="place-name">{name}</span>
			<span className="place-state">
				{t("piece-missing")} · {t(piece.required ? "piece-required" : "piece-optional")}
			</span>
		</>
	);
	return (
		<li className={piece.required ? "place place-required" : "place"} title={say.bi(piece.how)}>
			{onAdd ? (
				<button type="button" title={t("piece-add", { name })} onClick={() => onAdd(preset)}>
					{inside}
				</button>
			) : (
				<div>{inside}</div>
			)}
		</li>
	);
}

export const ICON_OF: Record<EvidenceItem["kind"], IconName> = {
	photo: "photo",
	video: "film",
	audio: "sound",
	track: "link",
	document: "file",
	record: "file",
	statement: "file",
};

/** One piece of evidence, small: the picture or what kind it is, whose, odd things about it, and how it was judged. */
function Thumb({ item, caption, names, onView }: Shared & { item: EvidenceItem; caption?: string }) {
	const { say, kase } = names;
	const t = useRoomWords(content as RoomWords);
	const title = textOf(names, item.title);
	const side = kase.parties.find((one) => one.id === item.from)?.side ?? "company";
	const picture = item.file?.mime.startsWith("image/");
	return (
		<li className={`thumb side-${side}`}>
			<button type="button" title={t("view", { title })} onClick={() => onView(item.id)}>
				{picture ? (
					<img src={`/api/cases/${kase.id}/evidence/${item.id}`} alt="" loading="lazy" />
				) : (
					<span className="thumb-kind">
						<Icon name={ICON_OF[item.kind]} size={24} />
						{say.of("values", `AddEvidence.kind.${item.kind}`)}
					</span>
				)}
				<span className="place-name">{caption ? `${caption} · ${title}` : title}</span>
				<span className="place-state">
					{item.judged ? say.of("values", item.judged.as) : t("not-judged")}
					{item.flags.length > 0 && (
						<span className="fault" title={item.flags.map((one) => say.of("values", one)).join(" · ")}>
							{" "}
							<Icon name="warn" size={14} /> {t("doubts", { count: item.flags.length })}
						</span>
					)}
				</span>
			</button>
		</li>
	);
}
