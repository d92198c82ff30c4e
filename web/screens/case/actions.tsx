import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { STEPS } from "#engine/steps/names.ts";
import type { CaseAnswer } from "../../api.ts";
import type { Names } from "../../labels.ts";
import { commandsQuery } from "../../queries.ts";
import { refusalText } from "../../shown.ts";
import type { Open } from "../case.tsx";
import { useWho } from "../who.ts";

/** Every command by step: those one may give as buttons, the others with the reason why not. */
export function Actions({ names, answer, open }: { names: Names; answer: CaseAnswer; open: Open }) {
	const { say } = names;
	const commands = useQuery(commandsQuery).data;
	const who = useWho();
	const mine = [...(commands?.values() ?? [])].filter(
		(one) =>
			one.type !== "FileComplaint" && one.by.some((capability) => who.capabilities.includes(capability)),
	);
	const may = mine.filter((one) => answer.allowed[one.type] === true);
	const mayNot = mine.filter((one) => answer.allowed[one.type] !== true);
	return (
		<details className="panel actions">
			<summary>
				<h2>
					{say.ui("actions")} <span className="quiet">{may.length}</span>
				</h2>
			</summary>
			{[...STEPS, "clocks" as const].map((step) => {
				const here = may.filter((one) => one.step === step);
				return (
					here.length > 0 && (
						<div key={step} className="actions-step">
							<h3>{step === "clocks" ? say.ui("clocks") : say.of("steps", step)}</h3>
							<div>
								{here.map((one) => (
									<Button key={one.type} size="small" onClick={() => open(one.type)}>
										{say.of("commands", one.type)}
									</Button>
								))}
							</div>
						</div>
					)
				);
			})}
			{mayNot.length > 0 && (
				<details>
					<summary>{`${say.ui("not-now")} ${mayNot.length}`}</summary>
					<dl className="not-now">
						{mayNot.map((one) => {
							const reason = answer.allowed[one.type];
							return (
								<div key={one.type}>
									<dt>{say.of("commands", one.type)}</dt>
									<dd>{reason && reason !== true ? refusalText(names, one.type, reason) : ""}</dd>
								</div>
							);
						})}
					</dl>
				</details>
			)}
		</details>
	);
}
