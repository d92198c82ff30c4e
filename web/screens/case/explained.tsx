import { lazy, Suspense } from "react";
import type { Explanation } from "#engine/rules/evaluate.ts";
import { factValue, type Names } from "../../labels.ts";

const Sum = lazy(async () => ({ default: (await import("./sum.tsx")).Sum }));

/** Why a rule answered so: the sum, what was put in, and the table, row and source it comes from. */
export function Explained({ names, explanation }: { names: Names; explanation: Explanation }) {
	const { say } = names;
	const { table, row, version, source, inputs, arithmetic } = explanation;
	// sources are quoted in their own language, and say so
	const foreign = say.language === "en" && /\p{Script=Han}/u.test(source.ref);
	const basis =
		say.language === "zh"
			? say.ui("in-chinese")
			: foreign
				? `${say.ui("in-chinese")} `
				: `${say.ui("basis")}: `;
	return (
		<div className="explained">
			{arithmetic.some((one) => one.kind === "money" && one.value !== 0) && (
				<Suspense fallback={null}>
					<Sum names={names} explanation={explanation} />
				</Suspense>
			)}
			<details>
				<summary>
					{basis}
					<span lang={foreign ? "zh-CN" : undefined}>{source.ref}</span>
					{version && ` (${version})`}
				</summary>
				<p>
					{say.of("values", `basis.${source.kind}`)} · {say.of("values", source.sure)}
				</p>
				<p className="source">
					{table} · {row}
				</p>
				<ul>
					{inputs.map((one) => (
						<li key={one.fact}>
							{say.bi(one.label)}: {factValue(names, one.fact, one.value)}
						</li>
					))}
				</ul>
			</details>
		</div>
	);
}
