import { Button } from "antd";
import type { Typed } from "../form/values.ts";
import type { PanelProps } from "../screens/case/subjects.tsx";

/** The button of a command beside what it is about; only where it may be given now. */
export function Act({
	command,
	known,
	names,
	answer,
	open,
}: PanelProps & { command: string; known?: Typed }) {
	if (answer.allowed[command] !== true) return null;
	return (
		<Button size="small" onClick={() => open(command, known)}>
			{names.say.of("commands", command)}
		</Button>
	);
}
