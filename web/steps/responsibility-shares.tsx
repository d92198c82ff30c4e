import { Form } from "antd";
import { choicesFor } from "../form/choices.ts";
import { NumberInput } from "../form/controls.tsx";
import type { Names } from "../labels.ts";
import { type Share, ShareBar } from "../parts/share-bar.tsx";

/** Which colour a bearer of a share has. */
export function sideOfBearer({ kase }: Pick<Names, "kase">, bearer: string): Share["side"] {
	if (bearer === "company") return "company";
	if (bearer === "customer") return "complainant";
	return kase.parties.find((one) => one.id === bearer)?.side ?? "other";
}

/** Shares of fault, one figure each, with the bar they make and their sum. */
export function SharesField({
	names,
	path,
	label,
	help,
}: {
	names: Names;
	path: readonly (string | number)[];
	label: string;
	help: string | null;
}) {
	const { say } = names;
	const typed = (Form.useWatch([...path]) ?? {}) as Record<string, string | undefined>;
	const bearers = choicesFor("DecideFinding", "bearer", names) ?? [];
	const shares = bearers
		.map((one) => ({
			name: one.label,
			percent: Number(typed[one.value] ?? 0),
			side: sideOfBearer(names, one.value),
		}))
		.filter((one) => one.percent > 0);
	const sum = shares.reduce((total, one) => total + one.percent, 0);
	return (
		<fieldset className="record">
			<legend>{label}</legend>
			{help && <p className="quiet">{help}</p>}
			<div className="two">
				{bearers.map((one) => (
					<Form.Item key={one.value} name={[...path, one.value]} label={one.label}>
						<NumberInput suffix="%" />
					</Form.Item>
				))}
			</div>
			{shares.length > 0 && sum <= 100 && <ShareBar shares={shares} label={label} />}
			<p className={sum === 0 || sum === 100 ? "quiet" : "fault"} role="status">
				{say.ui("shares-sum", { count: sum })}
			</p>
		</fieldset>
	);
}
