import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Input, Modal } from "antd";
import { useDeferredValue, useState } from "react";
import { problemIn } from "../api.ts";
import { Marked } from "../parts/marked.tsx";
import { Empty, Failure, Waiting } from "../parts/states.tsx";
import { searchQuery } from "../queries.ts";
import { useSay } from "../words.ts";
import { GradeTag } from "./case-line.tsx";

/** Search from anywhere (Ctrl K): cases grouped by what matched, the words marked. */
export function SearchPalette({ onClose }: { onClose: () => void }) {
	const say = useSay();
	const [text, setText] = useState("");
	const asked = useDeferredValue(text);
	return (
		<Modal open onCancel={onClose} footer={null} title={say.ui("search")} width={720} destroyOnHidden>
			<Input
				autoFocus
				size="large"
				allowClear
				value={text}
				onChange={(event) => setText(event.target.value)}
				placeholder={say.ui("search-hint")}
				aria-label={say.ui("search")}
			/>
			<div className="found" aria-live="polite">
				{asked.trim() !== "" && <Results text={asked} onClose={onClose} />}
			</div>
		</Modal>
	);
}

function Results({ text, onClose }: { text: string; onClose: () => void }) {
	const say = useSay();
	const navigate = useNavigate();
	const found = useQuery(searchQuery(text));
	if (found.isPending) return <Waiting />;
	if (found.isError) return <Failure problem={problemIn(found.error)} again={() => found.refetch()} />;
	const groups = found.data.groups.filter((one) => one.hits.length > 0);
	if (groups.length === 0) return <Empty icon="search" text={say.ui("empty-search")} />;
	const open = (id: string) => {
		onClose();
		navigate({ to: "/cases/$id", params: { id } });
	};
	return (
		<>
			{groups.map(({ by, hits, count, more }) => (
				<section key={by}>
					<h2 className="found-by">
						{say.ui(`found-by-${by}`)} <span className="quiet">{more ? `${count}+` : count}</span>
					</h2>
					<ul>
						{hits.map(({ case: one, matched }) => (
							<li key={one.id}>
								<button type="button" className="found-one" onClick={() => open(one.id)}>
									<GradeTag urgency={one.urgency} severity={one.severity} />
									<span className="case-number">{one.number}</span>
									<span className="found-text">
										<Marked text={matched.text} at={matched.at} />
									</span>
									<span className="quiet">{say.of("steps", one.step)}</span>
								</button>
							</li>
						))}
					</ul>
				</section>
			))}
		</>
	);
}
