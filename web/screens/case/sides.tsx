import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input, Modal } from "antd";
import { useEffect, useState } from "react";
import type { Party } from "#engine/case.ts";
import { ask, problemIn } from "../../api.ts";
import { type Names, organisationName, partyName, personName, seatName, textOf } from "../../labels.ts";
import { Faults } from "../../parts/faults.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Pairs } from "../../parts/pairs.tsx";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { useWho } from "../who.ts";
import { Corrections } from "./corrections.tsx";
import { Links } from "./links.tsx";
import type { PanelProps } from "./subjects.tsx";
import { content } from "./words.yaml";

/** What was revealed hides again after so long. */
const SHOWN_MS = 60_000;

/** The parties in their seats; what is masked may be revealed with a reason, which is recorded. */
export function Parties({
	names,
	tending,
}: {
	names: Names;
	/** Where what is known of a party may be put right. */
	tending?: Pick<PanelProps, "answer" | "open">;
}) {
	const { say, kase } = names;
	const mayReveal = useWho().capabilities.includes("reveal");
	const t = useRoomWords(content as RoomWords);
	const [revealed, setRevealed] = useRevealed();
	const [wanted, setWanted] = useState<string | null>(null);
	const shown = (kept: Party["name"]) => {
		if (!kept) return null;
		const open = revealed[kept.ref];
		return (
			<>
				{open ? (
					<span className="revealed" title={t("hides-in")}>
						{open}
					</span>
				) : (
					textOf(names, kept)
				)}{" "}
				{mayReveal && open === undefined && (
					<Button
						size="small"
						type="text"
						icon={<Icon name="eye" size={16} />}
						aria-label={say.ui("reveal")}
						title={say.ui("reveal")}
						onClick={() => setWanted(kept.ref)}
					/>
				)}
			</>
		);
	};
	return (
		<>
			{kase.parties.length === 0 && <p className="quiet">{say.ui("empty-parties")}</p>}
			{kase.parties.map((one) => (
				<div className={`party side-${one.side}`} key={one.id}>
					<h3>
						{seatName(names, one.seat)} <span className="quiet">{say.of("sides", one.side)}</span>
					</h3>
					<Pairs
						rows={[
							[
								say.of("fields", "name"),
								one.name ? shown(one.name) : one.person && personName(names, one.person),
							],
							[say.of("fields", "phone"), shown(one.phone)],
							[say.of("fields", "address"), shown(one.address)],
							[say.of("fields", "plate"), shown(one.plate)],
							[
								say.of("fields", "organisation"),
								one.organisation && organisationName(names, one.organisation),
							],
							[say.of("fields", "actsFor"), one.actsFor && partyName(names, one.actsFor)],
						]}
					/>
					{tending && one.side === "complainant" && (
						<>
							<Corrections names={names} {...tending} party={one.id} />
							{!one.person && tending.answer.allowed.AmendComplaint === true && (
								<Links names={names} party={one.id} />
							)}
						</>
					)}
				</div>
			))}
			<Reveal kase={kase.id} wanted={wanted} onClose={() => setWanted(null)} onRevealed={setRevealed} />
		</>
	);
}

/** What has been shown in plain, by reference; each for a minute. */
function useRevealed(): [Record<string, string>, (ref: string, content: string) => void] {
	const [revealed, setRevealed] = useState<Record<string, string>>({});
	useEffect(() => {
		if (Object.keys(revealed).length === 0) return;
		const timer = setTimeout(() => setRevealed({}), SHOWN_MS);
		return () => clearTimeout(timer);
	}, [revealed]);
	return [revealed, (ref, text) => setRevealed((before) => ({ ...before, [ref]: text }))];
}

/** Asks why before anything personal is shown. */
function Reveal({
	kase,
	wanted,
	onClose,
	onRevealed,
}: {
	kase: string;
	wanted: string | null;
	onClose: () => void;
	onRevealed: (ref: string, content: string) => void;
}) {
	const say = useSay();
	const reveal = useMutation({
		mutationFn: ({ ref, why }: { ref: string; why: string }) =>
			ask<{ ref: string; content: string }>("POST", `/api/cases/${kase}/reveal`, { ref, why }),
		onSuccess: ({ ref, content }) => {
			onRevealed(ref, content);
			onClose();
		},
	});
	const label = say.of("fields", "why");
	return (
		<Modal open={wanted !== null} onCancel={onClose} footer={null} title={say.ui("reveal")} destroyOnHidden>
			<Form
				layout="vertical"
				onFinish={({ why }: { why: string }) => wanted && reveal.mutate({ ref: wanted, why })}
			>
				<Form.Item
					name="why"
					label={label}
					extra={say.ui("reveal-logged")}
					rules={[
						{ required: true, min: 2, whitespace: true, message: say.ui("field-required", { field: label }) },
					]}
				>
					<Input autoFocus maxLength={500} />
				</Form.Item>
				{reveal.isError && <Faults problem={problemIn(reveal.error)} />}
				<Button type="primary" htmlType="submit" loading={reveal.isPending}>
					{say.ui("reveal")}
				</Button>
			</Form>
		</Modal>
	);
}
