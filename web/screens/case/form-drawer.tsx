import { useQuery } from "@tanstack/react-query";
import { Drawer } from "antd";
import { lazy, Suspense } from "react";
import { type CaseAnswer, problemIn } from "../../api.ts";
import type { Typed } from "../../form/values.ts";
import type { Names } from "../../labels.ts";
import { Failure, Waiting } from "../../parts/states.tsx";
import { commandsQuery } from "../../queries.ts";
import { refusalText } from "../../shown.ts";
import { useCaseReload } from "./reload.ts";

const CommandForm = lazy(async () => ({
	default: (await import("../../form/command-form.tsx")).CommandForm,
}));

/** The form of one command, over the case; closing it keeps what was typed. */
export function FormDrawer({
	command,
	known,
	names,
	allowed,
	onClose,
}: {
	command: string | null;
	known: Typed;
	names: Names;
	allowed: CaseAnswer["allowed"];
	onClose: () => void;
}) {
	const { say, kase } = names;
	const commands = useQuery({ ...commandsQuery, enabled: command !== null });
	const info = command ? commands.data?.get(command) : undefined;
	const answered = command ? allowed[command] : undefined;
	const no = command && answered && answered !== true ? refusalText(names, command, answered) : null;
	const reload = useCaseReload(kase);
	return (
		<Drawer
			open={command !== null}
			onClose={onClose}
			title={command ? say.of("commands", command) : ""}
			rootClassName="form-drawer"
			styles={{ wrapper: { width: "var(--drawer-width)" } }}
			destroyOnHidden
		>
			<Suspense fallback={<Waiting />}>
				{commands.isError && <Failure problem={problemIn(commands.error)} again={() => commands.refetch()} />}
				{no && <p className="why-not gap-after">{no}</p>}
				{info && (
					<CommandForm
						key={`${info.type}${JSON.stringify(known)}`}
						info={info}
						names={names}
						known={known}
						focus
						onReload={reload}
						onDone={() => {
							onClose();
							void reload();
						}}
					/>
				)}
			</Suspense>
		</Drawer>
	);
}
