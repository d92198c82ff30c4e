import { useState } from "react";
import { Icon } from "../../parts/icon.tsx";
import { Marked } from "../../parts/marked.tsx";
import { useRoomWords } from "../../words.ts";
import { type Cell, type Folded, placesIn, type Section } from "./sections.ts";
import { words } from "./words.ts";

/** A heading with its table; what is looked for is marked. */
export function SectionView({ section, looked, row }: { section: Section; looked: string; row?: string }) {
	const t = useRoomWords(words);
	return (
		<section className="pack-section" id={section.id}>
			<h2>
				<Text text={section.title} looked={looked} />
			</h2>
			{section.about && (
				<p className="pack-about">
					<Text text={section.about} looked={looked} />
				</p>
			)}
			{section.source && (
				<p className="source">
					{t("source-is")}
					<Text text={section.source.text} looked={looked} />
				</p>
			)}
			<div className="table-scroll">
				<table className={`pack-table cols-${section.head.length}`}>
					<thead>
						<tr>
							{section.head.map((one) => (
								<th scope="col" key={one}>
									{one}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{section.rows.map(({ key, cells }) => (
							<tr key={key} id={key} className={key === row ? "pack-row-led" : undefined}>
								{cells.map((cell, n) => (
									<td key={section.head[n] ?? n}>
										<CellView cell={cell} looked={looked} />
									</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</div>
		</section>
	);
}

function Text({ text, looked }: { text: string; looked: string }) {
	return looked ? <Marked text={text} at={placesIn(text, looked)} /> : text;
}

function CellView({ cell, looked }: { cell: Cell; looked: string }) {
	if (typeof cell === "string") return <Text text={cell} looked={looked} />;
	if ("lines" in cell)
		return (
			<ul className="pack-lines">
				{cell.lines.map((line) => (
					<li key={line}>
						<Text text={line} looked={looked} />
					</li>
				))}
			</ul>
		);
	if ("strong" in cell)
		return (
			<>
				<b>
					<Text text={cell.strong} looked={looked} />
				</b>
				{cell.under && (
					<div className="pack-under">
						<Text text={cell.under} looked={looked} />
					</div>
				)}
				{(cell.tags ?? []).map((one) => (
					<span className="tag" key={one}>
						{one}
					</span>
				))}
			</>
		);
	if ("when" in cell) return <Condition cell={cell} looked={looked} />;
	if ("source" in cell)
		return (
			<div className="source">
				<Text text={cell.text} looked={looked} />
				{cell.note && (
					<div>
						<Text text={cell.note} looked={looked} />
					</div>
				)}
			</div>
		);
	return (
		<>
			<dl className="pack-pairs">
				{cell.pairs.map(([name, value]) => (
					<div key={name + value}>
						<dt>{name}</dt>
						<dd>
							<Text text={value} looked={looked} />
						</dd>
					</div>
				))}
			</dl>
			{cell.folded && <FoldedWords folded={cell.folded} looked={looked} />}
		</>
	);
}

/** Unfolded by itself where one of the words is looked for. */
function FoldedWords({ folded: { name, words: all }, looked }: { folded: Folded; looked: string }) {
	const t = useRoomWords(words);
	const text = all.join(t("list-comma"));
	const hit = looked !== "" && placesIn(text, looked).length > 0;
	return (
		<details className="pack-folded" key={String(hit)} open={hit}>
			<summary>{name}</summary>
			<Text text={text} looked={looked} />
		</details>
	);
}

/** In words; as it is written on demand. */
function Condition({ cell, looked }: { cell: { when: string; raw: string }; looked: string }) {
	const t = useRoomWords(words);
	const [raw, setRaw] = useState(false);
	return (
		<>
			<Text text={cell.when} looked={looked} />{" "}
			{cell.raw !== "true" && (
				<button
					type="button"
					className="pack-raw"
					aria-expanded={raw}
					aria-label={t("as-written")}
					title={t("as-written")}
					onClick={() => setRaw(!raw)}
				>
					<Icon name="file" size={14} />
				</button>
			)}
			{raw && <code className="pack-code">{cell.raw}</code>}
		</>
	);
}
