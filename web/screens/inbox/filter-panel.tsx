import { Button, Select } from "antd";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { choicesOf, labelOf, type Naming } from "./filter-choices.ts";
import { type ListSearch, NARROWED_BY, type NarrowedBy, NOBODY } from "./list-search.ts";
import { content } from "./words.yaml";

/** Everything that a list may be narrowed by. */
export function FilterPanel({
	search,
	naming,
	onChange,
	onWiden,
}: {
	search: ListSearch;
	naming: Naming;
	onChange: (changed: ListSearch) => void;
	onWiden: () => void;
}) {
	const t = useRoomWords(content as RoomWords);
	return (
		<div className="filter-panel">
			{NARROWED_BY.map((name, n) => {
				const label = labelOf(name, naming);
				return (
					<label key={name} htmlFor={`filter-${name}`}>
						<span>{label}</span>
						<Select
							id={`filter-${name}`}
							mode={name === "due" ? undefined : "multiple"}
							allowClear
							autoFocus={n === 0}
							maxTagCount="responsive"
							aria-label={label}
							placeholder={t("any")}
							showSearch={{ optionFilterProp: "label" }}
							getPopupContainer={(element: HTMLElement) =>
								element.closest<HTMLElement>(".ant-popover") ?? document.body
							}
							value={chosenIn(search, name)}
							options={choicesOf(name, naming)}
							onChange={(value) => onChange({ [name]: textOf(name, value, search), saved: undefined })}
						/>
					</label>
				);
			})}
			<div className="filter-panel-foot">
				<Button onClick={onWiden}>{t("clear-filters")}</Button>
			</div>
		</div>
	);
}

function chosenIn(search: ListSearch, name: NarrowedBy): string | string[] | undefined {
	if (name === "due") return search.due;
	return search[name]?.split(",") ?? [];
}

/** Nobody's cases and somebody's are not asked for together: what was chosen last counts. */
function textOf(name: NarrowedBy, value: string | string[] | undefined, search: ListSearch): string {
	const values = Array.isArray(value) ? value : value === undefined ? [] : [value];
	if (name !== "owner" || !values.includes(NOBODY) || values.length === 1) return values.join(",");
	return search.owner === NOBODY ? values.filter((one) => one !== NOBODY).join(",") : NOBODY;
}
