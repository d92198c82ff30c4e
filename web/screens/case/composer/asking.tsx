import { useQuery } from "@tanstack/react-query";
import { Input, Select } from "antd";
import type { Names } from "../../../labels.ts";
import { directoryQuery } from "../../../queries.ts";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import type { Written } from "./use-writing.ts";
import { content } from "./words.yaml";

/** Which department or partner is asked, and until when; those of this case first. */
export function Asking({
	names,
	written,
	onChange,
}: {
	names: Names;
	written: Written;
	onChange: (change: Partial<Written>) => void;
}) {
	const t = useRoomWords(content as RoomWords);
	const organisations = useQuery(directoryQuery).data?.organisations ?? {};
	const near = new Set(names.kase.parties.flatMap((one) => [one.organisation ?? "", ...one.line]));
	const options = Object.entries(organisations)
		.map(([value, one]) => ({ value, label: names.say.bi(one), near: near.has(value) }))
		.sort((a, b) => Number(b.near) - Number(a.near) || a.label.localeCompare(b.label, "zh-CN"));
	return (
		<div className="asking">
			<Select
				aria-label={t("department")}
				placeholder={t("choose-department")}
				value={written.organisation || null}
				onChange={(organisation) => onChange({ organisation: organisation ?? "" })}
				options={options}
				showSearch={{ optionFilterProp: "label" }}
				popupMatchSelectWidth={false}
			/>
			<label htmlFor="asking-due">
				<span>{t("answer-by")}</span>
				<Input
					id="asking-due"
					type="datetime-local"
					value={written.due}
					onChange={(event) => onChange({ due: event.target.value })}
					title={t("answer-by-usual")}
				/>
			</label>
			{!written.due && <span className="quiet">{t("answer-by-usual")}</span>}
		</div>
	);
}
