import { useQuery } from "@tanstack/react-query";
import { Checkbox, Input, Radio } from "antd";
import { useState } from "react";
import { type Found, problemIn } from "../../api.ts";
import { GradeTag } from "../../parts/grade-tag.tsx";
import { Marked } from "../../parts/marked.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { searchQuery } from "../../queries.ts";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { content } from "./words.yaml";

type Hit = Found["groups"][number]["hits"][number];

/** Finds cases by number, order, phone or words, to choose one or several of them. */
export function FoundCases({
	label,
	without,
	chosen,
	many,
	onChoose,
}: {
	label: string;
	/** Ids that are not offered. */
	without: readonly string[];
	chosen: readonly string[];
	many: boolean;
	onChoose: (id: string, number: string, on: boolean) => void;
}) {
	const t = useRoomWords(content as RoomWords);
	const [text, setText] = useState("");
	const found = useQuery(searchQuery(text));
	const hits = new Map<string, Hit>();
	for (const hit of (found.data?.groups ?? []).flatMap((group) => group.hits))
		if (!hits.has(hit.case.id) && !without.includes(hit.case.id)) hits.set(hit.case.id, hit);
	const Mark = many ? Checkbox : Radio;
	return (
		<>
			<Input.Search
				aria-label={label}
				placeholder={t("search")}
				allowClear
				onSearch={setText}
				maxLength={100}
			/>
			{found.isFetching && <Waiting rows={1} />}
			{found.isError && <Failure problem={problemIn(found.error)} again={() => found.refetch()} />}
			{text !== "" && found.data && hits.size === 0 && <p className="quiet">{t("found-none")}</p>}
			<ul className="lines found-cases">
				{[...hits.values()].map((hit) => (
					<li key={hit.case.id}>
						<Mark
							disabled={many && hit.case.closedAt !== null}
							checked={chosen.includes(hit.case.id)}
							onChange={(event) => onChoose(hit.case.id, hit.case.number, event.target.checked)}
						>
							<FoundCase hit={hit} />
						</Mark>
					</li>
				))}
			</ul>
		</>
	);
}

/** How grave, its number, how far it is, and what was found in it. */
function FoundCase({ hit }: { hit: Hit }) {
	const say = useSay();
	const t = useRoomWords(content as RoomWords);
	const { urgency, severity, number, step, closedAt } = hit.case;
	return (
		<span className="found-case">
			<span className="work-head-line">
				<GradeTag urgency={urgency} severity={severity} />
				<span className="case-number">{number}</span>
				<span className="tag">{closedAt ? t("closed") : say.of("steps", step)}</span>
			</span>
			<span className="work-line-cut">
				<Marked text={hit.matched.text} at={hit.matched.at} />
			</span>
		</span>
	);
}
