import { useState } from "react";
import { textOf, timeText } from "../../../labels.ts";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { ChooseOne } from "../../parts/choices.tsx";
import { Field } from "../../parts/field.tsx";
import { Screen } from "../../parts/screen.tsx";
import { useFiles } from "../../uploads-shelf.ts";
import { Proof } from "../proof.tsx";
import { useTyped } from "../typed.ts";
import { content } from "../words.yaml";
import { Refused, useDoing, useWork, whyNot } from "./work.tsx";

/** Blocking this customer for myself alone, with proof, at no cost; or reporting misconduct to the desk. */
export function Block() {
	const t = useRoomWords(content as RoomWords);
	const work = useWork();
	const { answer, coach, names } = work;
	const { does, busy, refused } = useDoing();
	const kase = answer.case;
	const blocks = kase.sanctions.filter((one) => one.kind === "block");
	const stands = blocks.some((one) => !one.lifted && !one.reversed);
	const [chosen, setWay] = useState<"block" | "report">(coach.block.possible ? "block" : "report");
	// whoever is blocked already can be reported still
	const way = stands ? "report" : chosen;
	const [words, type] = useTyped(`m.block.${kase.id}`);
	const files = useFiles(kase.id);
	const own = kase.evidence.filter((one) => one.from === answer.own);
	const no = way === "block" ? (coach.block.possible ? whyNot(work, "BlockParty") : t("block-nobody")) : null;
	const missing = no ?? (words.trim() === "" ? t("block-say") : own.length === 0 ? t("block-proof") : null);
	const send = () =>
		way === "block"
			? does(
					"BlockParty",
					{ party: coach.contact.to, reason: words.trim(), evidence: own.map((one) => one.id) },
					t("block"),
					(did) => typeof did !== "object" && type(""),
				)
			: does(
					"SendMessage",
					{ to: "company", words: t("report-message", { words: words.trim(), count: own.length }) },
					t("report"),
					(did) => typeof did !== "object" && type(""),
				);
	return (
		<Screen
			title={t("act-block")}
			back={() => history.back()}
			act={
				<Button strong busy={busy} why={missing} onClick={send}>
					{t(way === "block" ? "block-send" : "report-send")}
				</Button>
			}
		>
			{blocks.map((one) => (
				<section key={one.id} className="p-card">
					<h2>{one.lifted ? t("block-lifted") : t("blocked")}</h2>
					<p className="r-words">{textOf(names, one.reason)}</p>
					<p className="p-quiet">{one.until && t("in-force-until", { time: timeText(names, one.until) })}</p>
					{!one.lifted && (
						<Button
							busy={busy}
							onClick={() => does("LiftSanction", { sanction: one.id, why: t("lift-why") }, t("block-lift"))}
						>
							{t("block-lift")}
						</Button>
					)}
				</section>
			))}
			<ChooseOne
				name={t("act-block")}
				chosen={way}
				choices={[
					...(stands
						? []
						: [
								{
									id: "block",
									text: t("block"),
									more: coach.block.possible
										? t("block-help", { months: coach.block.months })
										: t("block-nobody"),
								},
							]),
					{ id: "report", text: t("report"), more: t("report-help") },
				]}
				onChoose={(id) => setWay(id === "report" ? "report" : "block")}
			/>
			<Field label={t("block-why")} help={t("block-why-help")}>
				{(control) => (
					<textarea
						{...control}
						rows={4}
						maxLength={2_000}
						value={words}
						onChange={({ target }) => type(target.value)}
					/>
				)}
			</Field>
			<Proof recipes={[]} files={files} about={kase.id} />
			<Refused problem={refused} />
		</Screen>
	);
}
