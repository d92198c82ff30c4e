import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Form } from "antd";
import { useDeferredValue, useState } from "react";
import { ask, problemIn } from "../api.ts";
import { newKey } from "../form/draft.ts";
import { categoryName } from "../labels.ts";
import type { PackAnswer } from "../pack.ts";
import { Faults } from "../parts/faults.tsx";
import { GradeTag } from "../parts/grade-tag.tsx";
import { Icon } from "../parts/icon.tsx";
import { formatRelative } from "../parts/time.ts";
import { packQuery } from "../queries.ts";
import { useRoomWords, useSay } from "../words.ts";
import type { Filing as Typed } from "./intake-filing.ts";
import { type Duplicate, duplicatesQuery } from "./intake-queries.ts";
import { words } from "./intake-words.ts";

/** Another case that may be about the same, while this one is taken down: urge it, or file and join. */
export function Duplicates({
	pack,
	call,
	into,
	onJoin,
	onUrged,
}: {
	pack: PackAnswer;
	call: string | null;
	/** The case that the new one will be joined to. */
	into: Duplicate | null;
	onJoin: (into: Duplicate | null) => void;
	onUrged: (one: Duplicate) => void;
}) {
	const t = useRoomWords(words);
	const found = useAlike(pack, call);
	if (found.length === 0) return null;
	return (
		<section className="duplicates" aria-live="polite">
			<h2>
				<Icon name="link" size={16} /> {t("duplicates")}
			</h2>
			<p className="quiet">{t("duplicates-how")}</p>
			<ul>
				{found.slice(0, 3).map((one) => (
					<One
						key={one.id}
						one={one}
						joining={into?.id === one.id}
						onJoin={() => onJoin(into?.id === one.id ? null : one)}
						onUrged={() => onUrged(one)}
					/>
				))}
			</ul>
		</section>
	);
}

function useAlike(pack: PackAnswer, call: string | null): Duplicate[] {
	const form = Form.useFormInstance<Typed>();
	const typed = Form.useWatch([], form) as Typed | undefined;
	const complainant = typed?.parties?.find(
		(one) => pack.data.head.seats[one?.seat ?? ""]?.side === "complainant",
	);
	const phone = complainant?.phone?.replaceAll(/[\s-]/g, "") ?? "";
	const order = typed?.order?.trim() ?? "";
	const alike = {
		order: order.length >= 4 ? order : undefined,
		phone: phone.length >= 7 ? phone : undefined,
		call: call ?? undefined,
		pack: pack.name,
	};
	const asked = useDeferredValue(JSON.stringify(alike));
	return useQuery(duplicatesQuery(JSON.parse(asked) as Record<string, string>)).data ?? [];
}

function One({
	one,
	joining,
	onJoin,
	onUrged,
}: {
	one: Duplicate;
	joining: boolean;
	onJoin: () => void;
	onUrged: () => void;
}) {
	const say = useSay();
	const t = useRoomWords(words);
	const own = useQuery(packQuery(one.pack)).data ?? null;
	const by = [one.byOrder && t("by-order"), one.byPerson && t("by-person")].filter(Boolean).join(" · ");
	const received = formatRelative(one.receivedAt, new Date().toISOString(), say.language);
	return (
		<li className={joining ? "duplicate duplicate-joining" : "duplicate"}>
			<div className="duplicate-what">
				<GradeTag urgency={one.urgency} severity={one.severity} />
				<b>{one.categories.map((id) => categoryName({ say, pack: own }, id)).join(" ")}</b>
				<span className="case-number">{one.number}</span>
				<span className="tag">{by}</span>
			</div>
			<p className="quiet">
				{say.bi(own?.data.head.name)} · {one.closedAt ? say.ui("closed") : say.of("steps", one.step)} ·{" "}
				{t("received", { time: received })}
			</p>
			<div className="duplicate-acts">
				<Urge one={one} onUrged={onUrged} />
				<Button size="small" onClick={onJoin} disabled={one.closedAt !== null} aria-pressed={joining}>
					{t(joining ? "join-not" : "join")}
				</Button>
				<Link to="/cases/$id" params={{ id: one.id }} target="_blank">
					{t("open-case")}
				</Link>
				{joining && <span className="quiet">{t("joining", { number: one.number })}</span>}
			</div>
		</li>
	);
}

function Urge({ one, onUrged }: { one: Duplicate; onUrged: () => void }) {
	const t = useRoomWords(words);
	const form = Form.useFormInstance<Typed>();
	const said = ((Form.useWatch("verbatim", form) as string | undefined) ?? "").trim();
	const [key] = useState(newKey);
	const urge = useMutation({
		mutationFn: () =>
			ask(
				"POST",
				`/api/cases/${encodeURIComponent(one.id)}/commands`,
				{ type: "RecordUrging", words: said },
				{ "idempotency-key": key },
			),
		onSuccess: onUrged,
	});
	const why = one.closedAt !== null ? t("urge-closed") : said === "" ? t("urge-needs-words") : null;
	return (
		<>
			<Button
				size="small"
				disabled={why !== null}
				title={why ?? undefined}
				loading={urge.isPending}
				onClick={() => urge.mutate()}
			>
				{t("urge")}
			</Button>
			{why && <span className="quiet">{why}</span>}
			{urge.isError && <Faults problem={problemIn(urge.error)} />}
		</>
	);
}
