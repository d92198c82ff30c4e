import { useNavigate } from "@tanstack/react-router";
import { Button, Drawer } from "antd";
import { useState } from "react";
import { useKey } from "../../keys.ts";
import { Icon } from "../../parts/icon.tsx";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { useWho } from "../who.ts";
import { AddCases } from "./add.tsx";
import { FoundCases } from "./found-cases.tsx";
import { content } from "./words.yaml";

/** A new mass incident: one case that stands for it, and the first cases under it. */
export function BeginIncident() {
	const t = useRoomWords(content as RoomWords);
	const [open, setOpen] = useState(false);
	const may = useWho().capabilities.some((one) => one === "intake" || one === "triage" || one === "handle");
	useKey("n", t("begin"), () => setOpen(true), may);
	return (
		<>
			<Button
				onClick={() => setOpen(true)}
				disabled={!may}
				title={may ? undefined : t("begin-not")}
				icon={<Icon name="plus" size={16} />}
			>
				{t("begin")} {may && <kbd>n</kbd>}
			</Button>
			<Drawer open={open} onClose={() => setOpen(false)} title={t("begin")} size={640} destroyOnHidden>
				<Steps onDone={() => setOpen(false)} />
			</Drawer>
		</>
	);
}

function Steps({ onDone }: { onDone: () => void }) {
	const t = useRoomWords(content as RoomWords);
	const navigate = useNavigate();
	const [parent, setParent] = useState<{ id: string; number: string } | null>(null);
	if (!parent)
		return (
			<section>
				<h3>{t("begin-parent")}</h3>
				<p className="quiet gap-after">{t("begin-parent-help")}</p>
				<FoundCases
					label={t("begin-parent")}
					without={[]}
					chosen={[]}
					many={false}
					onChoose={(id, number) => setParent({ id, number })}
				/>
			</section>
		);
	return (
		<>
			<p className="work-head-line gap-after">
				{t("begin-chosen")} <b className="case-number">{parent.number}</b>
				<Button size="small" onClick={() => setParent(null)}>
					{t("begin-other")}
				</Button>
			</p>
			<h3>{t("begin-cases")}</h3>
			<p className="quiet gap-after">{t("begin-cases-help")}</p>
			<AddCases
				incident={parent.id}
				known={[]}
				onAdded={() => {
					onDone();
					void navigate({
						to: ".",
						search: (before: object) => ({ ...before, at: parent.id }),
						replace: true,
					});
				}}
			/>
		</>
	);
}
